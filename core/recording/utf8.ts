/** The part of the Encoding Standard that Node, Electron and browsers share; this folder compiles without their types. */
declare const TextEncoder: new () => {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
};
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal?: boolean; ignoreBOM: true },
) => { decode(bytes?: Uint8Array, options?: { stream: boolean }): string };

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Null where the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Decodes a stream whose pieces may end inside a character: the bytes of an unfinished character wait for the next piece.
 * Bytes that are not UTF-8 become U+FFFD, as a terminal shows them.
 */
export interface Utf8Stream {
  push(bytes: Uint8Array): string;
  /** What an unfinished character at the end amounts to: U+FFFD or nothing. */
  flush(): string;
}

export function createUtf8Stream(): Utf8Stream {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    push: bytes => decoder.decode(bytes, { stream: true }),
    flush: () => decoder.decode(),
  };
}

const FIRST_BYTES = 4 * 1024;
const MAX_BYTES_A_UNIT = 3;
const LINE_FEED = 0x0a;

/** Lines as UTF-8, in one piece of memory that grows: a large text in parts is neither joined nor copied again as a whole. */
export interface LineBuffer {
  add(line: string): void;
  /** All lines so far, each with its line feed; the memory is shared. */
  readonly bytes: Uint8Array;
}

export function createLineBuffer(): LineBuffer {
  const encoder = new TextEncoder();
  let into = new Uint8Array(FIRST_BYTES);
  let length = 0;
  return {
    add(line) {
      for (let from = 0; ; ) {
        const { read, written } = encoder.encodeInto(from === 0 ? line : line.slice(from), into.subarray(length));
        from += read;
        length += written;
        if (from === line.length && length < into.length) break;
        const grown = new Uint8Array(2 * into.length + (line.length - from) * MAX_BYTES_A_UNIT);
        grown.set(into.subarray(0, length));
        into = grown;
      }
      into[length++] = LINE_FEED;
    },
    get bytes() {
      return into.subarray(0, length);
    },
  };
}
