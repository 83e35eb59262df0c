import type { ScreenBuffer } from '../screen/buffer.ts';
import { TAB_CELL } from '../screen/row.ts';
import type { Row } from '../screen/row.ts';
import { isJoinable } from './continuations.ts';
import { isInvisible } from './located-text.ts';
import type { LocatedText, Place } from './located-text.ts';
import type { ReadingContext } from './reading-context.ts';
import { stringOf } from './stream-line.ts';
import { cellsOf } from './table-head.ts';
import type { LineCells, PieceReading } from './table-head.ts';

interface Piece {
  readonly row: Row;
  readonly version: number;
  readonly start: number;
  /** Column of each unit; null where unit and column are the same. */
  readonly xs: readonly number[] | null;
}

/** The logical line in rows `[first, last]`: the one that was read before where nothing of it changed. */
export function screenTextOf(buffer: ScreenBuffer, first: number, last: number): ScreenText {
  const row = buffer.row(first);
  const { reading } = row;
  if (reading instanceof ScreenText && reading.isCurrent(buffer, first, last)) return reading;
  const text = new ScreenText(buffer, first, last);
  row.reading = text;
  return text;
}

/** A logical line of the screen: rows joined by the terminal's wraps, cells as text. */
export class ScreenText implements LocatedText {
  readonly text: string;
  readonly #pieces: Piece[] = [];
  /** The context that the line was read in; null before. */
  readIn: ReadingContext | null = null;
  /** How the line was read as a piece of a table; null before. */
  piece: PieceReading | null = null;
  /** Separators and width, counted when they are asked for. */
  #cells: LineCells | null = null;
  #isOpenEnded: boolean | null = null;

  constructor(buffer: ScreenBuffer, first: number, last: number) {
    let text = '';
    for (let y = first; y <= last; y++) {
      const row = buffer.row(y);
      const { version } = row;
      const length = y < last ? wrappedLength(row, buffer.row(y + 1)) : row.trimmedLength;
      if (row.isSimple) {
        this.#pieces.push({ row, version, start: text.length, xs: null });
        const part = stringOf(row.cp.subarray(0, length));
        text += part.includes('\0') ? part.replaceAll('\0', ' ') : part;
      } else {
        const xs: number[] = [];
        this.#pieces.push({ row, version, start: text.length, xs });
        text += readRow(buffer, row, { from: 0, end: length, xs });
      }
    }
    this.text = text;
  }

  /** Whether the rows are the same ones and hold what they held. */
  isCurrent(buffer: ScreenBuffer, first: number, last: number): boolean {
    if (this.#pieces.length !== last - first + 1) return false;
    for (let k = 0; k < this.#pieces.length; k++) {
      const piece = this.#pieces[k];
      if (piece === undefined || piece.row !== buffer.rows[first + k] || piece.version !== piece.row.version)
        return false;
    }
    return true;
  }

  get rowCount(): number {
    return this.#pieces.length;
  }

  /** What stands in each row, and where it begins in the text. */
  rowTexts(): { line: string; start: number }[] {
    return this.#pieces.map(({ start }, i) => ({
      line: this.text.slice(start, this.#pieces[i + 1]?.start),
      start,
    }));
  }

  get cells(): LineCells {
    this.#cells ??= cellsOf(this.text);
    return this.#cells;
  }

  /** The text reaches the right margin. */
  get isFull(): boolean {
    const row = this.#pieces.at(-1)?.row;
    return row !== undefined && row.trimmedLength === row.cols;
  }

  /** The edge may cut it off: it reaches the margin, or is a row of a table whose last visible cell holds a blank there. */
  get mayBeCut(): boolean {
    const row = this.#pieces.at(-1)?.row;
    return (
      this.isFull ||
      (row !== undefined && row.trimmedLength === row.cols - 1 && this.cells.separators.length > 0)
    );
  }

  /** A value at the end of it may go on in the line below. */
  get isOpenEnded(): boolean {
    this.#isOpenEnded ??= this.isFull && isJoinable(this.text.slice(-1));
    return this.#isOpenEnded;
  }

  locate(i: number, place: Place): void {
    let at = this.#pieces.length - 1;
    while (at > 0 && (this.#pieces[at]?.start ?? 0) > i) at--;
    const piece = this.#pieces[at];
    if (piece === undefined) return;
    place.row = piece.row;
    place.x = piece.xs === null ? i - piece.start : (piece.xs[i - piece.start] ?? 0);
    place.prov = piece.row.prov[place.x] ?? -1;
  }

  /** Offset into the text of column `x` of a row: of the first unit at or past it. */
  offsetOf(x: number, row: Row): number {
    const piece = this.#pieces.find(each => each.row === row);
    if (piece === undefined) return this.text.length;
    if (piece.xs === null) return Math.min(this.text.length, piece.start + x);
    const k = piece.xs.findIndex(column => column >= x);
    return k < 0 ? piece.start + piece.xs.length : piece.start + k;
  }

  get rows(): Row[] {
    return this.#pieces.map(piece => piece.row);
  }
}

/** A wide character that did not fit leaves the last cell of its row empty: no text. */
function wrappedLength(row: Row, next: Row): number {
  return row.isEmptyAt(row.cols - 1) && row.width[row.cols - 1] === 1 && next.width[0] === 2
    ? row.cols - 1
    : row.cols;
}

/** The text of a row's columns `[from, end)`; `xs` gets the column of each unit. */
export function readRow(
  buffer: ScreenBuffer,
  row: Row,
  { from, end, xs }: { from: number; end: number; xs: number[] },
): string {
  let text = '';
  const put = (part: string, x: number) => {
    text += part;
    for (let i = 0; i < part.length; i++) xs.push(x);
  };
  for (let x = from; x < end; x++) {
    const cp = row.cp[x] ?? 0;
    if (cp === TAB_CELL) {
      put('\t', x);
      const stop = buffer.nextTab(x);
      while (x + 1 < Math.min(stop, end) && row.cp[x + 1] === 0) x++;
    } else if (cp === 0) {
      // a half of a wide character that lost its other half is a blank
      if (row.width[x] !== 0 || row.width[x - 1] !== 2) put(' ', x);
    } else if (!isInvisible(cp)) put(String.fromCodePoint(cp), x);
    const marks = row.combined?.get(x);
    const isDigit = cp >= 0x30 && cp <= 0x39;
    if (marks !== undefined && !isDigit)
      for (const mark of marks) if (!isInvisible(mark.codePointAt(0) ?? 0)) put(mark, x);
  }
  return text;
}
