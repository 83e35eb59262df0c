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
 * Pieces of a stream, cut anywhere, as whole characters of valid UTF-8: the bytes of an unfinished character wait for the next piece, and bytes that are
 * not UTF-8 become U+FFFD, as a terminal shows them. What is whole and valid already is passed on as it came.
 * `isValid`: whether bytes are UTF-8 and no character is cut, by the host's own fast check.
 */
export interface Utf8Pieces {
  push(bytes: Uint8Array): Uint8Array;
}

const NOTHING = new Uint8Array(0);

export function createUtf8Pieces(isValid: (bytes: Uint8Array) => boolean): Utf8Pieces {
  let unfinished = NOTHING;
  return {
    push(bytes) {
      const all = unfinished.length === 0 ? bytes : joined(unfinished, bytes);
      const whole = all.subarray(0, all.length - unfinishedLength(all));
      unfinished = whole.length === all.length ? NOTHING : all.slice(whole.length);
      return isValid(whole) ? whole : utf8(new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole));
    },
  };
}

/** Bytes at the end that may begin a character and do not finish it (RFC 3629, 3). */
function unfinishedLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
