import { CHARSETS } from '../vt/charsets.ts';
import type { Charset } from '../vt/charsets.ts';
import { Sgr } from '../vt/sgr.ts';
import { widthOf } from '../vt/width.ts';
import { ScreenBuffer } from './buffer.ts';
import { COUNTED, TAB_CELL } from './row.ts';
import type { Row } from './row.ts';

/** What the owner of a shadow screen hears, before cells change and after they were written. */
export interface ScreenWatcher {
  /** Cells `[from, to)` of a row are about to be lost: erased, overwritten or pushed out. */
  willDestroy(row: Row, from: number, to: number): void;
  /** A print whose first byte is at `prov` is about to go over cells `[from, to)`, which were written before. */
  willOverwrite(row: Row, from: number, to: number, prov: number): void;
  /** `count` one-column cells from `x` on were written with ASCII from `bytes[at]` on; `prov` is the first one's. */
  wroteAscii(row: Row, x: number, piece: AsciiPiece): void;
  /** One code point was written, or combined with the cell at `x`. */
  wroteOne(row: Row, x: number, cp: number, prov: number): void;
  tabbed(row: Row, x: number, to: number): void;
  /** Whether it wants to know of rows that leave the screen. */
  readonly watchesScroll: boolean;
  /** A row is about to leave the screen at the top. */
  willScrollOut(row: Row): void;
}

export interface AsciiPiece {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly count: number;
  readonly prov: number;
}

/**
 * The raw stream's screen, cell for cell what xterm.js 6 would show for it: cursor, margins, modes, wraps, wide and combining
 * characters. Its own cell model, because reading an emulator back costs two thirds of its speed.
 */
export class Screen {
  readonly watcher: ScreenWatcher;
  cols: number;
  rows: number;
  main: ScreenBuffer;
  alternate: ScreenBuffer;
  buffer: ScreenBuffer;
  readonly sgr = new Sgr();
  #designated: (Charset | null)[] = [null, null, null, null];
  #level = 0;
  charset: Charset | null = null;
  isOriginMode = false;
  isInsertMode = false;
  isAutoWrap = true;
  isReverseWrap = false;
  isNewLineMode = false;
  /** Width of the character that a combining one would join; 0 after anything but a print. */
  joinWidth = 0;
  /** Column past which a print without auto-wrap lost text. */
  hasOverrun = false;

  constructor(cols: number, rows: number, watcher: ScreenWatcher) {
    this.cols = cols;
    this.rows = rows;
    this.watcher = watcher;
    this.main = new ScreenBuffer(cols, rows, true);
    this.alternate = new ScreenBuffer(cols, rows, false);
    this.buffer = this.main;
  }

  get isAlternate(): boolean {
    return this.buffer === this.alternate;
  }

  /** The row that the cursor is in. */
  get cursorRow(): Row {
    return this.buffer.row(this.buffer.y);
  }

  /** RIS: everything as new. */
  reset(): void {
    this.main = new ScreenBuffer(this.cols, this.rows, true);
    this.alternate = new ScreenBuffer(this.cols, this.rows, false);
    this.buffer = this.main;
    this.isNewLineMode = false;
    this.resetModes();
  }

  /** What DECSTR resets besides the margins and the saved cursor. */
  resetModes(): void {
    this.sgr.reset();
    this.#designated = [null, null, null, null];
    this.#level = 0;
    this.charset = null;
    this.isOriginMode = false;
    this.isInsertMode = false;
    this.isAutoWrap = true;
    this.isReverseWrap = false;
    this.joinWidth = 0;
  }

  /** The alternate screen is filled anew, the cursor stays where it was. */
  enterAlternate(): void {
    if (this.isAlternate) return;
    const { x, y } = this.main;
    const { alternate } = this;
    for (const row of alternate.rows) row.clear(this.eraseBg);
    alternate.x = x;
    alternate.y = y;
    this.buffer = alternate;
  }

  /** What the alternate screen showed is gone; its saved cursor stays. */
  leaveAlternate(): void {
    if (!this.isAlternate) return;
    const { alternate } = this;
    this.main.x = alternate.x;
    this.main.y = alternate.y;
    alternate.top = 0;
    alternate.bottom = this.rows - 1;
    alternate.tabs.clear();
    alternate.setTabs();
    this.buffer = this.main;
  }

  designate(level: number, final: string): void {
    const charset = CHARSETS.get(final);
    if (charset === undefined) return;
    this.#designated[level] = charset;
    if (this.#level === level) this.charset = charset;
  }

  /** Every level to US ASCII. */
  designateAscii(): void {
    this.#designated = [null, null, null, null];
    this.charset = null;
  }

  shiftTo(level: number): void {
    this.#level = level;
    this.charset = this.#designated[level] ?? null;
  }

  printAscii(bytes: Uint8Array, start: number, end: number, prov: number): void {
    if (this.charset !== null || this.isInsertMode || !this.isAutoWrap) {
      for (let i = start; i < end; i++) this.print(bytes[i] ?? 0x20, prov + i - start);
      return;
    }
    const { buffer, cols } = this;
    let at = start;
    while (at < end) {
      if (buffer.x >= cols) this.#wrap();
      const { x } = buffer;
      const row = buffer.row(buffer.y);
      const count = Math.min(end - at, cols - x);
      const first = prov + at - start;
      if (row.hasMarks && x < row.used) {
        // cell by cell: a masked value that is painted again in its place is not a new value
        this.print(bytes[at] ?? 0x20, first);
        at++;
        continue;
      }
      if (x < row.used) {
        this.watcher.willOverwrite(row, x, x + count, first);
        this.#mendLeft(row, x);
      }
      const { cp, prov: provs } = row;
      for (let k = 0; k < count; k++) {
        cp[x + k] = bytes[at + k] ?? 0x20;
        provs[x + k] = first + k;
      }
      this.#paint(row, x, x + count);
      row.newest = first + count - 1;
      row.unseen += count;
      buffer.x = x + count;
      this.#mendRight(row, x + count);
      this.watcher.wroteAscii(row, x, { bytes, at, count, prov: first });
      at += count;
    }
    this.joinWidth = 1;
  }

  /** Prints one code point; `prov` is the offset of its first byte in the output. */
  print(code: number, prov: number): void {
    const { buffer, cols } = this;
    const cp = code < 0x7f && this.charset !== null ? this.charset[code] || code : code;
    let width: number = widthOf(cp);
    const joins = width === 0 && this.joinWidth > 0;
    if (joins) width = this.joinWidth;
    const oldWidth = joins ? this.joinWidth : 0;
    this.joinWidth = width;
    this.#mendLeft(this.cursorRow, buffer.x);
    if (buffer.x + width - oldWidth > cols) {
      if (this.isAutoWrap) {
        const old = this.cursorRow;
        for (let x = buffer.x; x < cols; x++) this.#set(old, x, 0, 1);
        this.#wrap();
      } else {
        buffer.x = cols - 1;
        this.hasOverrun = true;
        if (width === 2) return;
      }
    }
    const row = this.cursorRow;
    if (joins && buffer.x > 0) return this.#combine(row, cp, prov);
    const { x } = buffer;
    if (this.isInsertMode) {
      this.watcher.willDestroy(row, cols - width, cols);
      shiftRight(row, x, width - oldWidth, this.eraseBg);
      if (row.width[cols - 1] === 2) this.#set(row, cols - 1, 0, 1);
    } else {
      if (x < row.used) this.watcher.willOverwrite(row, x, x + 1, prov);
      if (width === 2 && x + 1 < row.used) this.watcher.willOverwrite(row, x + 1, x + 2, prov);
    }
    this.#set(row, x, cp, width);
    row.prov[x] = prov;
    row.newest = prov;
    row.unseen++;
    buffer.x = x + 1;
    if (width === 2) {
      this.#set(row, x + 1, 0, 0);
      row.prov[x + 1] = prov;
      buffer.x = x + 2;
    }
    if (width !== 1 || cp > 0xffff) row.isSimple = false;
    this.#mendRight(row, buffer.x);
    this.watcher.wroteOne(row, x, cp, prov);
  }

  #combine(row: Row, cp: number, prov: number): void {
    const x = this.buffer.x - (row.width[this.buffer.x - 1] ? 1 : 2);
    if (row.isEmptyAt(x)) {
      this.#set(row, x, cp, 1);
    } else {
      row.combined ??= new Map();
      // bounded, so that a hostile stream of accents does not grow one cell for ever
      const text = row.combined.get(x) ?? '';
      if (text.length < 32) row.combined.set(x, text + String.fromCodePoint(cp));
    }
    row.isSimple = false;
    row.touch();
    row.newest = prov;
    this.watcher.wroteOne(row, x, cp, prov);
  }

  /** A print that begins in the middle of a wide character leaves an empty cell for its first half. */
  #mendLeft(row: Row, x: number): void {
    if (x > 0 && row.width[x - 1] === 2) this.#set(row, x - 1, 0, 1);
  }

  /** A print that ended in the middle of a wide character leaves an empty cell for its second half. */
  #mendRight(row: Row, x: number): void {
    if (x < this.cols && row.width[x] === 0 && row.isEmptyAt(x)) this.#set(row, x, 0, 1);
  }

  /** Attributes and marks of cells whose `cp` was just written by a run. */
  #paint(row: Row, from: number, to: number): void {
    const { sgr } = this;
    row.fg.fill(sgr.fg, from, to);
    row.bg.fill(sgr.bg, from, to);
    row.flags.fill(sgr.flags, from, to);
    if (!row.isSimple) row.width.fill(1, from, to);
    if (row.hasMarks) {
      row.shown.fill(0, from, to);
      row.marks.fill(0, from, to);
    }
    if (row.combined !== null) for (let x = from; x < to; x++) row.combined.delete(x);
    if (to > row.used) row.used = to;
    row.touch();
    row.isCommitted = false;
  }

  #set(row: Row, x: number, cp: number, width: number): void {
    const counted = row.cp[x] === cp && cp !== 0 ? (row.marks[x] ?? 0) & COUNTED : 0;
    row.cp[x] = cp;
    row.width[x] = width;
    row.fg[x] = this.sgr.fg;
    row.bg[x] = this.sgr.bg;
    row.flags[x] = this.sgr.flags;
    row.prov[x] = -1;
    row.shown[x] = 0;
    row.marks[x] = counted;
    row.combined?.delete(x);
    if (width !== 1) row.isSimple = false;
    if (x >= row.used) row.used = x + 1;
    row.touch();
    row.isCommitted = false;
  }

  /** Erased cells take the background colour in force. */
  get eraseBg(): number {
    return this.sgr.bg;
  }

  #wrap(): void {
    const { buffer } = this;
    buffer.x = 0;
    buffer.y++;
    if (buffer.y === buffer.bottom + 1) {
      buffer.y--;
      this.scroll(true);
    } else {
      if (buffer.y >= this.rows) buffer.y = this.rows - 1;
      this.cursorRow.isWrapped = true;
    }
  }

  /** Scrolls within the margins by one row. */
  scroll(isWrapped = false): void {
    const { buffer } = this;
    if (this.watcher.watchesScroll) this.watcher.willScrollOut(buffer.row(buffer.top));
    buffer.scrollUp(this.eraseBg, isWrapped);
  }

  lineFeed(): void {
    const { buffer } = this;
    if (this.isNewLineMode) buffer.x = 0;
    buffer.y++;
    if (buffer.y === buffer.bottom + 1) {
      buffer.y--;
      this.scroll();
    } else if (buffer.y >= this.rows) buffer.y = this.rows - 1;
    else this.cursorRow.isWrapped = false;
    if (buffer.x >= this.cols) buffer.x--;
  }

  backspace(): void {
    const { buffer } = this;
    if (!this.isReverseWrap) {
      this.restrictCursor();
      if (buffer.x > 0) buffer.x--;
      return;
    }
    this.restrictCursor(this.cols);
    if (buffer.x > 0) buffer.x--;
    else if (buffer.y > buffer.top && buffer.y <= buffer.bottom && this.cursorRow.isWrapped) {
      this.cursorRow.isWrapped = false;
      buffer.y--;
      buffer.x = this.cols - 1;
      if (this.cursorRow.width[buffer.x] && this.cursorRow.isEmptyAt(buffer.x)) buffer.x--;
    }
    this.restrictCursor();
  }

  tab(): void {
    const { buffer } = this;
    const { x } = buffer;
    const row = this.cursorRow;
    // at the margin it moves nothing, but parts what stands before it from what comes
    if (x >= this.cols) return this.watcher.tabbed(row, x, x);
    buffer.x = buffer.nextTab(x);
    if (x >= row.used && buffer.x > x) {
      row.cp[x] = TAB_CELL;
      row.isSimple = false;
      row.used = x + 1;
      row.touch();
    }
    this.watcher.tabbed(row, x, buffer.x);
  }

  restrictCursor(maxX = this.cols - 1): void {
    const { buffer } = this;
    buffer.x = Math.min(maxX, Math.max(0, buffer.x));
    const low = this.isOriginMode ? buffer.top : 0;
    const high = this.isOriginMode ? buffer.bottom : this.rows - 1;
    buffer.y = Math.min(high, Math.max(low, buffer.y));
  }

  moveTo(x: number, y: number): void {
    this.buffer.x = x;
    this.buffer.y = this.isOriginMode ? this.buffer.top + y : y;
    this.restrictCursor();
  }

  /** Relative moves; like xterm.js they go through the absolute one, origin mode included. */
  moveBy(dx: number, dy: number): void {
    this.restrictCursor();
    this.moveTo(this.buffer.x + dx, this.buffer.y + dy);
  }
}

/** Moves the cells from `x` on to the right; what falls off the end is lost. */
export function shiftRight(row: Row, x: number, count: number, bg: number): void {
  const { cols } = row;
  const at = x % cols;
  if (at > 0 && row.width[at - 1] === 2) row.clearCell(at - 1, bg);
  const kept = Math.max(0, cols - at - count);
  if (kept > 0) row.moveCells(at, at + count, kept);
  for (let i = at; i < Math.min(cols, at + count); i++) row.clearCell(i, bg);
  if (row.width[cols - 1] === 2) row.clearCell(cols - 1, bg);
  row.used = cols;
  row.touch();
  row.isCommitted = false;
}
