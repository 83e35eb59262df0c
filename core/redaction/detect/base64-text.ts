import type { DecodedLine } from './decoded.ts';
import { mapped } from './decoded.ts';

/** Twelve bytes: shorter runs say hardly anything, and some are words. */
const RUN =
  /(?<![A-Za-z0-9+/_=.-])(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?(?![A-Za-z0-9+/_=-])/g;
const MAX_RUN = 65_536;
/** What a random run has, and a word, a path or a number has not. */
const MIXED = /^(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))),
);

/** A character of the text and how many bytes it takes. */
interface Character {
  readonly text: string;
  readonly bytes: number;
}

/**
 * The line with text in place of its base64 (RFC 4648, 4): a Secret of Kubernetes, binary attributes of LDIF, settings that are handed on
 * in a variable. Null where no run is text; one of twelve random bytes is in one case of 100,000.
 */
export function base64Decoded(line: string): DecodedLine | null {
  const parts: { readonly at: number; readonly end: number; readonly text: readonly Character[] }[] = [];
  for (const { 0: run, index } of line.matchAll(RUN)) {
    const text = run.length <= MAX_RUN && MIXED.test(run) ? textOf(run) : null;
    if (text !== null) parts.push({ at: index, end: index + run.length, text });
  }
  if (parts.length === 0) return null;
  return mapped(line, take => {
    let from = 0;
    for (const { at, end, text } of parts) {
      take(line.slice(from, at), at - from);
      let bytes = 0;
      let used = 0;
      for (const character of text) {
        bytes += character.bytes;
        const next = Math.floor((bytes * 4) / 3);
        take(character.text, next - used);
        used = next;
      }
      from = end;
      take('', end - at - used);
    }
    take(line.slice(from), line.length - from);
  });
}

/** Printable UTF-8 and line ends; null where it is anything else. */
function textOf(run: string): readonly Character[] | null {
  const length = Math.floor((run.replace(/=+$/, '').length * 3) / 4);
  const text: Character[] = [];
  for (let i = 0; i < length; ) {
    const first = byteAt(run, i);
    const bytes =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (bytes === 0 || i + bytes > length) return null;
    let codePoint = bytes === 1 ? first : first & (0x7f >> bytes);
    for (let k = 1; k < bytes; k++) {
      const next = byteAt(run, i + k);
      if ((next & 0xc0) !== 0x80) return null;
      codePoint = (codePoint << 6) | (next & 0x3f);
    }
    const isLineEnd = codePoint === 0x0a || codePoint === 0x0d || codePoint === 0x09;
    if (!isLineEnd && !isPrintable(codePoint)) return null;
    text.push({ text: isLineEnd ? '\n' : String.fromCodePoint(codePoint), bytes });
    i += bytes;
  }
  return text;
}

function isPrintable(codePoint: number): boolean {
  if (codePoint < 0x7f) return codePoint >= 0x20;
  return codePoint <= 0x10ffff && !/\p{C}/u.test(String.fromCodePoint(codePoint));
}

/** Byte `i` of what the run holds: four characters are three bytes. */
function byteAt(run: string, i: number): number {
  const at = Math.floor((i * 4) / 3);
  const [left, right] = [VALUES[run.charCodeAt(at)] ?? 0, VALUES[run.charCodeAt(at + 1)] ?? 0];
  const kept = 6 - 2 * (i % 3);
  return ((left << (8 - kept)) | (right >> (kept - 2))) & 0xff;
}
