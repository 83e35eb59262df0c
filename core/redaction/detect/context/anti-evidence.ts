import { isDigit, isWordChar } from '../characters.ts';

/**
 * What speaks against a number that no word names: it is a point in time, a key calls it an id, a size or an offset, it stands in a
 * row of hex pairs, or it is one of many numbers in a row. With a checksum and an issuer behind it (`isProven`), numbers beside it speak
 * against it only where they are as long as its own groups. The serial of a zone (`2024010203`) is no number of a person either.
 */
export function isUnlikelyIdentifier(
  line: string,
  span: { readonly start: number; readonly end: number },
  raw: string,
  isProven: boolean,
): boolean {
  const isBare = raw.length > 0 && allDigits(raw);
  if (isBare && isLikelyEpoch(line, span, raw)) return true;
  if (isBare && (isNamedAsCounter(line, span.start) || isCountOf(line, span.end))) return true;
  if (raw.includes(' ') && isAmongNumbers(line, span, raw, isProven)) return true;
  if (isBare && /^20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d$/.test(raw)) return true;
  if (isHexToken(raw)) return true;
  return isCompactTimestamp(raw.replace(/-\d$/, '')) && !(isWholeLine(line, span) && raw < '2010');
}

/** A line of xxd, hexdump, od or objdump: an offset and bytes in hex. Nothing in it is written as a person would. */
export function isHexDump(line: string): boolean {
  let at = 0;
  while (line.charCodeAt(at) === 0x20) at++;
  const offset = at;
  while (isHexDigit(line.charCodeAt(at))) at++;
  const stop = line.charCodeAt(at);
  // nearly all lines end here: no offset in hex begins them
  if (at - offset < 3 || at - offset > 16 || (stop !== 0x3a && stop !== 0x20)) return false;
  return (
    /^[0-9a-f]{6,16}:? {1,2}(?:[0-9a-f]{2,4} {1,2}){4}/i.test(line) ||
    /^ *[0-9a-f]{3,16}:(?:\t| {2,8})(?:[0-9a-f]{2} )+/.test(line) ||
    isCharacterDump(line)
  );
}

/** A row of `od -c` or `hexdump -c`: an offset, then each byte in four cells, as a character, an escape or three digits. */
export function isCharacterDump(line: string): boolean {
  return /^[0-9a-f]{7}(?: {3}[!-~]| {2}\\[0abtnvfr\\]| [0-7]{3}| {4}){2,16} *$/.test(line);
}

function isHexDigit(code: number): boolean {
  const lower = code | 0x20;
  return isDigit(code) || (lower >= 0x61 && lower <= 0x66);
}

/** An epoch or a compact date and time: no word nearby makes a card or an account of it. */
export function isPointInTime(raw: string): boolean {
  return isEpoch(raw) || (raw.length === 14 && isCompactTimestamp(raw));
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, between 2001 and 2039; later ones begin as Mir and Mastercard do. */
export function isEpoch(digits: string): boolean {
  const length = digits.length;
  if (length !== 10 && length !== 13 && length !== 16 && length !== 19) return false;
  const seconds = Number(digits.slice(0, 10));
  return seconds >= 978_307_200 && seconds < 2_200_000_000;
}

/** Of numbers that stand alone on their line, points in time from 2010 on only: what is printed so is of these days. */
function isLikelyEpoch(
  line: string,
  span: { readonly start: number; readonly end: number },
  raw: string,
): boolean {
  if (!isEpoch(raw)) return false;
  const seconds = Number(raw.slice(0, 10));
  return !isWholeLine(line, span) || seconds >= 1_262_304_000;
}

/** `d12345678`: letters up to f in lower case among digits; hashes and handles are written so, values of persons are not. */
function isHexToken(raw: string): boolean {
  return /^(?=\d*[a-f])[\da-f]+$/.test(raw);
}

function isWholeLine(line: string, span: { readonly start: number; readonly end: number }): boolean {
  return line.trim().length === span.end - span.start;
}

/** `10000000146 bytes`: what is counted stands behind the number. */
function isCountOf(line: string, end: number): boolean {
  if (line.charCodeAt(end) !== 0x20) return false;
  return COUNTED.test(line.slice(end + 1, end + 16));
}

const COUNTED =
  /^(?:[kKMGT]?i?B|bytes?|bits?|octets?|rows?|records?|entries|items?|files?|lines?|times|blocks?|sectors?|pages?|packets?|pkts|users?|requests?|objects?|keys?|chars?|characters|words|tokens?|samples|events?|messages?|n?s|ms|us|seconds?|secs?|cycles|ticks|jiffies|instructions|faults|interrupts|Hz)(?![A-Za-z])/;

/** `20240102`, `202401021530`, `20240102153000`, with or without a fraction of the second. */
function isCompactTimestamp(raw: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,6})?)?$/.test(
    raw,
  );
}

const COUNTER_KEYS =
  /(^|[^a-z])(id|ids|uid|gid|pid|tid|ppid|oid|order|orderid|trace|span|request|req|seq|sequence|offset|lsn|size|bytes|length|len|count|total|ts|time|timestamp|epoch|nonce|block|blk|txid|tx|hash|build|job|task|event|message|msg|snowflake|version|serial|rev|revision|inode|port|position|pos|index|idx|number of|duration|ns|us|ms|elapsed|latency)$/;

/** Whether the key directly before a bare number (`order_id=`, `"ts":`, `offset `) calls it something that is nobody's number. */
export function isNamedAsCounter(line: string, start: number): boolean {
  let at = start;
  while (at > 0 && start - at < 8 && ' \t"\'=:#[(><\\'.includes(line.charAt(at - 1))) at--;
  if (at === start || at === 0) return false;
  const end = at;
  while (at > 0 && end - at < 40 && isWordChar(line.charCodeAt(at - 1))) at--;
  const word = line
    .slice(at, end)
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return COUNTER_KEYS.test(word);
}

/** A number with inner spaces whose neighbours are numbers too is a row of a numeric table; the tail of a longer code is none either. */
function isAmongNumbers(
  line: string,
  span: { readonly start: number; readonly end: number },
  raw: string,
  isProven: boolean,
): boolean {
  const groupLength = raw.length - raw.lastIndexOf(' ') - 1;
  if (isAmongGroups(line, span, groupLength)) return true;
  const before = /(?<=^|[^\w/.])[\d.]+ +$/.exec(line.slice(Math.max(0, span.start - 32), span.start))?.[0];
  const after = /^ +\d+(?:\.\d+)?(?![\w/])/.exec(line.slice(span.end, span.end + 32))?.[0];
  if (!isProven) return before !== undefined || after !== undefined;
  // two blanks part the columns of a table
  return before?.length === groupLength + 1 || after?.length === groupLength + 1;
}

/** `B700 4821 9036 1174`: the group before it, of capitals and digits and as long as its own, begins a longer code. */
function isAmongGroups(
  line: string,
  span: { readonly start: number; readonly end: number },
  groupLength: number,
): boolean {
  const group = /(?<![\w])([A-Z\d]+) $/.exec(line.slice(Math.max(0, span.start - 12), span.start))?.[1];
  return group?.length === groupLength && /\d/.test(group) && /[A-Z]/.test(group);
}

function allDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}
