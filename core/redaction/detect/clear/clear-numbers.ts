import { isAlnum, isAsciiLetter, isDigit, isWordChar } from '../characters.ts';
import type { Scan } from '../gate/gate.ts';
import { isIbanHead } from '../identifiers/iban.ts';
import type { ShapeTrie } from '../secrets/shape-trie.ts';

/** Digits of the shortest telephone number: in fewer, with separators between them, nothing is found that no word names. */
const LEAST_DIGITS = 7;
/** The hours behind a date. */
const HOURS_DIGITS = 2;
/** Without a word, a trunk zero or a parenthesis, shorter numbers are no telephone's. */
const LEAST_UNNAMED_DIGITS = 9;
const MAX_LEADING_LETTERS = 3;
/** The shortest IBAN is one character longer. */
const IBAN_REACH = 14;
/** By two letters, 26 by 26. */
export const IBAN_COUNTRIES: Uint8Array = ibanCountries();

/**
 * Whether no detector of numbers can find a value in the line: no identifier whose checksum holds, no head of an IBAN, no run of digits as long as
 * a telephone number but a date or a bare number. `isNamed`: a word stands in the line that may name a telephone number. It errs towards false.
 */
export function areNumbersClear(scan: Scan, shapes: ShapeTrie, isNamed: boolean): boolean {
  const { codes, length, numbers, numberCount } = scan;
  const hasLiterals = scan.foundCount > 0;
  const isTakenAt = (at: number): boolean =>
    shapes.matches(codes, length, at) &&
    shapes.isTaken(textOf(codes.subarray(at, Math.min(length, at + shapes.reach))));
  let tried = 0;
  let seen = 0;
  for (let i = 0; i < numberCount; i++) {
    const start = numbers[2 * i] ?? 0;
    const end = numbers[2 * i + 1] ?? 0;
    if (start >= tried) {
      // as the detector of identifiers walks over the line: from the group of a number, and from few letters before it
      let group = start;
      while (group > 0 && isAlnum(codes[group - 1] ?? 0)) group--;
      const second = leadingGroup(codes, group);
      if (second >= 0) {
        const first = leadingGroup(codes, second);
        if (first >= 0 && isTakenAt(first)) return false;
        if (isTakenAt(second)) return false;
      }
      if (group === start) {
        if (shapes.mayBegin(end - start, end < length ? (codes[end] ?? 0) : 0) && isTakenAt(start))
          return false;
      } else {
        if (isTakenAt(group) || (hasLiterals && isTakenAt(start))) return false;
        if (group === start - 2 && group + IBAN_REACH < length && isIbanCountry(codes, group)) return false;
      }
      tried = end;
      while (tried < length && isAlnum(codes[tried] ?? 0)) tried++;
    }
    if (isBeforeTown(codes, end, length)) return false;
    if (i >= seen) {
      let digits = end - start;
      for (seen = i + 1; seen < numberCount && isJoined(codes, numbers, seen); seen++)
        digits += (numbers[2 * seen + 1] ?? 0) - (numbers[2 * seen] ?? 0);
      if ((isNamed || digits >= LEAST_DIGITS) && !isRunClear(scan, i, seen, isNamed)) return false;
    }
  }
  return true;
}

function textOf(codes: Uint16Array): string {
  // apply takes any array-like; the declaration knows arrays only
  return String.fromCharCode.apply(null, codes as unknown as number[]);
}

/** `12, 10115 B`: digits stand on both sides of a comma, as between a street and its town. */
function isBeforeTown(codes: Uint16Array, end: number, length: number): boolean {
  const comma = end < length && codes[end] === 0x2c ? end : end + 1;
  if (comma + 3 >= length || codes[comma] !== 0x2c || codes[comma + 1] !== 0x20) return false;
  return isDigit(codes[comma + 3] ?? 0) || (comma + 4 < length && isDigit(codes[comma + 4] ?? 0));
}

/** Where the group of few letters begins that one separator parts from the group at `group`; -1 where there is none. */
function leadingGroup(codes: Uint16Array, group: number): number {
  if (group < 2 || !isAsciiLetter(codes[group - 2] ?? 0) || !isShapeSeparator(codes[group - 1] ?? 0))
    return -1;
  let start = group - 1;
  while (start > 0 && isAsciiLetter(codes[start - 1] ?? 0)) {
    start--;
    if (group - 1 - start > MAX_LEADING_LETTERS) return -1;
  }
  return start > 0 && isDigit(codes[start - 1] ?? 0) ? -1 : start;
}

function isShapeSeparator(code: number): boolean {
  return code === 0x20 || (code >= 0x2d && code <= 0x2f) || code === 0x3a || code === 0x2b || code === 0xa0;
}

/** One or two separators stand between number `i` and the one before. */
function isJoined(codes: Uint16Array, numbers: Int32Array, i: number): boolean {
  const from = numbers[2 * i - 1] ?? 0;
  const to = numbers[2 * i] ?? 0;
  return to - from <= 2 && isRunSeparator(codes[from] ?? 0) && isRunSeparator(codes[to - 1] ?? 0);
}

/** Space, `-`, `.`, `/`, parentheses, no-break space, no-break hyphen, en dash; and `:` and `,` to be sure. */
function isRunSeparator(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x2c && code <= 0x2f) ||
    code === 0x28 ||
    code === 0x29 ||
    code === 0xa0 ||
    code === 0x2011 ||
    code === 0x2013
  );
}

/** Numbers `[first, last)` are no telephone number and nothing that a word names. */
function isRunClear(
  { codes, length, numbers }: Scan,
  first: number,
  last: number,
  isNamed: boolean,
): boolean {
  const start = numbers[2 * first] ?? 0;
  const hasDate = isDate(codes, numbers, first, last);
  // `2026-03-01 10` before a colon
  const isPlainDate = hasDate && (last === first + 3 || codes[numbers[2 * first + 5] ?? 0] === 0x20);
  const from = hasDate && (isPlainDate || !isNamed) ? first + 3 : first;
  let digits = 0;
  for (let i = from; i < last; i++) {
    const at = numbers[2 * i] ?? 0;
    const end = numbers[2 * i + 1] ?? 0;
    digits += end - at;
  }
  if (isNamed && (digits >= LEAST_DIGITS || (from > first && digits > HOURS_DIGITS))) return false;
  const end = numbers[2 * last - 1] ?? 0;
  if (end < length && isUnit(codes[end] ?? 0)) digits -= end - (numbers[2 * last - 2] ?? 0);
  if (digits < LEAST_DIGITS) return true;
  if (isLedByPlus(codes, start)) return false;
  const before = start > 0 ? (codes[start - 1] ?? 0) : 0x20;
  // a mobile number behind a trunk zero stands alone as well
  const isMobile = codes[numbers[2 * from] ?? 0] === 0x30 && (digits === 10 || digits === 11);
  const isBare = last - from === 1 && !isMobile;
  const isFraction =
    last - from === 2 && codes[numbers[2 * from + 1] ?? 0] === 0x2e && isOneApart(numbers, from);
  if (
    isBare ||
    isFraction ||
    (isInName(before) && !isBehindIs(codes, start)) ||
    isQuad(codes, numbers, from, last)
  )
    return true;
  return before !== 0x28 && !beginsLikePhone({ codes, numbers }, from, last, digits);
}

/** A trunk zero, the area code of North America, pairs, or three digits: how telephone numbers begin that no word names. */
function beginsLikePhone(
  { codes, numbers }: Pick<Scan, 'codes' | 'numbers'>,
  first: number,
  last: number,
  digits: number,
): boolean {
  const start = numbers[2 * first] ?? 0;
  const length = (numbers[2 * first + 1] ?? 0) - start;
  const next = (numbers[2 * first + 3] ?? 0) - (numbers[2 * first + 2] ?? 0);
  if (codes[start] === 0x30) return length > 1 || next === 3;
  if (digits < LEAST_UNNAMED_DIGITS) return false;
  // Russia's trunk 8 as well
  if (length === 1) return (codes[start] === 0x31 || codes[start] === 0x38) && (next === 3 || next === 4);
  return length === 3 || length === 6 || (length === 2 && last - first > 3);
}

/** Four numbers with points between them: whether they are an address is another question. */
function isQuad(codes: Uint16Array, numbers: Int32Array, first: number, last: number): boolean {
  if (last - first !== 4) return false;
  for (let i = first; i < last - 1; i++)
    if (!isOneApart(numbers, i) || codes[numbers[2 * i + 1] ?? 0] !== 0x2e) return false;
  return true;
}

/** A letter that makes the number before it one of `ms` or `KiB`; not that of an extension. */
function isUnit(code: number): boolean {
  const lower = code | 0x20;
  return isAsciiLetter(code) && lower !== 0x78 && lower !== 0x65;
}

/** What the numbers of paths, versions, variables and addresses stand behind: `/`, `.`, `\\`, `#`, `$`, `@`, `%`, `_`, letters. */
function isInName(code: number): boolean {
  return (
    code === 0x2f ||
    code === 0x2e ||
    code === 0x5c ||
    (code >= 0x23 && code <= 0x25) ||
    code === 0x40 ||
    isWordChar(code)
  );
}

/** `my number is503-555-0178`. */
function isBehindIs(codes: Uint16Array, start: number): boolean {
  if (start < 2 || codes[start - 1] !== 0x73 || codes[start - 2] !== 0x69) return false;
  return start === 2 || (codes[start - 3] ?? 0) <= 0x20 || (codes[start - 3] ?? 0) >= 0x80;
}

/** `2026-03-01`, `2026/03/01`: a year of these two centuries first. */
function isDate(codes: Uint16Array, numbers: Int32Array, first: number, last: number): boolean {
  if (last - first < 3) return false;
  const year = numbers[2 * first] ?? 0;
  const yearEnd = numbers[2 * first + 1] ?? 0;
  if (yearEnd - year !== 4 || !isOneApart(numbers, first) || !isOneApart(numbers, first + 1)) return false;
  const separator = codes[yearEnd] ?? 0;
  if (separator !== 0x2d && separator !== 0x2f && separator !== 0x2e) return false;
  const monthEnd = numbers[2 * first + 3] ?? 0;
  const dayEnd = numbers[2 * first + 5] ?? 0;
  const century = (codes[year] ?? 0) * 16 + (codes[year + 1] ?? 0);
  return (
    monthEnd - yearEnd === 3 &&
    dayEnd - monthEnd === 3 &&
    codes[monthEnd] === separator &&
    (century === 0x31 * 16 + 0x39 || century === 0x32 * 16 + 0x30)
  );
}

/** One character stands between the number and the next one. */
function isOneApart(numbers: Int32Array, i: number): boolean {
  return (numbers[2 * i + 2] ?? 0) - (numbers[2 * i + 1] ?? 0) === 1;
}

/** `+44`, `+(44`, `(+44`. */
function isLedByPlus(codes: Uint16Array, start: number): boolean {
  if (start === 0) return false;
  const before = codes[start - 1];
  return before === 0x2b || ((before === 0x28 || before === 0x20) && start > 1 && codes[start - 2] === 0x2b);
}

function isIbanCountry(codes: Uint16Array, at: number): boolean {
  const first = ((codes[at] ?? 0) | 0x20) - 0x61;
  const second = ((codes[at + 1] ?? 0) | 0x20) - 0x61;
  return IBAN_COUNTRIES[first * 26 + second] === 1;
}

function ibanCountries(): Uint8Array {
  const countries = new Uint8Array(26 * 26);
  for (let i = 0; i < countries.length; i++)
    if (isIbanHead(`${String.fromCharCode(0x61 + Math.floor(i / 26), 0x61 + (i % 26))}00`, 0))
      countries[i] = 1;
  return countries;
}
