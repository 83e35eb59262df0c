function list(words: string): readonly string[] {
  return words
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');
}

/** Before a house's part, with its number. */
const UNITS = list('apt, apartment, suite, ste, flat, unit, apto, wohnung, lgh, piso, кв');
const BOXES = list(
  'po box, p o box, p o  box, p.o. box, postfach, postbus, postboks, casella postale, apartado, apartado de correos, skrytka pocztowa, boîte postale, psc, cmr, unit, apo, fpo, dpo',
);
/** Behind these, a number and a name are where somebody is. */
const PLACE_VERBS = list(
  'lives, live, living, lived, located, address, addresses, office is, offices are, is at, are at, corner of, delivered, deliver, sent, return, moved, resides, wohnt, wohnhaft, habite, vive, abita, woont, bor',
);

/** Further street words that stand alone, in languages other than those of the lexicon. */
const STREETS = list(
  'str, alley, walk, park, rise, view, loop, quay, wharf, gate, green, allee, carrer, carretera, camino, bd, piazzale, vicolo, largo, alameda, strada, stradă, bulevardul, calea, aleja, aleje, al, os, trg, náměstí, nám, ulice, ул, улица, пр, проспект, пер, переулок, вул, вулиця, οδός, λεωφόρος, utca, út, útja, körút, tér, tere, rkp, rakpart, caddesi, cad, sokak, sokağı, bulvarı, tänav, tn, puiestee, maantee, iela, gatvė, straße, strasse, weg, platz, gasse, ring, damm, ufer, straat, laan, plein, baan, gata, gatan, vei, veg, vej, väg, vägen, allé, cesta, katu, tie, plaça, viale, place, prospekt, pr, plass, plads, hof, steig, sor, köz, sok',
);

export const UNIT_WORDS: ReadonlySet<string> = new Set(UNITS);
export const BOX_WORDS: ReadonlySet<string> = new Set(BOXES);
const PLACE_VERB_SET: ReadonlySet<string> = new Set(PLACE_VERBS);

/** Words that say where somebody lives or something is. */
export function isPlaceVerb(word: string): boolean {
  return PLACE_VERB_SET.has(word);
}

/** Street words that are written small; all others begin with a capital. */
const SMALL: ReadonlySet<string> = new Set(
  list(
    'rue, avenue, boulevard, bd, chemin, allée, impasse, quai, calle, avenida, avda, av, ul, ulica, al, aleja, aleje, os, trg, náměstí, nám, ulice, ул, улица, пр, проспект, пер, переулок, вул, вулиця, utca, út, útja, körút, tér, tere, rkp, rakpart, caddesi, cad, sokak, sokağı, sok, bulvarı, tänav, tn, puiestee, maantee, iela, gatvė, straat, laan, plein, baan, gate, gata, gatan, vei, veien, vej, väg, vägen, allé, cesta, katu, tie, plass, plads, prospekt, pr, sor, köz',
  ),
);
const SMALL_BEFORE_OF: ReadonlySet<string> = new Set(['place', 'cours', 'route', 'square']);

/** Whether a street word stands as it is written in an address: `Drive`, `rue`, `place de`, not `via` or `route`. */
export function isStreetWordAt(
  line: string,
  word: string,
  at: { readonly start: number; readonly end: number },
): boolean {
  const first = line.charAt(at.start);
  if (first !== first.toLowerCase() || SMALL.has(word)) return true;
  return SMALL_BEFORE_OF.has(word) && /^ d(?:e|u|es|['’]) ?/.test(line.slice(at.end, at.end + 5));
}

/** All words that the gate looks for beside those of the lexicon. */
export const ADDRESS_WORDS: readonly string[] = [
  ...new Set([...UNITS, ...BOXES, ...PLACE_VERBS, ...STREETS]),
];
