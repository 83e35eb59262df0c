import { TERMINAL_SCROLLBACK_ROWS } from '../../../contract/terminal.ts';
import type { Charset } from '../vt/charsets.ts';
import { ScrolledLines } from './printed-lines.ts';
import type { PrintedLines } from './printed-lines.ts';
import { Row } from './row.ts';

/** Rows of scrollback that are kept for a resize, which may pull them back into view. */
const TAIL_ROWS = 128;
const TAB_WIDTH = 8;

/** The main or the alternate screen: rows, a tail of scrollback (main only), cursor, margins, tab stops, saved cursor. */
export class ScreenBuffer {
  #rows: Row[] = [];
  #tail: Row[] = [];
  /** What scrolled past since anybody asked for a row; until then only the last row stands where it is. */
  readonly #scrolled = new ScrolledLines();
  /** Rows to be used again. */
  readonly #spare: Row[] = [];
  cols: number;
  /** May be `cols`: the next character wraps first. */
  x = 0;
  y = 0;
  top = 0;
  bottom: number;
  tabs = new Set<number>();
  /** Rows that the terminal has in its scrollback. */
  base = 0;
  savedX = 0;
  /** From the start of the scrollback. */
  savedY = 0;
  savedFg = 0;
  savedBg = 0;
  savedFlags = 0;
  savedCharset: Charset | null = null;
  readonly hasTail: boolean;

  constructor(cols: number, rows: number, hasTail: boolean) {
    this.cols = cols;
    this.bottom = rows - 1;
    this.hasTail = hasTail;
    for (let y = 0; y < rows; y++) this.#rows.push(new Row(cols));
    this.setTabs();
  }

  get height(): number {
    return this.#rows.length;
  }

  get rows(): Row[] {
    if (this.#scrolled.count > 0) this.#settle();
    return this.#rows;
  }

  set rows(rows: Row[]) {
    if (this.#scrolled.count > 0) this.#settle();
    this.#rows = rows;
  }

  /** Scrollback, newest last. */
  get tail(): Row[] {
    if (this.#scrolled.count > 0) this.#settle();
    return this.#tail;
  }

  set tail(tail: Row[]) {
    if (this.#scrolled.count > 0) this.#settle();
    this.#tail = tail;
  }

  row(y: number): Row {
    if (this.#scrolled.count > 0 && y !== this.#rows.length - 1) this.#settle();
    const row = this.#rows[y];
    if (row === undefined) throw new RangeError(`row ${y} of ${this.#rows.length}`);
    return row;
  }

  /** Lines were printed at the bottom, below each other; the cursor is in an empty row under them, as before. */
  scrollPrinted(lines: PrintedLines): void {
    this.#scrolled.addLines(lines);
    this.base = Math.min(TERMINAL_SCROLLBACK_ROWS, this.base + lines.count);
    this.#scrolled.trim(this.#keptRows, row => this.#spare.push(row));
  }

  /** Rows above the last one that can be asked for. */
  get #keptRows(): number {
    return this.#rows.length - 1 + TAIL_ROWS;
  }

  /** Puts what scrolled past where it belongs. */
  #settle(): void {
    const kept = this.#keptRows;
    const bottom = this.#rows.pop();
    const above = [...this.#tail, ...this.#rows];
    const lost = Math.max(0, above.length + Math.min(kept, this.#scrolled.count) - kept);
    this.#spare.push(...above.splice(0, lost));
    above.push(...this.#scrolled.take(kept, this.cols, () => this.#freshRow(0)));
    if (bottom !== undefined) above.push(bottom);
    const height = this.#rows.length + 1;
    this.#rows = above.splice(-height);
    this.#tail = above;
    this.#spare.splice(kept);
  }

  #freshRow(bg: number): Row {
    let row = this.#spare.pop();
    if (row?.cols !== this.cols) row = new Row(this.cols);
    else row.clear(bg);
    if (bg !== 0) row.bg.fill(bg);
    return row;
  }

  setTabs(from = 0): void {
    for (let x = from - (from % TAB_WIDTH); x < this.cols; x += TAB_WIDTH) this.tabs.add(x);
  }

  nextTab(x: number): number {
    let next = x + 1;
    while (next < this.cols && !this.tabs.has(next)) next++;
    return Math.min(next, this.cols - 1);
  }

  previousTab(x: number): number {
    let previous = x - 1;
    while (previous > 0 && !this.tabs.has(previous)) previous--;
    return Math.max(0, Math.min(previous, this.cols - 1));
  }

  /** Rows move up by one within the margins; at the top margin 0 the first one goes to the scrollback. */
  scrollUp(bg: number, isWrapped: boolean): void {
    if (this.top === 0 && this.bottom === this.height - 1 && this.hasTail) {
      const last = this.#rows.length - 1;
      const out = this.#rows[last];
      if (out !== undefined) this.#scrolled.addRow(out);
      this.#rows[last] = this.#freshRow(bg);
      this.#rows[last].isWrapped = isWrapped;
      this.base = Math.min(TERMINAL_SCROLLBACK_ROWS, this.base + 1);
      if (this.#scrolled.count > 2 * this.#keptRows)
        this.#scrolled.trim(this.#keptRows, row => this.#spare.push(row));
      return;
    }
    const { rows, tail } = this;
    let fresh: Row;
    if (this.top === 0 && this.hasTail) {
      const out = rows.shift();
      if (out !== undefined) tail.push(out);
      this.base = Math.min(TERMINAL_SCROLLBACK_ROWS, this.base + 1);
      if (tail.length > TAIL_ROWS) this.#spare.push(...tail.splice(0, tail.length - TAIL_ROWS));
      fresh = this.#freshRow(bg);
    } else {
      const [out] = rows.splice(this.top, 1);
      fresh = out ?? new Row(this.cols);
      fresh.clear(bg);
    }
    rows.splice(this.bottom, 0, fresh);
    fresh.isWrapped = isWrapped;
  }

  /** Takes the row at `from` out and puts an empty one in at `to`: insert, delete, scroll of lines. */
  cycleRow(from: number, to: number, bg: number): void {
    const [row] = this.rows.splice(from, 1);
    if (row === undefined) return;
    row.clear(bg);
    this.rows.splice(to, 0, row);
  }

  /** First and last row of the logical line that row `y` is part of, within the screen. */
  lineAround(y: number): { first: number; last: number } {
    let first = y;
    let last = y;
    while (first > 0 && this.row(first).isWrapped) first--;
    while (last + 1 < this.height && this.row(last + 1).isWrapped) last++;
    return { first, last };
  }
}
