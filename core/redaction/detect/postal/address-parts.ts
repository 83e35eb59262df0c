/**
 * How the parts of a postal address are written, as sources of regular expressions (flags `u`): Universal Postal Union, S42 and the
 * "Postal addressing systems" sheets of its member countries; USPS Publication 28 for units, boxes and military mail.
 */
export const NAME = "\\p{Lu}[\\p{L}\\p{M}'’.-]{0,29}";
const SMALL =
  '(?:de|du|des|da|do|dos|das|del|della|dei|di|la|le|les|lo|los|las|el|et|y|e|van|von|der|den|het|ten|ter|am|an|im|in|zu|zum|zur|auf|of|the|na|pod|nad|nám|sur|aux|au)';
/** Words of a street's or a town's name, small ones in between. */
export const WORDS = `(?:(?:${SMALL} |[dlL]['’]){0,2}${NAME})(?: (?:${SMALL} |[dlL]['’]){0,2}${NAME}){0,3}`;
/** A house number with its letter or range; no part of a longer number, a version, a time or a size. */
export const NUMBER =
  '(?<![\\p{L}\\d.,:/_#=-])\\d{1,5}(?:[-/]\\d{1,4})?(?: ?[A-Z]|[a-z])?(?![\\p{L}\\d]|[.,:/_=-]\\d|[-_/:=]\\p{L}|%|\\()';
/** As `NUMBER`, where another one may stand before it: `8 Lindevej 31`. */
export const LEADING = '(?<![\\p{L}\\d.:/_#=-])(?:\\d{1,5} ){1,2}';
export const BEHIND =
  '\\d{1,5}(?:[-/]\\d{1,4})?(?:(?: ?[A-Z]|[a-z])(?![\\p{L}\\d]))?(?![\\p{L}\\d]|[,:/_=-]\\d|\\.\\d|[-_/:=]\\p{L}|%|\\()';
export const UNIT =
  '(?:(?:[Aa]p(?:t|artment|to|p)|[Ss]uite|[Ss]te|[Uu]nit|[Ff]lat|[Ff]loor|[Ff]l|[Rr]oom|[Rr]m|[Bb]ldg|[Bb]uilding|[Ww]ohnung|[Ww]hg|[Pp]iso|[Pp]uerta|[Ll]gh|[Mm]ieszkanie|[Mm]|[Bb]yt|[Ll]okal|кв)\\.? ?#?(?:\\d{1,5}|[A-Z])[\\w-]{0,4}|#\\d{1,5}|\\d{1,2}(?:st|nd|rd|th|[ºª°]|er|e|\\.) ?(?:[Ff]loor|[Ff]l|OG|[Éé]tage|[Ee]tage|[Pp]iso|[Ss]tock|tv|th|mf)?)(?![\\p{L}\\d])';
export const STATE =
  '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|NSW|VIC|QLD|TAS|ACT|ON|QC|BC|AB|MB|SK|NS|NB)(?![\\p{L}\\d])';
/** Of other countries than those of `STATE`: two capitals between a town and its post code. */
export const REGION = `(?:${STATE}|[A-Z]{2}(?![\\p{L}\\d]))`;
/** Post codes by form: US, UK, Canada, Netherlands, Poland, Portugal, Brazil, Sweden and Czechia, Ireland, Japan, and plain ones of 4 to 6 digits. */
export const POST_CODE =
  '(?:(?:[A-Z]{1,3}-)?(?:\\d{5}-\\d{3,4}|\\d{4}-\\d{3}|\\d{2}-\\d{3}|\\d{3}-\\d{4}|\\d{4} ?[A-Z]{2}|\\d{3} \\d{2}|\\d{4,6})|[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d|[A-Z]\\d{2} [A-Z\\d]{4})(?![\\p{L}\\d]|[.,:/-]\\d)';
const TOWN = `${WORDS}`;

/** What may follow a street: units, then town, state and post code in the orders in use. Empty where nothing does. */
export const TAIL =
  `(?:,? ${UNIT}){0,3}(?:(?: -|,)? ${POST_CODE}(?:,? ${TOWN})?|,? ${TOWN}(?:,? ${REGION})?,? ${POST_CODE}` +
  `|, ${TOWN}(?:, (?:${STATE}|${TOWN})){0,2}(?: ${POST_CODE})?|,? ${STATE}|(?<=${UNIT}) ${TOWN}(?: ${STATE})?)?`;
/** What makes an address of a street that could be something else. */
export const THIRD_PART = `(?:,? ${UNIT}|,? ${STATE}|(?:(?: -|,)? ${POST_CODE}),? ${TOWN}|,? ${TOWN}(?:,? ${STATE})?,? ${POST_CODE}|, ${TOWN}(?:,|$))`;
