import { isCharacterDump } from '../detect/context/anti-evidence.ts';
import { isHexOfText } from '../detect/hex-text.ts';

/**
 * A row of `xxd`, `hexdump -C`, `od -tx1z` or `tcpdump -X`: bytes in hexadecimal, and the same bytes as text behind them; or one of `od -c`,
 * where each byte stands as its character in four cells; or one of `xxd -p`, where nothing but the digits stands, if they are text.
 */
export interface DumpRow {
  /** The bytes as text; a blank for what is no printable character. */
  readonly text: string;
  /** Offset in the line of the character of each byte, and of its two hexadecimal digits; of `od -c` there are no digits, and of `xxd -p` no characters. */
  readonly characters: readonly (number | null)[];
  readonly digits: readonly number[];
}

const MAX_BYTES = 64;
/** The text may be misread as further bytes: as many groups are given back, one by one. */
const MAX_GIVEN_BACK = 8;
const KEPT_ROWS = 64;
const OFFSET_DIGITS = 7;
const CELLS_A_BYTE = 4;

/** `0x0010:` or `00000010`, then blanks: a quick look before the row is read. */
export function mayBeDumpRow(line: string): boolean {
  let at = 0;
  while (at < 8 && isBlank(line.charCodeAt(at))) at++;
  if (line.charCodeAt(at) === 0x30 && line.charCodeAt(at + 1) === 0x78) at += 2;
  const start = at;
  while (isHex(line.charCodeAt(at))) at++;
  if (at - start > 16) return isPlainRow(line);
  if (at - start < 4) return false;
  if (line.charCodeAt(at) === 0x3a) at++;
  return isBlank(line.charCodeAt(at));
}

/** Digits of bytes that are text, and nothing else. */
function isPlainRow(line: string): boolean {
  return line.length <= 2 * MAX_BYTES && isHexOfText(line, 0, line.length);
}

/** Reads rows, and remembers the last ones: each is read again with those below it. */
export function createDumpReader(): (line: string) => DumpRow | null {
  const known = new Map<string, DumpRow | null>();
  return line => {
    const row = known.get(line);
    if (row !== undefined) return row;
    const read = dumpRowOf(line);
    if (known.size >= KEPT_ROWS) known.clear();
    known.set(line, read);
    return read;
  };
}

/** A row that is still being printed. */
export function isDumpBegun(line: string): boolean {
  return (
    mayBeDumpRow(line) &&
    (isPlainRow(line) ||
      /^\s{0,8}(?:0x)?[\da-f]{4,16}:?\s+(?:[\da-f]{2,8}\s|[\da-f]{0,8}$)/i.test(line) ||
      /^[\da-f]{7}(?: {3}[!-~]| {2}\\[0abtnvfr\\]| [0-7]{3}| {4})* {0,3}$/.test(line))
  );
}

/** Null for other lines: the text has to say what the bytes say. */
export function dumpRowOf(line: string): DumpRow | null {
  if (!mayBeDumpRow(line)) return null;
  if (isCharacterDump(line)) return characterRow(line);
  if (isPlainRow(line)) return plainRow(line);
  const address = /^\s{0,8}(?:0x)?[0-9a-f]{4,16}:?/i.exec(line)?.[0].length ?? 0;
  const groups: number[][] = [];
  let at = address;
  for (let count = 0; count < MAX_BYTES; ) {
    const from = at;
    while (isBlank(line.charCodeAt(at))) at++;
    if (at === from || (groups.length > 0 && at - from > 2)) {
      at = from;
      break;
    }
    const digits: number[] = [];
    while (isHex(line.charCodeAt(at)) && isHex(line.charCodeAt(at + 1))) {
      digits.push(at);
      at += 2;
    }
    if (digits.length === 0 || (at < line.length && !isBlank(line.charCodeAt(at)))) {
      at = from;
      break;
    }
    groups.push(digits);
    count += digits.length;
  }
  for (let given = 0; given <= MAX_GIVEN_BACK && groups.length > 0; given++) {
    const row = rowWith(line, groups.flat());
    if (row !== null) return row;
    groups.pop();
  }
  return null;
}

function plainRow(line: string): DumpRow {
  let text = '';
  const digits: number[] = [];
  for (let at = 0; at < line.length; at += 2) {
    const byte = Number.parseInt(line.slice(at, at + 2), 16);
    text += byte < 0x20 ? ' ' : String.fromCharCode(byte);
    digits.push(at);
  }
  return { text, characters: digits.map(() => null), digits };
}

/** Seven digits of the offset, then four cells a byte with its character in the last. */
function characterRow(line: string): DumpRow {
  let text = '';
  const characters: number[] = [];
  for (let at = OFFSET_DIGITS; at < line.length; at += CELLS_A_BYTE) {
    const last = at + CELLS_A_BYTE - 1;
    text += line.charCodeAt(last - 1) === 0x20 ? line.charAt(last) || ' ' : ' ';
    characters.push(last);
  }
  return { text, characters, digits: [] };
}

function rowWith(line: string, digits: readonly number[]): DumpRow | null {
  let start = (digits.at(-1) ?? 0) + 2;
  while (isBlank(line.charCodeAt(start)) && line.length - start > digits.length) start++;
  const open = line.charAt(start);
  const rest = line.length - start;
  // the text may end in blanks that a screen does not keep
  for (const from of open === '|' || open === '>' ? [start + 1, start] : [start]) {
    if (rest > digits.length + 2) return null;
    let text = '';
    const characters: number[] = [];
    let isSame = true;
    for (let k = 0; k < digits.length && isSame; k++) {
      const offset = digits[k] ?? 0;
      const byte = Number.parseInt(line.slice(offset, offset + 2), 16);
      const isPrintable = byte >= 0x20 && byte < 0x7f;
      const shown = line.charAt(from + k);
      isSame =
        shown === '' ? byte === 0x20 : isPrintable ? shown === String.fromCharCode(byte) : shown === '.';
      text += isPrintable ? String.fromCharCode(byte) : ' ';
      characters.push(from + k);
    }
    if (isSame) return { text, characters, digits };
  }
  return null;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 9;
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}
