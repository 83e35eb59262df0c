import { isAlnum, isDigit, isLetter, isWordChar } from './characters';
import { isTaken } from './host';
import {
  codeAt,
  foundCount,
  IBAN_COUNTRIES,
  length,
  line,
  numberCount,
  numberEnd,
  numberStart,
  SHAPE_CLASSES,
  TRIES,
} from './layout';

/** clear/clear-numbers.ts for lines of ASCII characters: see there. */
const LEAST_DIGITS: i32 = 7;
const HOURS_DIGITS: i32 = 2;
const LEAST_UNNAMED_DIGITS: i32 = 9;
const MAX_LEADING_LETTERS: i32 = 3;
const IBAN_REACH: i32 = 14;
const SHAPE_CLASS_COUNT: i32 = 9;
const MAX_SHAPE_DIGITS: i32 = 24;
/** Longer than any shape. */
const SHAPE_REACH: i32 = 64;

/** `trie`: which of the three. */
export function areNumbersClear(trie: usize, isNamed: bool): bool {
  const hasLiterals = foundCount > 0;
  let tried: i32 = 0;
  let seen: i32 = 0;
  for (let i: i32 = 0; i < numberCount; i++) {
    const start = numberStart(i);
    const end = numberEnd(i);
    if (start >= tried) {
      if (!isGroupClear(trie, start, end, hasLiterals)) return false;
      tried = end;
      while (tried < length && isAlnum(codeAt(tried))) tried++;
    }
    if (isBeforeTown(end)) return false;
    if (i >= seen) {
      let digits = end - start;
      for (seen = i + 1; seen < numberCount && isJoined(seen); seen++)
        digits += numberEnd(seen) - numberStart(seen);
      if ((isNamed || digits >= LEAST_DIGITS) && !isRunClear(i, seen, isNamed)) return false;
    }
  }
  return true;
}

/** No shape begins at the group of the number `[start, end)`, or few letters before it; nor does an IBAN. */
function isGroupClear(trie: usize, start: i32, end: i32, hasLiterals: bool): bool {
  const shapes: usize = TRIES + trie * 12;
  let group = start;
  while (group > 0 && isAlnum(codeAt(group - 1))) group--;
  const second = leadingGroup(group);
  if (second >= 0) {
    const first = leadingGroup(second);
    if (first >= 0 && isTakenAt(trie, first)) return false;
    if (isTakenAt(trie, second)) return false;
  }
  if (group == start)
    return !(mayBegin(shapes, end - start, end < length ? codeAt(end) : 0) && isTakenAt(trie, start));
  if (isTakenAt(trie, group) || (hasLiterals && isTakenAt(trie, start))) return false;
  return !(group == start - 2 && group + IBAN_REACH < length && isIbanCountry(group));
}

function mayBegin(shapes: usize, digits: i32, next: i32): bool {
  if (digits > MAX_SHAPE_DIGITS) return false;
  const cls: i32 = load<u8>(<usize>next, SHAPE_CLASSES);
  return load<u8>(load<usize>(shapes, 8) + <usize>(digits * SHAPE_CLASS_COUNT + cls)) != 0;
}

function isTakenAt(trie: usize, start: i32): bool {
  if (!matches(TRIES + trie * 12, start)) return false;
  return isTaken(<i32>trie, <i32>(line + <usize>start), min(length - start, SHAPE_REACH));
}

function matches(shapes: usize, start: i32): bool {
  const next = load<usize>(shapes);
  const isShape = load<usize>(shapes, 4);
  let state: i32 = 0;
  let i = start;
  while (true) {
    const cls: i32 = i < length ? <i32>load<u8>(<usize>codeAt(i), SHAPE_CLASSES) : 0;
    if ((cls == 0 || cls > 2) && load<u8>(isShape + <usize>state) != 0) return true;
    if (cls == 0) return false;
    state = load<u16>(next + ((<usize>(state * SHAPE_CLASS_COUNT + cls)) << 1));
    if (state == 0) return false;
    i++;
  }
}

function isBeforeTown(end: i32): bool {
  const comma = end < length && codeAt(end) == 0x2c ? end : end + 1;
  if (comma + 3 >= length || codeAt(comma) != 0x2c || codeAt(comma + 1) != 0x20) return false;
  return isDigit(codeAt(comma + 3)) || (comma + 4 < length && isDigit(codeAt(comma + 4)));
}

function leadingGroup(group: i32): i32 {
  if (group < 2 || !isLetter(codeAt(group - 2)) || !isShapeSeparator(codeAt(group - 1))) return -1;
  let start = group - 1;
  while (start > 0 && isLetter(codeAt(start - 1))) {
    start--;
    if (group - 1 - start > MAX_LEADING_LETTERS) return -1;
  }
  return start > 0 && isDigit(codeAt(start - 1)) ? -1 : start;
}

function isShapeSeparator(code: i32): bool {
  return code == 0x20 || (code >= 0x2d && code <= 0x2f) || code == 0x3a || code == 0x2b;
}

function isJoined(i: i32): bool {
  const from = numberEnd(i - 1);
  const to = numberStart(i);
  return to - from <= 2 && isRunSeparator(codeAt(from)) && isRunSeparator(codeAt(to - 1));
}

function isRunSeparator(code: i32): bool {
  return code == 0x20 || (code >= 0x2c && code <= 0x2f) || code == 0x28 || code == 0x29;
}

function isRunClear(first: i32, last: i32, isNamed: bool): bool {
  const start = numberStart(first);
  const hasDate = isDate(first, last);
  const isPlainDate = hasDate && (last == first + 3 || codeAt(numberEnd(first + 2)) == 0x20);
  const from = hasDate && (isPlainDate || !isNamed) ? first + 3 : first;
  let digits: i32 = 0;
  for (let i = from; i < last; i++) digits += numberEnd(i) - numberStart(i);
  if (isNamed && (digits >= LEAST_DIGITS || (from > first && digits > HOURS_DIGITS))) return false;
  const end = numberEnd(last - 1);
  if (end < length && isUnit(codeAt(end))) digits -= end - numberStart(last - 1);
  if (digits < LEAST_DIGITS) return true;
  if (isLedByPlus(start)) return false;
  const before = start > 0 ? codeAt(start - 1) : 0x20;
  const isMobile = from < last && codeAt(numberStart(from)) == 0x30 && (digits == 10 || digits == 11);
  const isBare = last - from == 1 && !isMobile;
  const isFraction = last - from == 2 && codeAt(numberEnd(from)) == 0x2e && isOneApart(from);
  if (isBare || isFraction || (isInName(before) && !isBehindIs(start)) || isQuad(from, last)) return true;
  return before != 0x28 && !beginsLikePhone(from, last, digits);
}

function beginsLikePhone(first: i32, last: i32, digits: i32): bool {
  const start = numberStart(first);
  const count = numberEnd(first) - start;
  const next = numberEnd(first + 1) - numberStart(first + 1);
  if (codeAt(start) == 0x30) return count > 1 || next == 3;
  if (digits < LEAST_UNNAMED_DIGITS) return false;
  if (count == 1) return (codeAt(start) == 0x31 || codeAt(start) == 0x38) && (next == 3 || next == 4);
  return count == 3 || count == 6 || (count == 2 && last - first > 3);
}

function isQuad(first: i32, last: i32): bool {
  if (last - first != 4) return false;
  for (let i = first; i < last - 1; i++) if (!isOneApart(i) || codeAt(numberEnd(i)) != 0x2e) return false;
  return true;
}

function isUnit(code: i32): bool {
  const lower = code | 0x20;
  return isLetter(code) && lower != 0x78 && lower != 0x65;
}

function isInName(code: i32): bool {
  return (
    code == 0x2f ||
    code == 0x2e ||
    code == 0x5c ||
    (code >= 0x23 && code <= 0x25) ||
    code == 0x40 ||
    isWordChar(code)
  );
}

function isBehindIs(start: i32): bool {
  if (start < 2 || codeAt(start - 1) != 0x73 || codeAt(start - 2) != 0x69) return false;
  return start == 2 || codeAt(start - 3) <= 0x20;
}

function isDate(first: i32, last: i32): bool {
  if (last - first < 3) return false;
  const year = numberStart(first);
  const yearEnd = numberEnd(first);
  if (yearEnd - year != 4 || !isOneApart(first) || !isOneApart(first + 1)) return false;
  const separator = codeAt(yearEnd);
  if (separator != 0x2d && separator != 0x2f && separator != 0x2e) return false;
  const monthEnd = numberEnd(first + 1);
  const century = codeAt(year) * 16 + codeAt(year + 1);
  return (
    monthEnd - yearEnd == 3 &&
    numberEnd(first + 2) - monthEnd == 3 &&
    codeAt(monthEnd) == separator &&
    (century == 0x31 * 16 + 0x39 || century == 0x32 * 16 + 0x30)
  );
}

function isOneApart(i: i32): bool {
  return numberStart(i + 1) - numberEnd(i) == 1;
}

function isLedByPlus(start: i32): bool {
  if (start == 0) return false;
  const before = codeAt(start - 1);
  return before == 0x2b || ((before == 0x28 || before == 0x20) && start > 1 && codeAt(start - 2) == 0x2b);
}

function isIbanCountry(at: i32): bool {
  if (!isLetter(codeAt(at)) || !isLetter(codeAt(at + 1))) return false;
  const first = (codeAt(at) | 0x20) - 0x61;
  const second = (codeAt(at + 1) | 0x20) - 0x61;
  return load<u8>(<usize>(first * 26 + second), IBAN_COUNTRIES) != 0;
}
