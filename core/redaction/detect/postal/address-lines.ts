import { POST_CODE, REGION, UNIT, WORDS } from './address-parts.ts';

/** How many lines under a street may still belong to its address: unit, town, state, post code and country, each on its own. */
const MAX_LINES = 5;
/** Unit, town and country; what stands further below is something else more often. */
const MAX_TOWN_LINES = 3;
const PREFIX = /^[\s>?|#*:;/-]{0,12}/;
const UNIT_LINE = new RegExp(`^${UNIT}[,.]?$`, 'u');
const CODE_LINE = new RegExp(
  `^(?:(?:${UNIT},? )?(?:${WORDS}(?: \\([\\p{L} ]{2,20}\\))?,? )?(?:${REGION},? )?${POST_CODE}(?:,? ${WORDS})?|, [A-Z\\d]{1,3})[,.?!]?`,
  'u',
);
const PLACE_LINE = new RegExp(`^${WORDS}(?: \\(${WORDS}\\))?(?:, ${WORDS})?[,.?!]?$`, 'u');
/** A town, then a country, alone on the first lines under a street. */
const TOWN_LINE = new RegExp(`^${WORDS}[,.]?$`, 'u');
const MAX_TOWN = 32;
const SPACED = 4;

/** What is left of an address whose street was in a line above; null where none is open. */
export interface OpenAddress {
  readonly linesLeft: number;
}

/** The part of a line that goes on with the address above; null where the line is something else. */
export function addressLine(
  line: string,
  open: OpenAddress,
): { readonly start: number; readonly end: number } | null {
  if (line.length > 120) return null;
  const start = PREFIX.exec(line)?.[0].length ?? 0;
  const text = line.slice(start).trimEnd();
  if (text === '' || text.length > 80) return null;
  if (UNIT_LINE.test(text)) return { start, end: start + text.replace(/[,.?!]+$/, '').length };
  const match = CODE_LINE.exec(text);
  if (match === null && isTown(text, open)) return { start, end: start + text.replace(/[,.]+$/, '').length };
  if (match === null) return null;
  // a sentence may go on behind the last line
  const rest = text.slice(match[0].length);
  if (rest !== '' && !/^\s/.test(rest)) return null;
  if (rest.trim() !== '' && !/^ \p{Ll}|^[?!.] /u.test(rest) && !/[?!.]$/.test(match[0])) return null;
  return { start, end: start + match[0].replace(/[,.?!\s]+$/, '').length };
}

/** Names of places and nothing else, on the lines right under a street or its unit. */
function isTown(text: string, { linesLeft }: OpenAddress): boolean {
  return linesLeft > MAX_LINES - MAX_TOWN_LINES && text.length <= MAX_TOWN && TOWN_LINE.test(text);
}

/** Whether an address is open under the line: its end was found at the line's end, or the line went on with one. */
export function openAddressAfter(
  open: OpenAddress | null,
  line: string,
  findings: readonly { readonly entity: string; readonly rule: string; readonly end: number }[],
): OpenAddress | null {
  const last = findings.at(-1);
  const endsInAddress =
    last?.entity === 'address' &&
    last.rule.startsWith('address.') &&
    line.length - last.end <= SPACED &&
    /^[\s,;.]*$/.test(line.slice(last.end));
  if (last !== undefined && endsInAddress && last.rule !== 'address.line' && !/column|vote/.test(last.rule))
    return { linesLeft: MAX_LINES };
  if (open === null || open.linesLeft <= 1) return null;
  const text = line.slice(PREFIX.exec(line)?.[0].length ?? 0).trimEnd();
  return text === '' || last?.rule === 'address.line' || PLACE_LINE.test(text)
    ? { linesLeft: open.linesLeft - 1 }
    : null;
}
