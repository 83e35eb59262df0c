import { isAlnum, isBlank, isDigit, isLetter, isUpper, isWordChar } from './characters';
import { codeAt, length, marks } from './layout';
import { MARK_COMMA, MARK_PARENTHESIS, MARK_PIPE, MARK_QUOTE, MARK_SEMICOLON, MARK_TAB } from './sights';

/** clear/clear-structure.ts for lines of ASCII characters: see there. */
const MAX_HEADER: i32 = 1024;
const MAX_BLOCK: i32 = 300;
const MAX_ITEM: i32 = 200;
const INSERT_REACH: i32 = 64;
const PAIR_REACH: i32 = 66;

export function isUnremembered(): bool {
  if (length == 0) return true;
  let from: i32 = 0;
  while (from < length && isBlank(codeAt(from))) from++;
  if (from == length) return true;
  const first = codeAt(from);
  if (mayBeRule(from)) return false;
  if (first == 0x3c || first == 0x5e || first == 0x22 || first == 0x27) return false;
  if ((first | 0x20) == 0x63 && length - from > 6) {
    const second = codeAt(from + 1) | 0x20;
    const third = codeAt(from + 2) | 0x20;
    if ((second == 0x6f && third == 0x70) || (second == 0x72 && third == 0x65)) return false;
  }
  if (from == 0 && mayBeSpacedHeader()) return false;
  if (mayOpenBlock() || mayNameNext(from)) return false;
  if ((marks & MARK_PARENTHESIS) != 0 && mayInsert()) return false;
  if ((marks & (MARK_PIPE | MARK_TAB)) != 0 && mayBePair(0x7c)) return false;
  const hasDelimiter = (marks & (MARK_TAB | MARK_PIPE | MARK_COMMA | MARK_SEMICOLON)) != 0;
  return !hasDelimiter || !mayBeHeader(from);
}

function mayNameNext(from: i32): bool {
  const at = codeAt(from) == 0x2d && from + 1 < length && codeAt(from + 1) == 0x20 ? from + 2 : from;
  if (at + 5 >= length) return false;
  const first = codeAt(at) | 0x20;
  const second = codeAt(at + 1) | 0x20;
  const third = codeAt(at + 2) | 0x20;
  if (first == 0x6b) return second == 0x65 && third == 0x79 && codeAt(at + 3) == 0x3a;
  if (first != 0x6e || second != 0x61 || third != 0x6d) return false;
  return (codeAt(at + 3) | 0x20) == 0x65 && codeAt(at + 4) == 0x3a;
}

function mayBeRule(at: i32): bool {
  const first = codeAt(at);
  const second = at + 1 < length ? codeAt(at + 1) : 0x2d;
  const third = at + 2 < length ? codeAt(at + 2) : 0x2d;
  if (first == 0x7c) return true;
  if (first == 0x2d)
    return second == 0x20 ? third == 0x2d || third == 0x20 : !isAlnum(second) && second != 0x2f;
  if (first == 0x2b) return second == 0x2d || second == 0x2b || second == 0x5b;
  if (first == 0x5b || first == 0x2a) return second == first || (second == 0x20 && (third | 0x20) == 0x72);
  return false;
}

function mayBeSpacedHeader(): bool {
  const first = codeAt(0);
  if (length > MAX_HEADER || !isWordChar(first)) return false;
  const second = length > 1 ? codeAt(1) : 0;
  let isCaps = isUpper(first) && !(second >= 0x61 && second <= 0x7a);
  let isNames = true;
  for (let at: i32 = 0; at < length; at++) {
    const code = codeAt(at);
    if (code == 0x20 || isUpper(code) || isDigit(code) || code == 0x5f) continue;
    if (code >= 0x61 && code <= 0x7a) isCaps = false;
    else {
      isNames = false;
      isCaps = isCaps && (code == 0x25 || code == 0x2f || code == 0x28 || code == 0x29 || code == 0x2d);
    }
    if (!isCaps && !isNames) return false;
  }
  if (isCaps) return true;
  let end: i32 = 0;
  while (end < length && codeAt(end) != 0x20) end++;
  return end < length && end > 1 && (codeAt(end - 1) | 0x20) == 0x64 && (codeAt(end - 2) | 0x20) == 0x69;
}

function mayOpenBlock(): bool {
  const last = codeAt(length - 1);
  if (isAlnum(last)) return false;
  if (last == 0x22 && length < MAX_ITEM) {
    let quote: i32 = 0;
    while (codeAt(quote) != 0x22) quote++;
    const before = quote > 1 ? codeAt(quote - 2) : 0;
    if (before == 0x29 || before == 0x23) return true;
  }
  if (length > MAX_BLOCK) return false;
  let at = length - 1;
  while (at > 0 && isBlank(codeAt(at))) at--;
  const shown = codeAt(at);
  if (shown == 0x2d || shown == 0x2b) return at > 0 && (codeAt(at - 1) == 0x7c || codeAt(at - 1) == 0x3e);
  return shown == 0x3a || shown == 0x7c || shown == 0x3e || shown == 0x5b;
}

function mayInsert(): bool {
  for (let at: i32 = 0; at + 3 < length; at++) {
    const first = codeAt(at) | 0x20;
    if (first != 0x69 && first != 0x72) continue;
    const second = codeAt(at + 1) | 0x20;
    const third = codeAt(at + 2) | 0x20;
    if (first == 0x69 && second == 0x6e && third == 0x74) return true;
    if (at > INSERT_REACH) continue;
    if (
      (first == 0x69 && second == 0x6e && third == 0x73) ||
      (first == 0x72 && second == 0x65 && third == 0x70)
    )
      return true;
  }
  return false;
}

export function mayBePair(delimiter: i32): bool {
  const stop = min(length, PAIR_REACH);
  for (let at: i32 = 0; at < stop; at++) {
    const code = codeAt(at);
    if (code == delimiter || code == 0x09) return at > 0;
    if (!isWordChar(code) && code != 0x20) return false;
  }
  return false;
}

function mayBeHeader(from: i32): bool {
  if ((marks & MARK_QUOTE) != 0) return !hasSignFirst(from);
  const first = codeAt(from);
  if (!isLetter(first) && first != 0x5f) return false;
  let hasProse = false;
  for (let at = from; at < length; at++) {
    const code = codeAt(at);
    if (code == 0x2c && at + 1 < length && codeAt(at + 1) == 0x20) hasProse = true;
    if (code <= 0x20 || isWordChar(code)) continue;
    const isInNames =
      (code >= 0x2c && code <= 0x2f) || code == 0x28 || code == 0x29 || code == 0x7c || code == 0x3b;
    if (!isInNames) return false;
  }
  return !hasProse || (marks & (MARK_TAB | MARK_PIPE | MARK_SEMICOLON)) != 0;
}

function hasSignFirst(from: i32): bool {
  for (let at = from; at < length; at++) {
    const code = codeAt(at);
    if (code == 0x22 || code == 0x09 || code == 0x7c || code == 0x2c || code == 0x3b) return false;
    if (code > 0x20 && !isWordChar(code) && !isSignInNames(code)) return true;
  }
  return false;
}

function isSignInNames(code: i32): bool {
  return (code >= 0x2d && code <= 0x2f) || code == 0x28 || code == 0x29;
}
