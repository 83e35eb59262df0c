const SLOTS = 4096;
/** Longer words are not kept. */
export const MAX_WORD = 20;
const STRIDE = MAX_WORD + 1;

/**
 * What a word means to a question, asked once and kept: words are looked up by their codes, without a string. A word that falls into the
 * slot of another one takes its place.
 */
export class KnownWords {
  readonly #answerTo: (word: string) => number;
  /** Length and codes of the word in each slot. */
  readonly #words = new Uint16Array(SLOTS * STRIDE);
  readonly #answers = new Uint8Array(SLOTS);

  /** `answerTo` gives up to eight bits. */
  constructor(answerTo: (word: string) => number) {
    this.#answerTo = answerTo;
  }

  /** The answer for the word of at most `MAX_WORD` codes `[start, end)`. */
  of(codes: Uint16Array, start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (codes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const words = this.#words;
    const at = slot * STRIDE;
    const length = end - start;
    let isSame = words[at] === length;
    for (let i = 0; isSame && i < length; i++) isSame = words[at + 1 + i] === codes[start + i];
    if (!isSame) {
      words[at] = length;
      words.set(codes.subarray(start, end), at + 1);
      this.#answers[slot] = this.#answerTo(String.fromCharCode(...codes.subarray(start, end)));
    }
    return this.#answers[slot] ?? 0;
  }
}
