import type { LocatedText, Place } from './located-text.ts';

const ESCAPE = 0x1b;
const SGR_FINAL = 0x6d;

/** A whole line of ASCII characters and SGR sequences that stands in no cell yet: in the output only. */
export class PrintedText implements LocatedText {
  readonly text: string;
  /** Offset of the line's first byte in the output. */
  readonly #prov: number;
  /** Offset of each character in the line's bytes; null without sequences, where each is one byte. */
  readonly #offsets: Int32Array | null;

  /** `bytes`: the line as it was printed, sequences included, if it has any. */
  constructor(text: string, prov: number, bytes: Uint8Array | null) {
    this.text = text;
    this.#prov = prov;
    this.#offsets = bytes === null ? null : offsetsOf(bytes, text.length);
  }

  /** Offset of the character in the output. */
  provOf(i: number): number {
    return this.#prov + (this.#offsets?.[i] ?? i);
  }

  locate(i: number, place: Place): void {
    place.row = null;
    place.x = 0;
    place.prov = this.provOf(i);
  }
}

function offsetsOf(bytes: Uint8Array, count: number): Int32Array {
  const offsets = new Int32Array(count);
  for (let i = 0, at = 0; i < count; at++) {
    if (bytes[at] === ESCAPE) while (bytes[at] !== SGR_FINAL) at++;
    else offsets[i++] = at;
  }
  return offsets;
}
