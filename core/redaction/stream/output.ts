import { encodeUtf8 } from '../vt/parser.ts';
import { widthOf } from '../vt/width.ts';
import { OffsetTable } from './offset-table.ts';

const INITIAL_BYTES = 8192;
/** A larger buffer is given back once it is empty, so that one burst does not stay for the session's life. */
const KEPT_BYTES = 262_144;
/** Nobody types that much in one line. */
const MAX_PIECES = 8192;
/** So few bytes are copied one by one in less time than a view of them takes to be made. */
const SHORT_BYTES = 32;
/** In UTF-8. */
const MAX_MASK_BYTES = 3;

/**
 * The bytes that were read and not yet sent. Offsets count from the start of the output stream, so a cell can say for ever
 * which bytes wrote it: below `sent` they are gone, from there on they can still be replaced by a mask in place.
 */
export class PendingOutput {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #length = 0;
  #sent = 0;
  /** Where bytes and masks are put together. */
  #spliced = new Uint8Array(INITIAL_BYTES);
  /** What is shown instead of a character; 0 removes it. */
  readonly #replacements = new OffsetTable();
  /** How far before a character the one was printed that stood in the same cell. */
  readonly #overwritten = new OffsetTable();

  /** A further print of the same character, by the offset of the one before. */
  readonly #copies = new Map<number, number>();
  readonly #accents = new Map<number, number[]>();
  /** Bytes that were given out, masks included. */
  #given = 0;
  /** From here on it is remembered where each byte went. */
  keptFrom = Infinity;
  /** Where bytes went, by the first offset of each piece between two masks. */
  #pieces: { readonly prov: number; readonly given: number }[] = [];

  /** Remembers where bytes go, from the first one that was not sent yet. */
  keep(): void {
    if (this.keptFrom === Infinity) this.keptFrom = this.#sent;
  }

  forget(): void {
    this.keptFrom = Infinity;
    this.#pieces = [];
  }

  /** Where the byte at `prov` is in all that was given out; null where it was not sent, or that is not remembered. */
  sentAt(prov: number): number | null {
    if (prov < this.keptFrom || prov >= this.#sent) return null;
    const piece = this.#pieces.findLast(each => each.prov <= prov);
    return piece === undefined ? null : piece.given + prov - piece.prov;
  }

  /** Where the byte at `keptFrom` is, or will be, in all that was given out; null where nothing is remembered. */
  get keptAt(): number | null {
    if (this.keptFrom === Infinity) return null;
    return this.sentAt(this.keptFrom) ?? this.#given;
  }

  /** Offset of the first byte that was not sent yet. */
  get sent(): number {
    return this.#sent;
  }

  /** Offset that the next byte will have. */
  get end(): number {
    return this.#sent + this.#length;
  }

  get length(): number {
    return this.#length;
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  appendRange(bytes: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    if (end - start > SHORT_BYTES) this.#bytes.set(bytes.subarray(start, end), this.#length);
    else for (let i = start; i < end; i++) this.#bytes[this.#length + i - start] = bytes[i] ?? 0;
    this.#length += end - start;
  }

  appendByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  appendCodePoint(cp: number): void {
    this.#reserve(4);
    this.#length += encodeUtf8(cp, this.#bytes, this.#length);
  }

  appendText(text: string): void {
    for (const character of text) this.appendCodePoint(character.codePointAt(0) ?? 0);
  }

  isPending(prov: number): boolean {
    return prov >= this.#sent;
  }

  /** What is shown instead of the pending character at `prov`; 0 where it is sent as it is. */
  glyphAt(prov: number): number {
    return this.#replacements.get(prov) ?? 0;
  }

  isReplaced(prov: number): boolean {
    return this.#replacements.get(prov) !== undefined;
  }

  /** Shows `glyph` instead of the pending character at `prov`, and masks what stood under it. */
  replace(prov: number, glyph: number): void {
    this.#replacements.set(prov, glyph);
    for (let copy = this.#copies.get(prov); copy !== undefined; copy = this.#copies.get(copy))
      this.#replacements.set(copy, glyph);
    this.maskUnder(prov);
  }

  /** Characters that the one at `prov` overwrote or combines with are pending too: masked, at their own width. */
  maskUnder(prov: number): void {
    for (let under = this.#under(prov); under !== undefined; under = this.#under(under)) {
      if (under < this.#sent) break;
      const width = widthOf(this.#codePointAt(under - this.#sent));
      this.#replacements.set(under, width === 0 ? 0 : width === 2 ? 0xff0a : 0x2a);
    }
  }

  /** The pending character at `prov` is sent as it is after all. */
  restore(prov: number): void {
    this.#replacements.delete(prov);
    for (let copy = this.#copies.get(prov); copy !== undefined; copy = this.#copies.get(copy))
      this.#replacements.delete(copy);
  }

  /** The character that will be at `copy` is printed a second time: what hides the one hides the other. */
  copy(prov: number, copy: number): void {
    if (!this.isPending(prov)) return;
    let last = prov;
    for (let next = this.#copies.get(last); next !== undefined; next = this.#copies.get(last)) last = next;
    this.#copies.set(last, copy);
    const glyph = this.#replacements.get(prov);
    if (glyph !== undefined) this.#replacements.set(copy, glyph);
  }

  /** The character at `newer` covers the pending one at `older`. */
  link(newer: number, older: number): void {
    // a wide character covers two: the second one goes to the end of the chain, which is short
    let last = newer;
    for (let i = 0; i < 8; i++) {
      const under = this.#under(last);
      if (under === undefined || under === older) break;
      last = under;
    }
    if (last > older) this.#overwritten.set(last, last - older);
  }

  /** The pending character that stood in the cell of the one at `prov` before it. */
  #under(prov: number): number | undefined {
    const back = this.#overwritten.get(prov);
    return back === undefined ? undefined : prov - back;
  }

  /** The character at `accent` combines with the one at `base`. */
  linkAccent(base: number, accent: number): void {
    const accents = this.#accents.get(base);
    if (accents === undefined) this.#accents.set(base, [accent]);
    else accents.push(accent);
  }

  /** Removes the pending accents of the character at `base`. */
  maskAccents(base: number): void {
    for (const accent of this.#accents.get(base) ?? [])
      if (accent >= this.#sent) this.#replacements.set(accent, 0);
  }

  /** Offset of the oldest pending character under the one at `prov`, or `prov` itself. */
  oldestUnder(prov: number): number {
    let oldest = prov;
    for (let under = this.#under(prov); under !== undefined; under = this.#under(under)) {
      if (under < this.#sent) break;
      oldest = Math.min(oldest, under);
    }
    return oldest;
  }

  /** Takes the bytes before offset `end` out, masks in place. */
  take(end: number): Uint8Array {
    const count = Math.min(this.#length, Math.max(0, end - this.#sent));
    if (this.#pieces.length > MAX_PIECES) this.forget();
    if (this.keptFrom !== Infinity && count > 0) this.#pieces.push({ prov: this.#sent, given: this.#given });
    const bytes = this.#replacements.isEmpty ? this.#bytes.slice(0, count) : this.#splice(count);
    this.#given += bytes.length;
    this.#bytes.copyWithin(0, count, this.#length);
    this.#length -= count;
    this.#sent += count;
    this.#replacements.forgetBefore(this.#sent);
    this.#overwritten.forgetBefore(this.#sent);
    if (this.#length === 0) {
      this.#accents.clear();
      this.#copies.clear();
      if (this.#bytes.length > KEPT_BYTES) {
        this.#bytes = new Uint8Array(INITIAL_BYTES);
        this.#spliced = new Uint8Array(INITIAL_BYTES);
      }
    }
    return bytes;
  }

  #splice(count: number): Uint8Array {
    const replacements = this.#replacements;
    const sent = this.#sent;
    const end = sent + count;
    if (this.#spliced.length < MAX_MASK_BYTES * count)
      this.#spliced = new Uint8Array(2 * MAX_MASK_BYTES * count);
    const into = this.#spliced;
    let length = 0;
    let from = 0;
    for (let prov = replacements.next(sent, end); prov >= 0; prov = replacements.next(sent + from, end)) {
      const at = prov - sent;
      length = this.#copyInto(into, length, from, at);
      const glyph = replacements.get(prov) ?? 0;
      if (glyph !== 0) length += encodeUtf8(glyph, into, length);
      from = at + sizeOf(this.#bytes[at] ?? 0);
      if (this.keptFrom !== Infinity) this.#pieces.push({ prov: sent + from, given: this.#given + length });
    }
    return into.slice(0, this.#copyInto(into, length, from, count));
  }

  /** Copies pending bytes to `length`; returns where they end. Most masked characters stand right behind each other, or a separator apart. */
  #copyInto(into: Uint8Array, length: number, from: number, end: number): number {
    if (end - from > SHORT_BYTES) into.set(this.#bytes.subarray(from, end), length);
    else for (let i = from; i < end; i++) into[length + i - from] = this.#bytes[i] ?? 0;
    return length + end - from;
  }

  #codePointAt(at: number): number {
    const first = this.#bytes[at] ?? 0;
    const size = sizeOf(first);
    let cp = size === 1 ? first : first & (0x7f >> size);
    for (let i = 1; i < size; i++) cp = (cp << 6) | ((this.#bytes[at + i] ?? 0) & 0x3f);
    return cp;
  }

  #reserve(count: number): void {
    const needed = this.#length + count + 4;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Bytes of the UTF-8 character that starts with `first`. */
function sizeOf(first: number): number {
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
