import type { Row } from '../screen/row.ts';
import type { Screen } from '../screen/screen.ts';
import { sgrSequence } from '../vt/sgr.ts';
import type { Repaint } from './masker.ts';
import type { PendingOutput } from './output.ts';

/** The hyperlink that is open: its OSC 8 sequence, or null. Cells that are painted again must not become part of it. */
export interface RepaintContext {
  readonly screen: Screen;
  readonly openLink: string | null;
  readonly output: PendingOutput;
}

/** `again` is a copy of the character whose first byte is at `againOf`: what hides the one must hide the other. */
export interface RepaintBytes {
  readonly before: string;
  readonly again: string;
  readonly after: string;
  readonly againOf: number;
}

interface Span {
  readonly y: number;
  readonly from: number;
  to: number;
}

/**
 * The bytes that paint cells again as the shadow screen shows them, and leave the terminal as it was: cursor, pending wrap,
 * rendition, modes. The application's own saved cursor is not used. Cells of rows that left the screen are skipped.
 *
 * Moves are relative where they can be, so that it also works in a terminal whose screen did not start with this stream.
 */
export function repaintSequence(cells: readonly Repaint[], context: RepaintContext): RepaintBytes | null {
  const { screen, openLink } = context;
  const spans = spansOf(cells, context);
  if (spans.length === 0) return null;
  const { buffer, sgr } = screen;
  let text = openLink === null ? '' : '\x1b]8;;\x1b\\';
  if (screen.isInsertMode) text += '\x1b[4l';
  if (screen.isOriginMode) text += '\x1b[?6l';
  const isAbsolute = screen.isOriginMode || !isWithinMargins(screen, spans);
  let y = buffer.y;
  const moveTo = (x: number, row: number): string => {
    const from = y;
    y = row;
    if (isAbsolute) return `\x1b[${row + 1};${x + 1}H`;
    const vertical = row < from ? `\x1b[${from - row}A` : row > from ? `\x1b[${row - from}B` : '';
    return `${vertical}\x1b[${x + 1}G`;
  };
  let rendition = '';
  const paint = (row: Row, from: number, to: number): string => {
    let painted = '';
    for (let x = from; x < to; x++) {
      const next = sgrSequence(row.fg[x] ?? 0, row.bg[x] ?? 0, row.flags[x] ?? 0);
      if (next !== rendition) painted += next;
      rendition = next;
      painted += cellText(row, x);
    }
    return painted;
  };
  for (const { y: at, from, to } of spans) text += moveTo(from, at) + paint(buffer.row(at), from, to);
  if (!screen.isOriginMode) text += moveTo(Math.min(buffer.x, screen.cols - 1), buffer.y);
  text += sgrSequence(sgr.fg, sgr.bg, sgr.flags, sgr.underlineColour);
  if (openLink !== null) text += openLink;
  if (screen.isOriginMode)
    text += `\x1b[?6h\x1b[${buffer.y - buffer.top + 1};${Math.min(buffer.x, screen.cols - 1) + 1}H`;
  if (screen.isInsertMode) text += '\x1b[4h';
  const again = printAgain(screen);
  return { ...again, before: text + again.before };
}

/**
 * Only a print leaves the cursor past the last column, and only right after a print does an accent combine with what is there: the
 * character before the cursor is printed once more. Where that cannot be done the shadow screen follows the terminal.
 */
function printAgain(screen: Screen): RepaintBytes {
  const { buffer, cols, sgr } = screen;
  const isWrapPending = buffer.x >= cols;
  const nothing = { before: '', again: '', after: '', againOf: -1 };
  if (!isWrapPending && screen.joinWidth === 0) return nothing;
  const row = screen.cursorRow;
  const end = Math.min(buffer.x, cols);
  const last = row.width[end - 1] === 0 && row.width[end - 2] === 2 ? end - 2 : end - 1;
  const isPossible = last >= 0 && (row.shown[last] !== 0 || screen.charset === null);
  if (!isPossible || (!isWrapPending && row.width[last] === 0)) {
    screen.joinWidth = 0;
    if (isWrapPending) buffer.x = cols - 1;
    return nothing;
  }
  if (row.isEmptyAt(last) && row.width[last] === 1) row.cp[last] = 0x20;
  // in insert mode the character is taken out first, so that the print puts it back
  const back = `\x1b[${last + 1}G${screen.isInsertMode ? `\x1b[${end - last}P` : ''}`;
  // an accent that followed no character stands in a cell of its own
  const again = row.width[last] === 0 ? String.fromCodePoint(row.cp[last] ?? 0) : cellText(row, last);
  const againOf = row.prov[last] ?? -1;
  if (screen.joinWidth > 0) return { before: back, again, after: '', againOf };
  const rendition = sgrSequence(row.fg[last] ?? 0, row.bg[last] ?? 0, row.flags[last] ?? 0);
  const restored = sgrSequence(sgr.fg, sgr.bg, sgr.flags, sgr.underlineColour);
  return { before: back + rendition, again, after: restored, againOf };
}

function spansOf(cells: readonly Repaint[], { screen, output }: RepaintContext): Span[] {
  const byRow = new Map<Row, number[]>();
  for (const { row, x } of cells) {
    const columns = byRow.get(row);
    if (columns === undefined) byRow.set(row, [x]);
    else columns.push(x);
  }
  const spans: Span[] = [];
  for (const [row, columns] of byRow) {
    const y = screen.buffer.rows.indexOf(row);
    if (y < 0) continue;
    let span: Span | null = null;
    for (const x of [...new Set(columns)].sort((a, b) => a - b)) {
      // it was written anew since: its own bytes are still to be decided on
      if (output.isPending(row.prov[x] ?? -1)) continue;
      // a cell that is shown as it is cannot be painted under another character set
      if (row.width[x] === 0 || (row.shown[x] === 0 && screen.charset !== null)) continue;
      const end = x + (row.width[x] ?? 1);
      if (span !== null && span.to === x) span.to = end;
      else spans.push((span = { y, from: x, to: end }));
    }
  }
  return spans;
}

/** Relative moves stop at the margins. */
function isWithinMargins({ buffer }: Screen, spans: readonly Span[]): boolean {
  const isInside = (y: number) => y >= buffer.top && y <= buffer.bottom;
  return isInside(buffer.y) && spans.every(({ y }) => isInside(y));
}

function cellText(row: Row, x: number): string {
  if (row.width[x] === 0) return '';
  const shown = row.shown[x] ?? 0;
  if (shown !== 0) return String.fromCodePoint(shown);
  if (row.isEmptyAt(x)) return ' ';
  return String.fromCodePoint(row.cp[x] ?? 0x20) + (row.combined?.get(x) ?? '');
}
