import { isAlnum, isAsciiLetter, isDigit, isLetter, isWordChar } from '../characters.ts';
import type { Scan } from '../gate/gate.ts';

/** As far as a key may be away from its separator: counters, quotes, brackets, leaders, blanks. */
const KEY_REACH = 100;
/** As far as a quote may stand behind the beginning of a comparison. */
const COMPARISON_REACH = 32;
const MIN_LONG_TOKEN = 26;
const MAX_QUERY = 66;

/** Hexadecimal digits, `:`, `.` and `-`. */
export const ADDRESS_CHARS: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[0-9A-Fa-f:.-]/.test(String.fromCharCode(code)) ? 1 : 0,
);
/** What stands between a key and its separator. */
export const BEHIND_KEY: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[\d_ \t\\\]).]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** A separator stands behind the key that ends at `end`, or it is an option (`--key value`), or is spoken of (`key is …`). */
export function mayBeKeyed({ codes, length }: Scan, start: number, end: number): boolean {
  let at = end;
  const stop = Math.min(length, end + KEY_REACH);
  while (at < stop && (codes[at] ?? 0) < 0x80 && BEHIND_KEY[codes[at] ?? 0] === 1) at++;
  if (at === stop) return at === end + KEY_REACH;
  const code = codes[at] ?? 0;
  // `:`, `=`, `>`, quotes, a no-break space
  if (code === 0x3a || code === 0x3d || code === 0x3e || code === 0x22 || code === 0x27 || code === 0x60)
    return true;
  if (code === 0xa0) return true;
  if (at > end && (code | 0x20) === 0x69 && at + 1 < length && ((codes[at + 1] ?? 0) | 0x20) === 0x73)
    return true;
  if (at === end) return false;
  if (isComparison(codes, at, length)) return true;
  let before = start;
  while (before > 0 && (isWordChar(codes[before - 1] ?? 0) || codes[before - 1] === 0x2e)) before--;
  // an option, the name of an element
  return (
    before > 0 && (codes[before - 1] === 0x2d || codes[before - 1] === 0x3c || codes[before - 1] === 0x3a)
  );
}

/** `IN`, `LIKE`, `ILIKE`, `NOT …`, `BETWEEN`, `SIMILAR TO` of SQL, by their first two letters, with a quote not far behind. */
function isComparison(codes: Uint16Array, at: number, length: number): boolean {
  if (at + 1 >= length) return false;
  const first = (codes[at] ?? 0) | 0x20;
  const second = (codes[at + 1] ?? 0) | 0x20;
  const isOne =
    first === 0x69
      ? second === 0x6e || second === 0x6c
      : first === 0x6c || first === 0x73
        ? second === 0x69
        : first === 0x6e
          ? second === 0x6f
          : first === 0x62 && second === 0x65;
  if (!isOne) return false;
  const stop = Math.min(length, at + COMPARISON_REACH);
  for (let quote = at + 2; quote < stop; quote++)
    if (codes[quote] === 0x27 || codes[quote] === 0x22) return true;
  return false;
}

/** A domain with a name at its end stands behind the `@` (or `%40`) that ends at `after`. */
export function mayBeMailbox({ codes, length }: Scan, after: number): boolean {
  let hasDot = false;
  for (let at = after; at < length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x2e) hasDot = true;
    else if (code > 0x7f || (hasDot && codes[at - 1] === 0x2e && isAsciiLetter(code))) return true;
    else if (!isAlnum(code) && code !== 0x2d && code !== 0x25 && code !== 0x3d) return false;
  }
  return false;
}

/** So many characters other than blanks stand behind the prefix that ends at `end`. */
export function isFollowedBy({ codes, length }: Scan, end: number, least: number): boolean {
  if (end + least > length) return false;
  for (let at = end; at < end + least; at++) if ((codes[at] ?? 0) <= 0x20) return false;
  return true;
}

/** An option stands somewhere behind the command that ends at `end`. */
export function mayHaveOption({ codes, length }: Scan, end: number): boolean {
  for (let at = end; at + 1 < length; at++)
    if (codes[at + 1] === 0x2d && (codes[at] ?? 0) <= 0x20) return true;
  return false;
}

/**
 * A run of what addresses of networks are made of has the colons, dots or hyphens of one. Where private addresses are shown, `10.0.0.7` is
 * none, with or without a port.
 */
export function mayHoldAddress({ codes, length }: Scan, hidesPrivateIps: boolean): boolean {
  for (let at = 0; at < length; ) {
    if (!isAddressChar(codes[at] ?? 0)) {
      at++;
      continue;
    }
    const start = at;
    let dots = 0;
    let colons = 0;
    let dashes = 0;
    let groups = 0;
    let before = 0;
    for (; at < length; at++) {
      const code = codes[at] ?? 0;
      if (!isAddressChar(code)) break;
      if (isDigit(code) && !isDigit(before)) groups++;
      if (code === 0x2e) dots++;
      else if (code === 0x2d) dashes++;
      else if (code === 0x3a) {
        colons++;
        if (before === 0x3a) return true;
      }
      before = code;
    }
    const isQuad = dots >= 3 && groups >= 4;
    if (isQuad && !hidesPrivateIps && isPrivateHost(codes, start, at, colons)) continue;
    if (isQuad || colons >= 5 || (dots === 2 && at - start >= 14)) return true;
    // a rule of hyphens is none
    if (dashes >= 5 && at - start > 2 * dashes) return true;
  }
  return false;
}

/** `10.0.0.7`, `192.168.0.7:443` and nothing else (RFC 1918, 1122). */
function isPrivateHost(codes: Uint16Array, start: number, end: number, colons: number): boolean {
  let first = 0;
  let second = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x2e && at + 1 < end) dots++;
    else if (code === 0x3a && dots === 3 && colons === 1) break;
    else if (!isDigit(code)) return false;
    else if (dots === 0) first = first * 10 + code - 0x30;
    else if (dots === 1) second = second * 10 + code - 0x30;
  }
  if (dots !== 3 || codes[start] === 0x30) return false;
  return (
    first === 10 ||
    first === 127 ||
    (first === 192 && second === 168) ||
    (first === 172 && second > 15 && second < 32)
  );
}

function isAddressChar(code: number): boolean {
  return code < 0x80 && ADDRESS_CHARS[code] === 1;
}

/**
 * A long run of letters and digits that is not all small hexadecimal digits, as hashes are, or has a second one behind a colon, or of which each
 * two digits may be a character of ASCII.
 */
export function mayHoldWallet({ codes, length }: Scan): boolean {
  for (let at = 0; at < length; ) {
    const start = at;
    let isHash = true;
    let isText = true;
    for (; at < length; at++) {
      const code = codes[at] ?? 0;
      if (!isAlnum(code)) break;
      isHash &&= code <= 0x39 || (code >= 0x61 && code <= 0x66);
      if (((at - start) & 1) === 0) isText &&= code < 0x38;
    }
    if (at - start >= MIN_LONG_TOKEN && (!isHash || isText || (at < length && codes[at] === 0x3a)))
      return true;
    at++;
  }
  return false;
}

/** A port or `*` stands behind the first colon, and four colons before the first blank: `.pgpass`. */
export function mayBePasswordFile({ codes, length }: Scan): boolean {
  let colons = 0;
  for (let at = 0; at < length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x20) return false;
    if (code === 0x3a && ++colons === 4) return true;
  }
  return false;
}

/** `%40`, `\n`, `&#64;`, a `+` in a query: the line may be meant otherwise than it is written. */
export function mayBeDecoded({ codes, length }: Scan): boolean {
  for (let at = 0; at < length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x5c || code === 0x1b) return true;
    const next = at + 1 < length ? (codes[at + 1] ?? 0) : 0;
    if (code === 0x25 && (isDigit(next) || ((next | 0x20) >= 0x61 && (next | 0x20) <= 0x66))) return true;
    if (code === 0x26 && (next === 0x23 || isAsciiLetter(next))) return true;
    if (code === 0x22 && next === 0x22) return true;
    if (code === 0x2b && isInQuery(codes, at)) return true;
  }
  return false;
}

function isInQuery(codes: Uint16Array, plus: number): boolean {
  for (let at = plus - 1; at >= 0 && plus - at <= MAX_QUERY; at--) {
    const code = codes[at] ?? 0;
    if (code === 0x3d || code === 0x26 || code === 0x3f) return true;
    if (code <= 0x20) return false;
  }
  return false;
}

/** A capital and a small letter: a title, a street word. */
export function isCapitalised({ codes, length }: Scan, start: number): boolean {
  const first = codes[start] ?? 0;
  return (first >= 0x41 && first <= 0x5a) || (first > 0x7f && start < length && isLetter(first));
}

/** `12 ms` is no title. */
export function isTimeUnit({ codes }: Scan, start: number): boolean {
  const at = start > 0 && codes[start - 1] === 0x20 ? start - 2 : start - 1;
  return at >= 0 && isDigit(codes[at] ?? 0) && codes[start] === 0x6d;
}

/** Signs that no sentence has within its words: see context-register.ts, where such a line is a `log`. */
export const OF_RECORDS: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, code) =>
  '=_|@$%{}+~\\'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** The line is no sentence: a sign such as `=` within a word, or a time, stands in it. */
export function isRecord({ codes, length }: Scan): boolean {
  for (let at = 0; at + 1 < length; at++) {
    const code = codes[at] ?? 0;
    if (code < 0x80 && OF_RECORDS[code] === 1 && isWithin(codes, at)) return true;
    if (code === 0x3a && at > 0 && isDigit(codes[at - 1] ?? 0) && isDigit(codes[at + 1] ?? 0)) return true;
  }
  return false;
}

function isWithin(codes: Uint16Array, at: number): boolean {
  return at > 0 && isAlnum(codes[at - 1] ?? 0) && isAlnum(codes[at + 1] ?? 0);
}

/** A number with three or more digits behind its point, or signs of degrees. */
export function mayHoldCoordinates({ codes, length, numbers, numberCount }: Scan): boolean {
  for (let i = 0; i < numberCount; i++) {
    const start = numbers[2 * i] ?? 0;
    const end = numbers[2 * i + 1] ?? 0;
    if (end < length && (codes[end] ?? 0) > 0x7f) return true;
    if (end - start >= 3 && start > 1 && codes[start - 1] === 0x2e && isDigit(codes[start - 2] ?? 0))
      return true;
  }
  return false;
}
