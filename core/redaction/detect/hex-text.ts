import type { DecodedLine } from './decoded.ts';
import { mapped } from './decoded.ts';

/** Eight bytes: shorter runs say hardly anything. */
const MIN_DIGITS = 16;
const MAX_RUN = 65_536;
const RUN = /(?<![A-Za-z0-9])(?:\\{0,2}[xX]'?|0x)?([0-9A-Fa-f]{16,})(?![A-Za-z0-9])/g;

/** Whether each two digits of `[start, end)` are a printable character of ASCII or a line end: hashes and keys are hardly ever so. */
export function isHexOfText(line: string, start: number, end: number): boolean {
  if (end - start < MIN_DIGITS || (end - start) % 2 !== 0) return false;
  for (let at = start; at < end; at += 2) {
    const byte = byteAt(line, at);
    if (!((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09)) return false;
  }
  return true;
}

/**
 * The line with text in place of its bytes in hexadecimal: `xxd -p`, bytea of PostgreSQL (`\\x4a616e65`), blobs of SQL (`0x4a…`, `X'4a…'`). Null where no run of digits is text.
 */
export function hexDecoded(line: string): DecodedLine | null {
  const parts: { readonly mark: number; readonly at: number; readonly end: number }[] = [];
  for (const match of line.matchAll(RUN)) {
    const digits = match[1] ?? '';
    const end = match.index + match[0].length;
    if (digits.length <= MAX_RUN && isHexOfText(line, end - digits.length, end))
      parts.push({ mark: match.index, at: end - digits.length, end });
  }
  if (parts.length === 0) return null;
  return mapped(line, take => {
    let from = 0;
    for (const { mark, at, end } of parts) {
      take(line.slice(from, mark), mark - from);
      // the mark in front of the digits is no part of a word
      if (at > mark) take('\n', at - mark);
      for (let k = at; k < end; k += 2) {
        const byte = byteAt(line, k);
        take(byte < 0x20 ? '\n' : String.fromCharCode(byte), 2);
      }
      from = end;
    }
    take(line.slice(from), line.length - from);
  });
}

function byteAt(line: string, at: number): number {
  return Number.parseInt(line.slice(at, at + 2), 16);
}
