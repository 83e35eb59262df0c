import { isDigit } from '../characters.ts';

/** A number that no word names begins with a trunk zero, a parenthesis, as the North American grouping does, or as `8 (495)` of Russia. */
export function mayStandUnnamed(line: string, start: number): boolean {
  const first = line.charCodeAt(start);
  if (first === 0x30 || first === 0x28) return true;
  if (first === 0x38 && (line.charCodeAt(start + 1) === 0x28 || line.charCodeAt(start + 2) === 0x28))
    return true;
  let at = start;
  if (first === 0x31) {
    if (!isGroupEnd(line.charCodeAt(at + 1))) return false;
    at += 2;
    if (line.charCodeAt(at) === 0x28) at++;
  }
  if (!isAreaOrExchange(line, at)) return false;
  at += 3;
  if (line.charCodeAt(at) === 0x29) at++;
  while (isGroupEnd(line.charCodeAt(at))) at++;
  return (
    isAreaOrExchange(line, at) && isGroupEnd(line.charCodeAt(at + 3)) && isDigit(line.charCodeAt(at + 4))
  );
}

/** North American grouping: `(415) 555-0132`, `415-555-0132`, `1.415.555.0132`; other mixtures need a word. */
export function isNanp(raw: string, isNamed: boolean): boolean {
  if (
    /^(?:(?:00)?1[-. ])?(?:\([2-9]\d{2}\)[-. ]?[2-9]\d{2}[-. ]|[2-9]\d{2}([-.])[2-9]\d{2}\1|[2-9]\d{2} [2-9]\d{2}-)\d{4}$/.test(
      raw,
    )
  )
    return true;
  return isNamed && /^(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]*[2-9]\d{2}[-. ]?\d{4}$/.test(raw);
}

/** Groups as printed in a directory: trunk zero, then two to five groups of two or more by one separator. */
export function hasCanonicalGroups(raw: string): boolean {
  // three groups of four are code points and blocks of data, eight digits a row of bytes
  if (/^\(?00|^\d{4} \d{4} \d{4}$/.test(raw) || digitsIn(raw, 0, raw.length) < 9) return false;
  return (
    (/^\(?0\d{1,4}\)?[ -]\d{2,8}([ -]\d{2,5}){1,3}$/.test(raw) &&
      // nine digits by three, or as a social security number has them, are other numbers
      !/^0\d{2}[ -]\d{3}[ -]\d{3}$|^0\d{2}[ -]\d{2}[ -]\d{4}$/.test(raw)) ||
    /^0 (?:\(\d{3}\) ?|\d{3} )\d{3} ?\d{2} ?\d{2}$/.test(raw) ||
    /^\(0\d{1,5}\) ?\d{4,9}$/.test(raw) ||
    /^0\d{2,4}-\d{5,8}$/.test(raw) ||
    // a British mobile number, a Russian one behind its 8
    /^07\d{3} \d{6}$/.test(raw) ||
    /^8[ -]?\(\d{3,4}\) ?\d{2,3}[ -]\d{2}[ -]\d{2}$/.test(raw)
  );
}

/** Dates, IPv4 addresses, versions and ranges of years. */
export function isDateLike(raw: string): boolean {
  return (
    /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/.test(raw) ||
    /^\d{4}([-./])\d{1,2}\1\d{1,2}[ -]/.test(raw) ||
    /^\d{1,3}(\.\d{1,3}){2,}$/.test(raw) ||
    /^\d+\.\d+$/.test(raw) ||
    /^(19|20)\d\d[- /](19|20)\d\d$/.test(raw)
  );
}

/** A gap of two blanks parts columns; `9.0.1140` behind a blank is a version. */
export function isTwoNumbers(raw: string): boolean {
  return / {2}/.test(raw) || /(?:^| )\d{1,3}\.\d{1,2}\.\d{1,4}$/.test(raw);
}

/** Takes `x123`, `ext. 12`, `#4` with the number. */
export function withExtension(line: string, end: number): number {
  const next = line.charCodeAt(end) === 0x20 ? line.charCodeAt(end + 1) : line.charCodeAt(end);
  if (next !== 0x23 && (next | 0x20) !== 0x78 && (next | 0x20) !== 0x65) return end;
  const match = /^ ?(?:x|ext\.?|extension|#) ?\d{1,6}\b/i.exec(line.slice(end, end + 20));
  return match === null ? end : end + match[0].length;
}

export function digitsIn(line: string, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (isDigit(line.charCodeAt(i))) count++;
  return count;
}

/** Three digits of which the first is 2 to 9. */
function isAreaOrExchange(line: string, at: number): boolean {
  const first = line.charCodeAt(at);
  return (
    first >= 0x32 && first <= 0x39 && isDigit(line.charCodeAt(at + 1)) && isDigit(line.charCodeAt(at + 2))
  );
}

/** `-`, `.` or a space. */
function isGroupEnd(code: number): boolean {
  return code === 0x2d || code === 0x2e || code === 0x20;
}
