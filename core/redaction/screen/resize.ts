import type { ScreenBuffer } from './buffer.ts';
import { Row } from './row.ts';
import type { Screen } from './screen.ts';

/**
 * Gives both screens another size, as xterm.js does: the main one flows wrapped lines anew (but not the line of the cursor, which
 * its program paints again) and pulls rows out of the scrollback, as far as the kept tail of it goes.
 */
export function resizeScreen(screen: Screen, cols: number, rows: number): void {
  if (cols === screen.cols && rows === screen.rows) return;
  for (const buffer of [screen.main, screen.alternate]) resizeBuffer(buffer, cols, rows);
  screen.cols = cols;
  screen.rows = rows;
  screen.joinWidth = 0;
}

function resizeBuffer(buffer: ScreenBuffer, cols: number, rows: number): void {
  const oldCols = buffer.cols;
  const layout = new Layout(buffer, rows);
  if (cols > oldCols) layout.lines = layout.lines.map(line => line.resized(cols));
  layout.fitRows();
  buffer.x = Math.min(buffer.x, cols - 1);
  buffer.savedX = Math.min(buffer.savedX, cols - 1);
  if (buffer.hasTail && cols !== oldCols) reflow(layout, oldCols, cols);
  buffer.top = 0;
  buffer.bottom = rows - 1;
  buffer.cols = cols;
  const lines = layout.lines.map(line => (line.cols === cols ? line : line.resized(cols)));
  while (lines.length < layout.base + rows) lines.push(new Row(cols));
  buffer.y = Math.max(0, Math.min(layout.y, rows - 1));
  buffer.base = Math.max(0, buffer.base + layout.base - buffer.tail.length);
  buffer.tail = buffer.hasTail ? lines.slice(0, layout.base) : [];
  buffer.rows = lines.slice(layout.base, layout.base + rows);
  for (const row of buffer.rows) row.moved();
  buffer.setTabs(oldCols < cols ? oldCols : 0);
}

/** Scrollback and screen as one list, with the first row of the screen in it and the cursor's row on the screen. */
class Layout {
  lines: Row[];
  base: number;
  y: number;
  readonly rows: number;
  readonly buffer: ScreenBuffer;
  readonly #oldRows: number;

  constructor(buffer: ScreenBuffer, rows: number) {
    this.buffer = buffer;
    this.lines = [...buffer.tail, ...buffer.rows];
    this.base = buffer.tail.length;
    this.y = buffer.y;
    this.rows = rows;
    this.#oldRows = buffer.height;
  }

  fitRows(): void {
    const cols = this.lines[0]?.cols ?? this.buffer.cols;
    let pulled = 0;
    for (let y = this.#oldRows; y < this.rows; y++) {
      if (this.lines.length >= this.rows + this.base) continue;
      if (this.base > 0 && this.lines.length <= this.base + this.y + pulled + 1) {
        this.base--;
        pulled++;
      } else this.lines.push(new Row(cols));
    }
    for (let y = this.#oldRows; y > this.rows; y--) {
      if (this.lines.length <= this.rows + this.base) continue;
      if (this.lines.length > this.base + this.y + 1) this.lines.pop();
      else this.base++;
    }
    this.y = Math.min(this.y, this.rows - 1) + pulled;
  }
}

function reflow(layout: Layout, oldCols: number, cols: number): void {
  const groups = groupsOf(layout.lines);
  if (cols > oldCols) {
    let removed = 0;
    const cursor = layout.base + layout.y;
    const lines: Row[] = [];
    for (const { first, rows } of groups) {
      const holdsCursor = cursor >= first && cursor < first + rows.length;
      const flowed = rows.length === 1 || holdsCursor ? rows : flow(rows, oldCols, cols);
      removed += rows.length - flowed.length;
      lines.push(...flowed);
    }
    layout.lines = lines;
    for (let i = 0; i < removed; i++) {
      if (layout.base > 0) layout.base--;
      else {
        if (layout.y > 0) layout.y--;
        if (layout.lines.length < layout.rows) layout.lines.push(new Row(cols));
      }
    }
    layout.buffer.savedY = Math.max(layout.buffer.savedY - removed, 0);
    return;
  }
  let below: Row[] = [];
  let missing = 0;
  for (const { first, rows } of groups.toReversed()) {
    const cursor = layout.base + layout.y;
    const holdsCursor = cursor >= first && cursor < first + rows.length;
    const fits = rows.length === 1 && (rows[0]?.trimmedLength ?? 0) <= cols;
    const flowed = fits || holdsCursor ? rows : flow(rows, oldCols, cols);
    below = [...flowed, ...below];
    const added = Math.max(0, flowed.length - rows.length);
    for (let i = 0; i < added; i++) {
      if (layout.base === 0 && layout.y < layout.rows - 1) {
        layout.y++;
        missing++;
      } else layout.base++;
    }
    layout.buffer.savedY = Math.min(layout.buffer.savedY + added, layout.base + layout.rows - 1);
  }
  // rows that were pushed down take the place of empty ones at the bottom
  layout.lines = missing > 0 ? below.slice(0, below.length - missing) : below;
}

function groupsOf(lines: readonly Row[]): { first: number; rows: Row[] }[] {
  const groups: { first: number; rows: Row[] }[] = [];
  lines.forEach((row, i) => {
    const last = groups.at(-1);
    if (row.isWrapped && last !== undefined) last.rows.push(row);
    else groups.push({ first: i, rows: [row] });
  });
  return groups;
}

/** A wrapped line with other line ends. */
function flow(rows: readonly Row[], oldCols: number, cols: number): Row[] {
  const flowed: Row[] = [];
  let row = new Row(cols);
  row.isWrapped = rows[0]?.isWrapped ?? false;
  let x = 0;
  rows.forEach((source, i) => {
    const next = rows[i + 1];
    const length = next === undefined ? source.trimmedLength : lengthBefore(source, next, oldCols);
    for (let from = 0; from < length; from++) {
      const width = source.width[from] === 2 ? 2 : 1;
      if (x + width > cols) {
        flowed.push(row);
        row = new Row(cols);
        row.isWrapped = true;
        x = 0;
      }
      row.copyCells(source, from, x, width);
      row.used = x + width;
      x += width;
      from += width - 1;
    }
  });
  flowed.push(row);
  if (rows.every(each => each.isCommitted && !each.isTouched))
    for (const each of flowed) each.isCommitted = true;
  return flowed;
}

function lengthBefore(row: Row, next: Row, cols: number): number {
  return row.isEmptyAt(cols - 1) && row.width[cols - 1] === 1 && next.width[0] === 2 ? cols - 1 : cols;
}
