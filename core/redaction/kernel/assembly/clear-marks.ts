import { isAlnum, isDigit, isLetter, isUpper, isWordChar } from './characters';
import {
  ADDRESS_CHARS,
  BEHIND_KEY,
  codeAt,
  hidesPrivateIps,
  length,
  numberCount,
  numberEnd,
  numberStart,
  OF_RECORDS,
} from './layout';

/** The questions of clear/clear-marks.ts, for lines of ASCII characters: see there. */
const KEY_REACH: i32 = 100;
const COMPARISON_REACH: i32 = 32;
const MIN_LONG_TOKEN: i32 = 26;
const MAX_QUERY: i32 = 66;

export function mayBeKeyed(start: i32, end: i32): bool {
  let at = end;
  const stop = min(length, end + KEY_REACH);
  while (at < stop && load<u8>(<usize>codeAt(at), BEHIND_KEY) != 0) at++;
  if (at == stop) return at == end + KEY_REACH;
  const code = codeAt(at);
  if (code == 0x3a || code == 0x3d || code == 0x3e || code == 0x22 || code == 0x27 || code == 0x60)
    return true;
  if (at > end && (code | 0x20) == 0x69 && at + 1 < length && (codeAt(at + 1) | 0x20) == 0x73) return true;
  if (at == end) return false;
  if (isComparison(at)) return true;
  let before = start;
  while (before > 0 && (isWordChar(codeAt(before - 1)) || codeAt(before - 1) == 0x2e)) before--;
  return (
    before > 0 && (codeAt(before - 1) == 0x2d || codeAt(before - 1) == 0x3c || codeAt(before - 1) == 0x3a)
  );
}

function isComparison(at: i32): bool {
  if (at + 1 >= length) return false;
  const first = codeAt(at) | 0x20;
  const second = codeAt(at + 1) | 0x20;
  const isOne =
    first == 0x69
      ? second == 0x6e || second == 0x6c
      : first == 0x6c || first == 0x73
        ? second == 0x69
        : first == 0x6e
          ? second == 0x6f
          : first == 0x62 && second == 0x65;
  if (!isOne) return false;
  const stop = min(length, at + COMPARISON_REACH);
  for (let quote = at + 2; quote < stop; quote++)
    if (codeAt(quote) == 0x27 || codeAt(quote) == 0x22) return true;
  return false;
}

export function mayBeMailbox(after: i32): bool {
  let hasDot = false;
  for (let at = after; at < length; at++) {
    const code = codeAt(at);
    if (code == 0x2e) hasDot = true;
    else if (hasDot && codeAt(at - 1) == 0x2e && isLetter(code)) return true;
    else if (!isAlnum(code) && code != 0x2d && code != 0x25 && code != 0x3d) return false;
  }
  return false;
}

export function isFollowedBy(end: i32, least: i32): bool {
  if (end + least > length) return false;
  for (let at = end; at < end + least; at++) if (codeAt(at) <= 0x20) return false;
  return true;
}

export function mayHaveOption(end: i32): bool {
  for (let at = end; at + 1 < length; at++) if (codeAt(at + 1) == 0x2d && codeAt(at) <= 0x20) return true;
  return false;
}

export function mayHoldAddress(): bool {
  for (let at: i32 = 0; at < length; ) {
    if (!isAddressChar(codeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let dots: i32 = 0;
    let colons: i32 = 0;
    let dashes: i32 = 0;
    let groups: i32 = 0;
    let before: i32 = 0;
    for (; at < length; at++) {
      const code = codeAt(at);
      if (!isAddressChar(code)) break;
      if (isDigit(code) && !isDigit(before)) groups++;
      if (code == 0x2e) dots++;
      else if (code == 0x2d) dashes++;
      else if (code == 0x3a) {
        colons++;
        if (before == 0x3a) return true;
      }
      before = code;
    }
    const isQuad = dots >= 3 && groups >= 4;
    if (isQuad && !hidesPrivateIps && isPrivateHost(start, at, colons)) continue;
    if (isQuad || colons >= 5 || (dots == 2 && at - start >= 14)) return true;
    if (dashes >= 5 && at - start > 2 * dashes) return true;
  }
  return false;
}

function isPrivateHost(start: i32, end: i32, colons: i32): bool {
  let first: f64 = 0;
  let second: f64 = 0;
  let dots: i32 = 0;
  for (let at = start; at < end; at++) {
    const code = codeAt(at);
    if (code == 0x2e && at + 1 < end) dots++;
    else if (code == 0x3a && dots == 3 && colons == 1) break;
    else if (!isDigit(code)) return false;
    else if (dots == 0) first = first * 10 + <f64>(code - 0x30);
    else if (dots == 1) second = second * 10 + <f64>(code - 0x30);
  }
  if (dots != 3 || codeAt(start) == 0x30) return false;
  return (
    first == 10 ||
    first == 127 ||
    (first == 192 && second == 168) ||
    (first == 172 && second > 15 && second < 32)
  );
}

function isAddressChar(code: i32): bool {
  return load<u8>(<usize>code, ADDRESS_CHARS) != 0;
}

export function mayHoldWallet(): bool {
  for (let at: i32 = 0; at < length; ) {
    const start = at;
    let isHash = true;
    let isText = true;
    for (; at < length; at++) {
      const code = codeAt(at);
      if (!isAlnum(code)) break;
      if (code > 0x39 && !(code >= 0x61 && code <= 0x66)) isHash = false;
      if (((at - start) & 1) == 0 && code >= 0x38) isText = false;
    }
    if (at - start >= MIN_LONG_TOKEN && (!isHash || isText || (at < length && codeAt(at) == 0x3a)))
      return true;
    at++;
  }
  return false;
}

export function mayBePasswordFile(): bool {
  let colons: i32 = 0;
  for (let at: i32 = 0; at < length; at++) {
    const code = codeAt(at);
    if (code == 0x20) return false;
    if (code == 0x3a && ++colons == 4) return true;
  }
  return false;
}

export function mayBeDecoded(): bool {
  for (let at: i32 = 0; at < length; at++) {
    const code = codeAt(at);
    if (code > 0x2b && code != 0x5c) continue;
    if (code == 0x5c || code == 0x1b) return true;
    const next = at + 1 < length ? codeAt(at + 1) : 0;
    if (code == 0x25 && (isDigit(next) || ((next | 0x20) >= 0x61 && (next | 0x20) <= 0x66))) return true;
    if (code == 0x26 && (next == 0x23 || isLetter(next))) return true;
    if (code == 0x22 && next == 0x22) return true;
    if (code == 0x2b && isInQuery(at)) return true;
  }
  return false;
}

function isInQuery(plus: i32): bool {
  for (let at = plus - 1; at >= 0 && plus - at <= MAX_QUERY; at--) {
    const code = codeAt(at);
    if (code == 0x3d || code == 0x26 || code == 0x3f) return true;
    if (code <= 0x20) return false;
  }
  return false;
}

export function isCapitalised(start: i32): bool {
  return start < length && isUpper(codeAt(start));
}

export function isTimeUnit(start: i32): bool {
  const at = start > 0 && codeAt(start - 1) == 0x20 ? start - 2 : start - 1;
  return at >= 0 && isDigit(codeAt(at)) && codeAt(start) == 0x6d;
}

export function isRecord(): bool {
  for (let at: i32 = 1; at + 1 < length; at++) {
    const code = codeAt(at);
    if (isAlnum(code) || code == 0x20) continue;
    if (load<u8>(<usize>code, OF_RECORDS) != 0 && isAlnum(codeAt(at - 1)) && isAlnum(codeAt(at + 1)))
      return true;
    if (code == 0x3a && isDigit(codeAt(at - 1)) && isDigit(codeAt(at + 1))) return true;
  }
  return false;
}

export function mayHoldCoordinates(): bool {
  for (let i: i32 = 0; i < numberCount; i++) {
    const start = numberStart(i);
    if (numberEnd(i) - start >= 3 && start > 1 && codeAt(start - 1) == 0x2e && isDigit(codeAt(start - 2)))
      return true;
  }
  return false;
}
