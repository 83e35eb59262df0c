const CR = 0x0d;
const LF = 0x0a;

/**
 * A pipe carries bare line feeds, a terminal's stream `\r\n` (its driver adds the return, ONLCR). The redactor reads terminal streams,
 * where a bare line feed does not go back to the first column and a table would lose its columns. The first line feed decides: if it
 * is bare, the redactor is given returns, and they are taken out of what it returns, so that the reader gets the line ends that came
 * in. (A return that already stood before a later line feed is lost then.)
 */
export interface LineEnds {
  /** Input as a terminal would see it. */
  enter(bytes: Uint8Array): Uint8Array;
  /** Output as the pipe had it. */
  leave(bytes: Uint8Array): Uint8Array;
  /** A return held back at the end of the last output, if any. */
  end(): Uint8Array;
}

export function createLineEnds(): LineEnds {
  let isBare: boolean | null = null;
  let lastIn = 0;
  let isReturnHeld = false;
  return {
    enter(bytes) {
      const first = isBare === null ? bytes.indexOf(LF) : -1;
      if (first >= 0) isBare = (first > 0 ? bytes[first - 1] : lastIn) !== CR;
      const before = lastIn;
      lastIn = bytes.at(-1) ?? lastIn;
      return isBare === true ? withReturns(bytes, before) : bytes;
    },
    leave(bytes) {
      if (isBare !== true || bytes.length === 0) return bytes;
      const all = isReturnHeld ? afterReturn(bytes) : bytes;
      isReturnHeld = all.at(-1) === CR;
      const end = isReturnHeld ? all.length - 1 : all.length;
      return all.subarray(0, end).filter((byte, i) => byte !== CR || all[i + 1] !== LF);
    },
    end: () => (isReturnHeld ? Uint8Array.of(CR) : new Uint8Array(0)),
  };
}

function withReturns(bytes: Uint8Array, before: number): Uint8Array {
  const out = new Uint8Array(bytes.length * 2);
  let length = 0;
  let previous = before;
  for (const byte of bytes) {
    if (byte === LF && previous !== CR) out[length++] = CR;
    out[length++] = byte;
    previous = byte;
  }
  return out.subarray(0, length);
}

function afterReturn(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  out[0] = CR;
  out.set(bytes, 1);
  return out;
}
