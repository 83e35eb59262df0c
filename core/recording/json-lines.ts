import { utf8 } from './utf8.ts';

/**
 * Lines of JSON as UTF-8, in one piece of memory that grows. Output goes from bytes to bytes: as a text it would be copied four times,
 * each time twice as large where a single character is beyond Latin-1, which every mask is.
 */
export interface JsonLines {
  /** A whole line, without its line feed. */
  add(json: string): void;
  /** The same in which a string stands between two texts; `value`: its characters in valid UTF-8, escaped here as `JSON.stringify` does. */
  addString(before: string, value: Uint8Array, after: string): void;
  /** bytes so far */
  readonly length: number;
  /** A copy of all of them; what is added then begins anew, in the same memory. */
  take(): Uint8Array;
}

const FIRST_BYTES = 16 * 1024;
/** How much of a string is escaped between two looks at the room that is left. */
const STRETCH_BYTES = 4096;
/** An escaped control character: `\\u001b`. */
const MOST_BYTES_A_BYTE = 6;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const HEX = utf8('0123456789abcdef');

/** What follows the backslash; 1 for a code in hexadecimal digits, 0 where nothing is escaped (RFC 8259, 7). */
const ESCAPES: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const letter = { 8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r', 34: '"', 92: '\\' }[byte];
  return letter === undefined ? (byte < 0x20 ? 1 : 0) : letter.charCodeAt(0);
});

export function createJsonLines(): JsonLines {
  let into = new Uint8Array(FIRST_BYTES);
  let length = 0;

  const reserve = (bytes: number): void => {
    if (length + bytes <= into.length) return;
    const grown = new Uint8Array(Math.max(2 * into.length, length + bytes));
    grown.set(into.subarray(0, length));
    into = grown;
  };
  const put = (bytes: Uint8Array): void => {
    reserve(bytes.length + 1);
    into.set(bytes, length);
    length += bytes.length;
  };
  const putEscaped = (value: Uint8Array, from: number, end: number): void => {
    reserve((end - from) * MOST_BYTES_A_BYTE);
    const to = into;
    let at = length;
    for (let i = from; i < end; i++) {
      const byte = value[i] ?? 0;
      const escape = ESCAPES[byte] ?? 0;
      if (escape === 0) {
        to[at++] = byte;
        continue;
      }
      to[at++] = BACKSLASH;
      if (escape !== 1) {
        to[at++] = escape;
        continue;
      }
      to[at++] = 0x75;
      to[at++] = 0x30;
      to[at++] = 0x30;
      to[at++] = HEX[byte >> 4] ?? 0;
      to[at++] = HEX[byte & 15] ?? 0;
    }
    length = at;
  };

  return {
    add(json) {
      put(utf8(json));
      into[length++] = LINE_FEED;
    },
    addString(before, value, after) {
      put(utf8(before));
      for (let from = 0; from < value.length; from += STRETCH_BYTES)
        putEscaped(value, from, Math.min(value.length, from + STRETCH_BYTES));
      put(utf8(after));
      into[length++] = LINE_FEED;
    },
    get length() {
      return length;
    },
    take() {
      const taken = into.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
