import { BEHIND, LEADING, NAME, NUMBER, UNIT, WORDS } from './address-parts.ts';

/** A way to write a street with its number. */
export interface StreetForm {
  readonly pattern: RegExp;
  /** True where the words can be something else too (`3 Way`, `Route Table 4`): a third part must confirm them. */
  readonly isAmbiguous: boolean;
}

const form = (source: string, isAmbiguous = false): StreetForm => ({
  pattern: new RegExp(source, 'gu'),
  isAmbiguous,
});

const DIRECTION = '(?:(?:[NSEW]{1,2}\\.?|North|South|East|West) )?';
const DIRECTION_BEHIND = '(?: (?:[NSEW]{1,2}|North|South|East|West)\\b\\.?)?';
const LEAD = `(?:${LEADING})?`;
const NAMED = `(?:(?:${NAME}|\\d{1,3}(?:st|nd|rd|th)) ){1,4}?`;
const CERTAIN =
  '(?:Street|STREET|Avenue|AVENUE|Road|ROAD|Lane|LANE|Boulevard|BOULEVARD|Terrace|Crescent|Parkway|St|Ave|Rd|Blvd|Ln|Pkwy|Str)';
const AMBIGUOUS =
  '(?:Drive|Dr|Court|Ct|Way|Square|Sq|Place|Pl|Highway|Hwy|Circle|Cir|Close|Row|Gardens|Grove|Hill|Trail|Mews|Park|Alley|Walk|Green|Rise|View|Loop|Plaza|Quay|Wharf|Gate)';
const ROMANCE =
  '(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Bb]d|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Qq]uai|[Cc]alle|C/|[Aa]venida|[Aa]vda|[Aa]v|Paseo|Carrer|Carretera|Camino|Via|Viale|Piazza|Piazzale|Corso|Vicolo|Rua|Praça|Travessa|Alameda|Strada|Stradă|Bulevardul|Calea)';
const SLAVIC =
  '(?:[Uu]l|[Uu]lica|[Aa]l|[Aa]leja|[Aa]leje|[Oo]s|[Tt]rg|[Nn]áměstí|[Nn]ám|[Uu]lice|[Уу]л|[Уу]лица|[Пп]р|[Пп]роспект|[Пп]ер|[Пп]ереулок|[Вв]ул|[Вв]улиця|Οδός|Λεωφόρος)';
/** Streets whose word stands behind the name: Hungarian, Turkish, Estonian, German, Dutch, Nordic. */
const WORD_BEHIND =
  '(?:utca|út|útja|körút|tér|tere|rkp|rakpart|[Cc]addesi|[Cc]ad|[Ss]okak|[Ss]okağı|[Ss]ok|[Bb]ulvarı|tänav|puiestee|maantee|iela|gatvė|Straße|Strasse|Weg|Platz|Allee|Gasse|[Ss]traat|[Pp]lein|gata|gatan|vei|veien|vej|väg|vägen|[Aa]llé|ulica|katu|plass|plads|prospekt|pr)';
const UNSURE_WORD_BEHIND = '(?:gate|tie|Ring|Damm|Ufer|[Ll]aan|[Bb]aan|tn|cesta|Hof|Steig|sor|köz)';
/** Endings of one-word streets that nothing else has: German, Dutch, Danish, Norwegian, Swedish, Icelandic, Finnish. */
const ENDING =
  '(?:stra(?:ß|ss)e|str\\.?|gasse|gässli|gässchen|allee|platz|straat|gracht|plein|singel|dijk|kade|steeg|gatan|vägen|stigen|gränd|gränden|torget|backen|vej|vejen|stræde|strædet|vænget|toften|gade|gaden|alléen|parken|veien|vegen|vei|gata|gaten|vegur|stræti|straeti|braut|brautin|stígur|bakki|holt|katu|kuja|polku|puistikko)';
const UNSURE_ENDING =
  '(?:weg|laan|tie|väg|gate|vang|vangen|marken|gården|bakken|skoven|torv|ring|damm|ufer|steig|hof|brücke|berg|graben|dreef|kaari|raitti|tänav)';

/** Around a street word that stands alone. */
export const WORD_FORMS: readonly StreetForm[] = [
  // 742 Evergreen Terrace; 8 31 Elm Rd.
  form(`${LEAD}${NUMBER},? ${DIRECTION}${NAMED}${CERTAIN}\\b\\.?${DIRECTION_BEHIND}`),
  // Oak Street 24
  form(`${LEAD}${NAMED}(?:Street|Avenue|Road|Lane|Boulevard|Str)\\b\\.?,? ${BEHIND}`),
  // 12 Mill Court
  form(`${LEAD}${NUMBER},? ${DIRECTION}${NAMED}${AMBIGUOUS}\\b\\.?${DIRECTION_BEHIND}`, true),
  // 12 bis, rue de la Paix; 12 Calle Mayor
  form(
    `${LEAD}${NUMBER}(?: ?(?:bis|ter|quater))?,? ${ROMANCE}\\.? (?:${WORDS}|(?:[dl]['’]|d[eu]s? )?[\\p{L}\\p{M}'’-]{3,30})(?![\\p{L}\\p{M}'’-]| \\d)`,
  ),
  // Via Roma 3; Calle Mayor 7, 2º; ul. Długa 4
  form(`${LEAD}${ROMANCE}\\.? ?${WORDS},? (?:n[.º°o]{0,2} ?)?${BEHIND}`),
  form(`${LEAD}${SLAVIC}\\.? (?:\\d{1,2}\\.? )?${WORDS},? (?:д\\. ?|буд\\. ?)?${BEHIND}`),
  // place and route are words of other things too
  form(
    `${LEAD}${NUMBER}(?: ?(?:bis|ter))?,? (?:[Pp]lace|[Cc]ours|[Rr]oute|[Ss]quare) (?:de |du |des |d['’]|de la |de l['’])${WORDS}`,
  ),
  form(`(?:Plaza|Plaça|Place|Route|Largo) ${WORDS},? (?:n[.º°o]{0,2} ?)?${BEHIND}`, true),
  // Kossuth utca 8.; Atatürk Caddesi 12; Lange Strasse 40
  form(`${LEAD}(?:${NAME} ){1,3}${WORD_BEHIND}\\.? ${BEHIND}`),
  form(`${LEAD}(?:${NAME} ){1,3}${UNSURE_WORD_BEHIND}\\.? ${BEHIND}`, true),
];

/** What the word before a number must be for the forms below to be worth a try. */
export const ENDS_AS_STREET = new RegExp(`(?:${ENDING}|${UNSURE_ENDING})$`, 'u');
export const ENDS_IN_PREPOSITION = /(?:^|\s)(?:Am|An|Im|In|Zum|Zur|Auf|Unter|Hinter)(?: de[rmn])?$/;

/** Around a number behind a capitalised word. */
export const ENDING_FORMS: readonly StreetForm[] = [
  form(`${LEAD}(?:${NAME} ){0,2}\\p{Lu}[\\p{L}\\p{M}-]{2,30}${ENDING} ${BEHIND}`),
  form(
    `${LEAD}(?:${NAME} ){0,2}(?:(?:Am|An|Im|In|Zum|Zur|Auf|Unter|Hinter) (?:(?:der|dem|den) )?)${NAME} ${BEHIND}`,
    true,
  ),
  form(`${LEAD}(?:${NAME} ){0,2}\\p{Lu}[\\p{L}\\p{M}-]{2,30}${UNSURE_ENDING} ${BEHIND}`, true),
];

/** Before a unit: `8 Zanderhof 7 Apt. 11`, `Quellmatt 9, Suite 20`. */
export const UNIT_FORM = new RegExp(
  `(?:${LEADING}${WORDS}(?: ${BEHIND})?|${WORDS} ${BEHIND}),? (?:${UNIT})(?:,? ${UNIT}){0,2}`,
  'gu',
);

/** Boxes and military mail (USPS Publication 28, chapter 238; UPU for other languages). */
export const BOX_FORMS: readonly RegExp[] = [
  /(?<![\p{L}\d])P\.? ?O\.? ?(?:Box|BOX) ?#?\d{1,6}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])(?:Postfach|Postbus|Postboks|Casella [Pp]ostale|Apartado(?: de [Cc]orreos)?|Skrytka pocztowa|Boîte [Pp]ostale) ?\d{1,6}(?: \d{2})?(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])(?:PSC|CMR|[Uu][Nn][Ii][Tt]|psc|cmr) \d{1,5},? [Bb][Oo][Xx] \d{1,5}(?![\p{L}\d])/gu,
  /(?<![\p{L}\d])(?:APO|FPO|DPO|apo|fpo|dpo),? (?:A[AEP]|a[aep]),? \d{5}(?:-\d{4})?(?![\p{L}\d])/gu,
];

/** A line of its own: house number, name, number, and nothing else. */
export const LINE_FORM = new RegExp(
  `^[\\s>?|#*:;-]{0,12}(\\d{1,5} ${WORDS} (?!(?:19|20)\\d\\d$)\\d{1,4}[A-Za-z]?)[,.]?$`,
  'u',
);
/** Behind words such as `lives at`: a number and capitalised words in any order. */
export const PLAIN_FORM = new RegExp(`^(?:${LEADING}${WORDS}(?: ${BEHIND})?|${WORDS} ${BEHIND})`, 'u');
/** `the corner of Oak Road 3 and Mill Lane`. */
export const CORNER_FORM = new RegExp(
  `^(?:${LEADING})?${WORDS}(?: ${BEHIND})?(?: [Ss]t(?:r|reet)?\\.?)? (?:and|&) (?:${LEADING})?${WORDS}(?: ${BEHIND})?`,
  'u',
);
