import { widthOf } from '../vt/width.ts';
import type { Row } from '../screen/row.ts';
import { isInvisible } from './located-text.ts';
import type { LocatedText, Place } from './located-text.ts';

/** Longest line that is looked at as one; then it is cut, and this much of it is looked at again with what follows. */
export const MAX_LINE_UNITS = 16_384;
export const OVERLAP_UNITS = 4_096;

/** What is kept of a line that is over: its units from `from` on; what may go on begins at `openFrom`. */
export interface Carry {
  readonly from: number;
  readonly openFrom: number;
  /** Where what looks like a value begins; absent: at `openFrom`. */
  readonly strongFrom?: number | undefined;
  readonly strength: 'weak' | 'strong';
  readonly carry: CarryKind;
}

/**
 * Why lines are kept: they filled their row, values may go on behind a line feed of the program's own (continuations.ts), or their cells do
 * (wrapped-cells.ts).
 */
export type CarryKind = 'margin' | 'continued' | 'wrapped';

/**
 * The line that the host is printing, as a stream: every character in the order in which it came, with no cursor movement in
 * it. It sees what the screen does not: text that is overwritten, or that left the screen within one chunk.
 *
 * `base` is where the current line begins: before it stand the ends of earlier lines that filled their row to the margin, when
 * a value may go on across the line feed (a program that wraps by itself).
 */
export class StreamLine implements LocatedText {
  #units = new Uint16Array(512);
  #length = 0;
  /** Runs of characters that stand in consecutive cells and bytes. */
  #starts: number[] = [];
  #provs: number[] = [];
  #rows: (Row | null)[] = [];
  #xs: number[] = [];
  /** Where the next character must be printed to belong to this line. */
  #nextRow: Row | null = null;
  #nextX = 0;
  base = 0;
  /** Where the kept lines end, the last one at `base`. */
  breaks: readonly number[] = [];
  carry: CarryKind = 'margin';
  /** Where what may go on begins in the kept lines, and what speaks for its being a value. */
  openFrom = 0;
  strongFrom = 0;
  openStrength: 'weak' | 'strong' = 'weak';
  /** The stream and the screen show the same text for this line. */
  isPlain = true;
  /** Part of it was printed over text that was not sent yet. */
  isOverwriting = false;
  #text: string | null = null;

  get length(): number {
    return this.#length;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get text(): string {
    this.#text ??= stringOf(this.#units.subarray(0, this.#length));
    return this.#text;
  }

  /** Whether a character at this place continues the line; the first one of a line may stand anywhere. */
  continuesAt(row: Row, x: number): boolean {
    if (this.#nextRow === null || (this.#nextRow === row && this.#nextX === x)) return true;
    return x === 0 && row.isWrapped && this.#nextX >= row.cols - 1;
  }

  /** Whether other text stands right before or after it in its row; true where that cannot be told. */
  get isBesideText(): boolean {
    const [row = null] = this.#rows;
    const [x = 0] = this.#xs;
    if (row === null || this.#nextRow !== row || this.#nextX - x !== this.#length) return true;
    const end = this.#nextX;
    // groups of digits a blank away may be read with it as well
    return isTextAt(row, x - 1) || isTextAt(row, x - 2) || isTextAt(row, end) || isTextAt(row, end + 1);
  }

  /** Whether the current line's text begins in the first column. */
  get startsAtMargin(): boolean {
    for (let i = 0; i < this.#starts.length; i++)
      if ((this.#starts[i] ?? 0) >= this.base) return this.#xs[i] === 0;
    return true;
  }

  addAscii(row: Row, x: number, piece: { bytes: Uint8Array; at: number; count: number; prov: number }): void {
    const { bytes, at, count, prov } = piece;
    this.#reserve(count);
    this.#segment(row, x, prov);
    const units = this.#units;
    const length = this.#length;
    for (let k = 0; k < count; k++) units[length + k] = bytes[at + k] ?? 0x20;
    this.#length += count;
    this.#nextRow = row;
    this.#nextX = x + count;
    this.#text = null;
  }

  /** `width` 0 is an accent on the character before. */
  addOne(row: Row, place: { x: number; width: number; prov: number }, cp: number): void {
    this.#nextRow = row;
    this.#nextX = place.x + place.width;
    if (isInvisible(cp) || (cp > 0x2ff && this.#endsInDigit() && widthOf(cp) === 0)) return;
    this.#reserve(2);
    this.#segment(row, place.x, place.prov);
    if (cp > 0xffff) {
      this.#units[this.#length++] = 0xd7c0 + (cp >> 10);
      this.#units[this.#length++] = 0xdc00 | (cp & 0x3ff);
    } else this.#units[this.#length++] = cp;
    this.#text = null;
  }

  /** An accent on a digit says nothing, and would part a number. */
  #endsInDigit(): boolean {
    const last = this.#length === 0 ? 0 : (this.#units[this.#length - 1] ?? 0);
    return last >= 0x30 && last <= 0x39;
  }

  addTab(row: Row, to: number): void {
    this.#reserve(1);
    this.#segment(null, 0, -1);
    this.#units[this.#length++] = 9;
    this.#nextRow = row;
    this.#nextX = to;
    this.#text = null;
  }

  /** The next character belongs to this line if it stands there; what was printed so far is not kept. */
  passOver(row: Row, x: number): void {
    this.#nextRow = row;
    this.#nextX = x;
  }

  /** The cursor went elsewhere: the next character may stand anywhere. */
  reset(): void {
    this.#length = 0;
    if (this.#starts.length > 0) {
      this.#starts.length = 0;
      this.#provs.length = 0;
      this.#rows.length = 0;
      this.#xs.length = 0;
    }
    this.#nextRow = null;
    this.base = 0;
    this.breaks = [];
    this.isPlain = true;
    this.isOverwriting = false;
    this.#text = null;
  }

  /** Keeps what follows unit `from` and lets the current line begin after it. */
  startNextLine({ from, openFrom, strongFrom, strength, carry }: Carry): void {
    this.openFrom = openFrom;
    this.strongFrom = strongFrom ?? openFrom;
    this.openStrength = strength;
    this.dropBefore(from);
    this.base = this.#length;
    this.breaks = [...this.breaks, this.base];
    this.carry = carry;
    this.#nextRow = null;
  }

  /** Forgets the units before `from`. */
  dropBefore(from: number): void {
    if (from <= 0) return;
    const first = Math.max(0, this.#segmentAt(from));
    const skipped = from - (this.#starts[first] ?? 0);
    this.#starts = this.#starts.slice(first).map(start => Math.max(0, start - from));
    this.#provs = this.#provs.slice(first);
    this.#rows = this.#rows.slice(first);
    this.#xs = this.#xs.slice(first);
    if (this.#starts.length > 0 && skipped > 0) {
      this.#provs[0] = (this.#provs[0] ?? 0) + skipped;
      this.#xs[0] = (this.#xs[0] ?? 0) + skipped;
    }
    this.#units.copyWithin(0, from, this.#length);
    this.#length -= from;
    this.base = Math.max(0, this.base - from);
    this.openFrom = Math.max(0, this.openFrom - from);
    this.strongFrom = Math.max(0, this.strongFrom - from);
    this.breaks = this.breaks.map(end => end - from).filter(end => end > 0);
    this.#text = null;
  }

  locate(i: number, place: Place): void {
    const at = this.#segmentAt(i);
    const row = this.#rows[at] ?? null;
    const k = i - (this.#starts[at] ?? 0);
    const isPairEnd = k === 1 && ((this.#units[i] ?? 0) & 0xfc00) === 0xdc00;
    place.row = row;
    place.prov = (this.#provs[at] ?? -1) + (row === null || isPairEnd ? 0 : k);
    place.x = (this.#xs[at] ?? 0) + (isPairEnd ? 0 : k);
  }

  /** The rows that the current line was written to. */
  get rows(): ReadonlySet<Row> {
    const rows = new Set<Row>();
    for (let i = 0; i < this.#rows.length; i++) {
      const row = this.#rows[i];
      if (row && (this.#starts[i] ?? 0) >= this.base) rows.add(row);
    }
    return rows;
  }

  #segment(row: Row | null, x: number, prov: number): void {
    this.#starts.push(this.#length);
    this.#provs.push(prov);
    this.#rows.push(row);
    this.#xs.push(x);
  }

  #segmentAt(i: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= i) low = middle;
      else high = middle - 1;
    }
    return high;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#units.length) return;
    const larger = new Uint16Array(Math.max(this.#length + count, this.#units.length * 2));
    larger.set(this.#units);
    this.#units = larger;
  }
}

/** Letters, digits and what stands between them, and all that is not ASCII: what a value could be glued to. */
export function isTextAt(row: Row, x: number): boolean {
  const cp = row.cp[x] ?? 0;
  return (cp >= 0x2d && cp < 0x3b) || (cp >= 0x40 && cp < 0x7f && cp !== 0x7c) || cp > 0x7f;
}

/** `String.fromCharCode` takes its arguments on the stack: in pieces. */
const PIECE = 8192;

export function stringOf(units: Uint16Array | Uint32Array): string {
  if (units.length <= PIECE) return fromUnits(units);
  let text = '';
  for (let i = 0; i < units.length; i += PIECE) text += fromUnits(units.subarray(i, i + PIECE));
  return text;
}

function fromUnits(units: Uint16Array | Uint32Array): string {
  // apply takes any array-like; the declaration knows arrays only
  return String.fromCharCode.apply(null, units as unknown as number[]);
}
