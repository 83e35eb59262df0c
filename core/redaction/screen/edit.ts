import type { Params } from '../vt/params.ts';
import { PROTECTED } from '../vt/sgr.ts';
import type { Row } from './row.ts';
import { shiftRight } from './screen.ts';
import type { Screen } from './screen.ts';

/** Erasing, inserting and deleting on the shadow screen, as xterm.js does it (ECMA-48, DEC STD 070). */

type Span = readonly [from: number, to: number];

function eraseCells(screen: Screen, row: Row, [from, to]: Span, keepProtected = false): void {
  const end = Math.min(to, screen.cols);
  screen.watcher.willDestroy(row, from, end);
  const bg = screen.eraseBg;
  const isKept = (x: number) => keepProtected && ((row.flags[x] ?? 0) & PROTECTED) !== 0;
  if (from > 0 && row.width[from - 1] === 2 && !isKept(from - 1)) row.clearCell(from - 1, bg);
  if (to < screen.cols && to > 0 && row.width[to - 1] === 2 && !isKept(to)) row.clearCell(to, bg);
  if (keepProtected) {
    for (let x = from; x < end; x++) if (!isKept(x)) row.clearCell(x, bg);
  } else row.clearCells(from, end, bg);
  row.touch();
  row.isCommitted = false;
}

function eraseRow(screen: Screen, row: Row, keepProtected: boolean): void {
  eraseCells(screen, row, [0, screen.cols], keepProtected);
  if (keepProtected) row.isWrapped = false;
  else row.clear(screen.eraseBg);
}

/** ED; `keepProtected` is DECSED. */
export function eraseInDisplay(screen: Screen, what: number, keepProtected: boolean): void {
  screen.restrictCursor(screen.cols);
  const { buffer, rows, cols } = screen;
  if (what === 0) {
    const row = screen.cursorRow;
    eraseCells(screen, row, [buffer.x, cols], keepProtected);
    if (buffer.x === 0) row.isWrapped = false;
    for (let y = buffer.y + 1; y < rows; y++) eraseRow(screen, buffer.row(y), keepProtected);
  } else if (what === 1) {
    const row = screen.cursorRow;
    eraseCells(screen, row, [0, buffer.x + 1], keepProtected);
    row.isWrapped = false;
    // xterm.js counts from the start of the scrollback here
    const next = buffer.rows[buffer.y + 1 - buffer.base];
    if (buffer.x + 1 >= cols && next !== undefined) next.isWrapped = false;
    for (let y = buffer.y - 1; y >= 0; y--) eraseRow(screen, buffer.row(y), keepProtected);
  } else if (what === 2) {
    for (let y = rows - 1; y >= 0; y--) eraseRow(screen, buffer.row(y), keepProtected);
  } else if (what === 3) {
    buffer.tail = [];
    buffer.base = 0;
  }
}

/** EL; `keepProtected` is DECSEL. */
export function eraseInLine(screen: Screen, what: number, keepProtected: boolean): void {
  screen.restrictCursor(screen.cols);
  const { buffer, cols } = screen;
  const row = screen.cursorRow;
  if (what === 0) {
    eraseCells(screen, row, [buffer.x, cols], keepProtected);
    if (buffer.x === 0) row.isWrapped = false;
  } else if (what === 1) eraseCells(screen, row, [0, buffer.x + 1], keepProtected);
  else if (what === 2) {
    eraseCells(screen, row, [0, cols], keepProtected);
    row.isWrapped = false;
  }
}

/** ECH. */
export function eraseCharacters(screen: Screen, count: number): void {
  screen.restrictCursor();
  const { x } = screen.buffer;
  eraseCells(screen, screen.cursorRow, [x, Math.min(screen.cols, x + count)]);
}

/** ICH. */
export function insertCharacters(screen: Screen, count: number): void {
  screen.restrictCursor();
  insertAt(screen, screen.cursorRow, screen.buffer.x, count);
}

/** DCH. */
export function deleteCharacters(screen: Screen, count: number): void {
  screen.restrictCursor();
  deleteAt(screen, screen.cursorRow, screen.buffer.x, count);
}

function insertAt(screen: Screen, row: Row, x: number, count: number): void {
  screen.watcher.willDestroy(row, Math.max(x, screen.cols - count), screen.cols);
  shiftRight(row, x, Math.min(count, screen.cols), screen.eraseBg);
}

function deleteAt(screen: Screen, row: Row, at: number, count: number): void {
  const { cols } = screen;
  const x = at % cols;
  const bg = screen.eraseBg;
  screen.watcher.willDestroy(row, x, Math.min(cols, x + count));
  const kept = Math.max(0, cols - x - count);
  if (kept > 0) row.moveCells(x + count, x, kept);
  for (let i = x + kept; i < cols; i++) row.clearCell(i, bg);
  if (x > 0 && row.width[x - 1] === 2) row.clearCell(x - 1, bg);
  if (row.width[x] === 0 && row.isEmptyAt(x)) row.clearCell(x, bg);
  row.used = cols;
  row.touch();
  row.isCommitted = false;
}

const isWithinMargins = ({ buffer }: Screen) => buffer.y >= buffer.top && buffer.y <= buffer.bottom;

/** SL, SR, DECIC, DECDC: every row within the margins. */
export function shiftColumns(screen: Screen, x: number, count: number, isInsert: boolean): void {
  if (!isWithinMargins(screen)) return;
  const { buffer } = screen;
  for (let y = buffer.top; y <= buffer.bottom; y++) {
    const row = buffer.row(y);
    if (isInsert) insertAt(screen, row, x, count);
    else deleteAt(screen, row, x, count);
    row.isWrapped = false;
  }
}

/** IL. */
export function insertLines(screen: Screen, count: number): void {
  screen.restrictCursor();
  if (!isWithinMargins(screen)) return;
  const { buffer } = screen;
  for (let i = Math.min(count, screen.rows); i > 0; i--)
    cycle(screen, buffer.bottom, buffer.y, screen.eraseBg);
  buffer.x = 0;
}

/** DL. */
export function deleteLines(screen: Screen, count: number): void {
  screen.restrictCursor();
  if (!isWithinMargins(screen)) return;
  const { buffer } = screen;
  for (let i = Math.min(count, screen.rows); i > 0; i--)
    cycle(screen, buffer.y, buffer.bottom, screen.eraseBg);
  buffer.x = 0;
}

/** SU: what scrolls out is lost, not kept in the scrollback. */
export function scrollUp(screen: Screen, count: number): void {
  const { buffer } = screen;
  for (let i = Math.min(count, screen.rows); i > 0; i--)
    cycle(screen, buffer.top, buffer.bottom, screen.eraseBg);
}

/** SD. */
export function scrollDown(screen: Screen, count: number): void {
  const { buffer } = screen;
  for (let i = Math.min(count, screen.rows); i > 0; i--) cycle(screen, buffer.bottom, buffer.top, 0);
}

/** RI. */
export function reverseIndex(screen: Screen): void {
  screen.restrictCursor();
  const { buffer } = screen;
  if (buffer.y === buffer.top) cycle(screen, buffer.bottom, buffer.top, screen.eraseBg);
  else {
    buffer.y--;
    screen.restrictCursor();
  }
}

/** IND. */
export function index(screen: Screen): void {
  screen.restrictCursor();
  const { buffer } = screen;
  buffer.y++;
  if (buffer.y === buffer.bottom + 1) {
    buffer.y--;
    screen.scroll();
  } else if (buffer.y >= screen.rows) buffer.y = screen.rows - 1;
  screen.restrictCursor();
}

function cycle(screen: Screen, from: number, to: number, bg: number): void {
  screen.watcher.willDestroy(screen.buffer.row(from), 0, screen.cols);
  screen.buffer.cycleRow(from, to, bg);
}

/** DECALN: the screen full of E. */
export function alignmentPattern(screen: Screen): void {
  screen.moveTo(0, 0);
  const { buffer, sgr } = screen;
  for (let y = buffer.y; y < screen.rows; y++) {
    const row = buffer.row(y);
    screen.watcher.willDestroy(row, 0, screen.cols);
    row.clear(sgr.bg);
    row.cp.fill(0x45);
    row.fg.fill(sgr.fg);
    row.flags.fill(sgr.flags);
    row.used = screen.cols;
  }
  screen.moveTo(0, 0);
}

/** DECSTBM. */
export function setMargins(screen: Screen, params: Params): void {
  const top = params.at(0, 1);
  let bottom = params.at(1, screen.rows);
  if (bottom > screen.rows) bottom = screen.rows;
  if (bottom <= top) return;
  screen.buffer.top = top - 1;
  screen.buffer.bottom = bottom - 1;
  screen.moveTo(0, 0);
}
