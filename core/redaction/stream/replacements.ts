const INITIAL = 8192;
/** A larger table is given back once it is empty. */
const KEPT = 262_144;

/** What is shown instead of characters of the output, by the offset of each one's first byte; 0 removes the character. */
export class Replacements {
  /** By offset from `#origin`: the code point and one, or 0. */
  #glyphs = new Uint32Array(INITIAL);
  #origin = 0;
  /** Nothing stands outside of `[#first, #end)`. */
  #first = Infinity;
  #end = 0;

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  get(prov: number): number | undefined {
    const glyph = this.#glyphs[prov - this.#origin] ?? 0;
    return glyph === 0 || this.isEmpty ? undefined : glyph - 1;
  }

  /** Only for offsets that are not forgotten. */
  set(prov: number, glyph: number): void {
    const at = prov - this.#origin;
    if (at < 0) return;
    if (at >= this.#glyphs.length) this.#grow(at + 1);
    this.#glyphs[at] = glyph + 1;
    if (prov < this.#first) this.#first = prov;
    if (prov >= this.#end) this.#end = prov + 1;
  }

  delete(prov: number): void {
    if (!this.isEmpty && prov >= this.#origin && prov < this.#end) this.#glyphs[prov - this.#origin] = 0;
  }

  /** Offset of the first one in `[from, to)`; -1 where there is none. */
  next(from: number, to: number): number {
    const glyphs = this.#glyphs;
    const origin = this.#origin;
    const stop = Math.min(to, this.#end);
    for (let prov = Math.max(from, this.#first); prov < stop; prov++)
      if (glyphs[prov - origin] !== 0) return prov;
    return -1;
  }

  /** Offsets before `prov` do not come any more. */
  forgetBefore(prov: number): void {
    if (this.#end <= prov) {
      if (!this.isEmpty) this.#glyphs.fill(0, this.#first - this.#origin, this.#end - this.#origin);
      if (this.#glyphs.length > KEPT) this.#glyphs = new Uint32Array(INITIAL);
      this.#first = Infinity;
      this.#end = 0;
    } else {
      const kept = this.#end - prov;
      this.#glyphs.copyWithin(0, prov - this.#origin, this.#end - this.#origin);
      this.#glyphs.fill(0, kept, this.#end - this.#origin);
      this.#first = Math.max(prov, this.#first);
    }
    this.#origin = prov;
  }

  #grow(count: number): void {
    const larger = new Uint32Array(Math.max(count, 2 * this.#glyphs.length));
    larger.set(this.#glyphs);
    this.#glyphs = larger;
  }
}
