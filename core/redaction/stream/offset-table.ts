const INITIAL = 8192;
/** A larger table is given back once it is empty. */
const KEPT = 262_144;

/** A number from 0 on for some characters of the pending output, by the offset of each one's first byte. */
export class OffsetTable {
  /** By offset from `#origin`: the number and one, or 0. */
  #numbers = new Uint32Array(INITIAL);
  #origin = 0;
  /** Nothing stands outside of `[#first, #end)`. */
  #first = Infinity;
  #end = 0;

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  get(prov: number): number | undefined {
    const kept = this.#numbers[prov - this.#origin] ?? 0;
    return kept === 0 || this.isEmpty ? undefined : kept - 1;
  }

  /** Only for offsets that are not forgotten. */
  set(prov: number, number: number): void {
    const at = prov - this.#origin;
    if (at < 0) return;
    if (at >= this.#numbers.length) this.#grow(at + 1);
    this.#numbers[at] = number + 1;
    if (prov < this.#first) this.#first = prov;
    if (prov >= this.#end) this.#end = prov + 1;
  }

  delete(prov: number): void {
    if (!this.isEmpty && prov >= this.#origin && prov < this.#end) this.#numbers[prov - this.#origin] = 0;
  }

  /** Offset of the first one in `[from, to)`; -1 where there is none. */
  next(from: number, to: number): number {
    const numbers = this.#numbers;
    const origin = this.#origin;
    const stop = Math.min(to, this.#end);
    for (let prov = Math.max(from, this.#first); prov < stop; prov++)
      if (numbers[prov - origin] !== 0) return prov;
    return -1;
  }

  /** Offsets before `prov` do not come any more. */
  forgetBefore(prov: number): void {
    if (this.#end <= prov) {
      if (!this.isEmpty) this.#numbers.fill(0, this.#first - this.#origin, this.#end - this.#origin);
      if (this.#numbers.length > KEPT) this.#numbers = new Uint32Array(INITIAL);
      this.#first = Infinity;
      this.#end = 0;
    } else {
      const kept = this.#end - prov;
      this.#numbers.copyWithin(0, prov - this.#origin, this.#end - this.#origin);
      this.#numbers.fill(0, kept, this.#end - this.#origin);
      this.#first = Math.max(prov, this.#first);
    }
    this.#origin = prov;
  }

  #grow(count: number): void {
    const larger = new Uint32Array(Math.max(count, 2 * this.#numbers.length));
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
