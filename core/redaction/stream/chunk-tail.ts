/** Output this large comes in pieces that are cut anywhere: a line that is not over waits for its rest, which is there at once. */
const MIN_BULK_BYTES = 2048;
const MAX_TAIL_BYTES = 1024;
export const TAIL_HOLD_MS = 2;

/** The beginning of a line that a large chunk was cut in: not read before its rest is there, or the time is over. */
export class ChunkTail {
  readonly #tail = new Uint8Array(MAX_TAIL_BYTES);
  #length = 0;
  isEmpty = true;
  /** Where a tail and what follows it stand behind each other while they are read. */
  #joined = new Uint8Array(MAX_TAIL_BYTES);

  /** The tail with `bytes` behind it, good until the next call; nothing is kept any more. */
  joinedWith(bytes: Uint8Array): Uint8Array {
    if (this.isEmpty) return bytes;
    this.isEmpty = true;
    const length = this.#length + bytes.length;
    if (length > this.#joined.length) this.#joined = new Uint8Array(2 * length);
    this.#joined.set(this.#tail.subarray(0, this.#length));
    this.#joined.set(bytes, this.#length);
    return this.#joined.subarray(0, length);
  }

  /** Keeps the bytes from `at` on, the end of a chunk of `chunkBytes`; false where they should be read at once. */
  keep(bytes: Uint8Array, at: number, chunkBytes: number): boolean {
    const length = bytes.length - at;
    if (chunkBytes < MIN_BULK_BYTES || length > MAX_TAIL_BYTES) return false;
    this.#tail.set(bytes.subarray(at));
    this.#length = length;
    this.isEmpty = length === 0;
    return true;
  }
}
