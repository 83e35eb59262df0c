/** The part of the Encoding Standard that Node, Electron and browsers share; this folder compiles without their types. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
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
