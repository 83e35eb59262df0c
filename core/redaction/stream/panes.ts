import type { ScreenBuffer } from '../screen/buffer.ts';
import type { Row } from '../screen/row.ts';

/** A part of the screen beside others, without the borders: rows `[top, bottom)`, columns `[left, right)`. */
export interface Pane {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Vertical lines: tmux and others draw the first ones; vim draws `|`. */
const LINES: ReadonlySet<number> = new Set([0x2502, 0x2503, 0x2551, 0x250a, 0x7c]);
const BAR = 0x7c;
/** Fewer rows say nothing. */
const MIN_ROWS = 3;
/** A split made of `|` reaches from the top to the status lines. */
const MAX_UNSPLIT_ROWS = 5;
const MIN_WIDTH = 8;
const MAX_BORDERS = 64;

/** Where vertical lines stand in a row, as it was read last. */
interface RowLines {
  readonly version: number;
  readonly columns: readonly number[];
}

/** Finds the panes of a screen that tmux, vim or another program has split with vertical lines. */
export class PaneFinder {
  readonly #lines = new WeakMap<Row, RowLines>();

  /** Empty where the screen is not split. Borders that have blanks on both sides in all rows are those of a table. */
  panesOf(buffer: ScreenBuffer): readonly Pane[] {
    const borders = this.#bordersOf(buffer);
    if (borders.length === 0) return [];
    const panes: Pane[] = [];
    let open: { top: number; left: number; right: number }[] = [];
    for (let y = 0; y <= buffer.height; y++) {
      const columns =
        y === buffer.height ? [] : borders.filter(b => b.top <= y && y < b.bottom).map(b => b.x);
      const edges = columns.length === 0 ? [] : [-1, ...columns, buffer.cols];
      const parts = edges.slice(1).map((right, i) => ({ top: y, left: (edges[i] ?? 0) + 1, right }));
      const isSame = (a: { left: number; right: number }, b: { left: number; right: number }) =>
        a.left === b.left && a.right === b.right;
      for (const pane of open)
        if (!parts.some(part => isSame(part, pane)) && pane.right - pane.left >= MIN_WIDTH)
          panes.push({ ...pane, bottom: y });
      open = parts.map(part => open.find(pane => isSame(part, pane)) ?? part);
    }
    return panes;
  }

  #bordersOf(buffer: ScreenBuffer): readonly { x: number; top: number; bottom: number }[] {
    const runs = new Map<number, number>();
    const borders: { x: number; top: number; bottom: number }[] = [];
    const close = (x: number, top: number, bottom: number) => {
      if (borders.length < MAX_BORDERS && isSplit(buffer, x, top, bottom)) borders.push({ x, top, bottom });
    };
    const { rows, height } = buffer;
    for (let y = 0; y < height; y++) {
      const row = rows[y];
      const columns = row === undefined ? [] : this.#linesOf(row);
      for (const [x, top] of runs)
        if (!columns.includes(x)) {
          runs.delete(x);
          close(x, top, y);
        }
      for (const x of columns) if (!runs.has(x)) runs.set(x, y);
    }
    for (const [x, top] of runs) close(x, top, height);
    return borders.sort((a, b) => a.x - b.x);
  }

  #linesOf(row: Row): readonly number[] {
    const known = this.#lines.get(row);
    if (known?.version === row.version) return known.columns;
    const columns: number[] = [];
    const end = Math.min(row.used, row.cols);
    for (let x = 1; x < end; x++) {
      const cp = row.cp[x] ?? 0;
      if ((cp === BAR || cp > 0x2500) && LINES.has(cp)) columns.push(x);
    }
    this.#lines.set(row, { version: row.version, columns });
    return columns;
  }
}

function isSplit(buffer: ScreenBuffer, x: number, top: number, bottom: number): boolean {
  const rows = bottom - top;
  if (rows < MIN_ROWS) return false;
  let isTight = false;
  for (let y = top; y < bottom; y++) {
    const row = buffer.rows[y];
    if (row === undefined) continue;
    if (row.cp[x] === BAR && (top > 1 || buffer.height - rows > MAX_UNSPLIT_ROWS)) return false;
    isTight ||= !isBlank(row, x - 1) || !isBlank(row, x + 1);
  }
  return isTight;
}

function isBlank(row: Row, x: number): boolean {
  return x >= row.cols || row.isEmptyAt(x) || row.cp[x] === 0x20;
}
