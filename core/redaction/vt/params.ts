/** More parameters than this are ignored, as xterm.js does. */
const MAX_PARAMS = 32;
const MAX_SUB_PARAMS = 32;
const MAX_VALUE = 0x7fffffff;

/**
 * Parameters of a CSI sequence: digits separated by `;`, each with sub-parameters separated by `:` (-1 where empty).
 * There is always at least one; a missing one is 0 (zero default mode). Reused from sequence to sequence.
 */
export class Params {
  readonly values = new Int32Array(MAX_PARAMS);
  length = 1;
  readonly #subs = new Int32Array(MAX_SUB_PARAMS);
  #subCount = 0;
  readonly #subEnd = new Uint8Array(MAX_PARAMS);
  #ignoresDigits = false;
  #ignoresSubDigits = false;
  #isSub = false;

  reset(): void {
    this.length = 1;
    this.values[0] = 0;
    this.#subCount = 0;
    this.#subEnd[0] = 0;
    this.#ignoresDigits = false;
    this.#ignoresSubDigits = false;
    this.#isSub = false;
  }

  /** Takes a byte of 0x30..0x3b. */
  put(byte: number): void {
    if (byte === 0x3b) this.#addParam();
    else if (byte === 0x3a) this.#addSub();
    else this.#addDigit(byte - 0x30);
  }

  /** The i-th value; `fallback` where it is missing or 0. */
  at(i: number, fallback: number): number {
    return (i < this.length ? this.values[i] : 0) || fallback;
  }

  /** How many sub-parameters the i-th value has. */
  subCount(i: number): number {
    return (this.#subEnd[i] ?? 0) - this.#subStart(i);
  }

  /** The k-th sub-parameter of the i-th value; `fallback` where it is missing. */
  sub(i: number, k: number, fallback: number): number {
    return k < this.subCount(i) ? (this.#subs[this.#subStart(i) + k] ?? fallback) : fallback;
  }

  #subStart(i: number): number {
    return i === 0 ? 0 : (this.#subEnd[i - 1] ?? 0);
  }

  #addParam(): void {
    this.#isSub = false;
    if (this.length >= MAX_PARAMS) {
      this.#ignoresDigits = true;
      return;
    }
    this.values[this.length] = 0;
    this.#subEnd[this.length] = this.#subCount;
    this.length++;
  }

  #addSub(): void {
    this.#isSub = true;
    if (this.#ignoresDigits || this.#subCount >= MAX_SUB_PARAMS) {
      this.#ignoresSubDigits = true;
      return;
    }
    this.#subs[this.#subCount++] = -1;
    this.#subEnd[this.length - 1] = this.#subCount;
  }

  #addDigit(digit: number): void {
    if (this.#ignoresDigits || (this.#isSub && this.#ignoresSubDigits)) return;
    const store = this.#isSub ? this.#subs : this.values;
    const last = (this.#isSub ? this.#subCount : this.length) - 1;
    const current = store[last] ?? 0;
    store[last] = current < 0 ? digit : Math.min(current * 10 + digit, MAX_VALUE);
  }
}
