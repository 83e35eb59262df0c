import type { OpenCandidate } from '../line-detector.ts';
import { widthOf } from '../vt/width.ts';

/** Lines of one row of a table: a long token in a narrow column goes over some dozens. */
export const MAX_ROW_LINES = 64;
/** Text of a cell that is read as one. */
const MAX_CELL_UNITS = 4096;
const MARKS = '.…';
const BARS = '|│┃║';
/** psql's old-ascii style has these in place of a separator where the cell behind it goes on, has another line, or is empty. */
const OLD_WRAP = ';';
const OLD_BARS = '|;: ';

/** Where a unit of a cell's text stands. */
export interface CellPlace {
  readonly line: number;
  readonly offset: number;
}

/** A cell that its program has wrapped, as one text. */
export interface WrappedCell {
  readonly text: string;
  readonly places: readonly CellPlace[];
  /** Some of it stands in the last line. */
  readonly isInLast: boolean;
  /** It goes on in the line below, or may do so; with a mark it certainly does. */
  readonly isOpen: boolean;
  readonly isMarked: boolean;
}

/** A cell's part of one line, without the marks at its ends. */
interface Part {
  readonly start: number;
  readonly end: number;
  /** The mark says that it goes on from the line above. */
  readonly isRest: boolean;
  /** It goes on below; `mark` tells so, else it only fills its width. */
  readonly goesOn: 'mark' | 'full' | 'no';
}

interface OpenCell {
  text: string;
  places: CellPlace[];
  isInLast: boolean;
  goesOn: Part['goesOn'];
}

/** The row of a table that the last of some lines belongs to. */
export interface WrappedRow {
  /** Where it begins; the last line stands alone where that is the last one. */
  readonly firstLine: number;
  /** Those of its cells that go over several lines, or may do so. */
  readonly cells: readonly WrappedCell[];
}

/** Whether the line may be part of such a row: a mark stands beside a separator or at an end. */
export function mayBeWrapped(line: string): boolean {
  return /[.…](?:[|│┃║]|\s*$)|(?:^|[|│┃║])[.…]| ; /.test(line);
}

/**
 * Whether a word fills its cell, so that it may go on below in the old style. psql wraps what is wider than the terminal: the rows of a
 * wrapped table are about as wide.
 */
export function mayFillCell(line: string, cols: number): boolean {
  return line.length * 2 >= cols && /[^\s|]{4} (?:\||$)/.test(line);
}

/**
 * Reads the row at the end of the lines (`\pset format wrapped` of psql: `.` or `…` on both sides of a break, `;` in the old style).
 * `isGrowing`: the last line may not be whole.
 */
export function wrappedRow(lines: readonly string[], isGrowing: boolean): WrappedRow {
  let cells: OpenCell[] = [];
  let bars: readonly number[] = [];
  let firstLine = 0;
  lines.forEach((line, i) => {
    const isPartial = isGrowing && i === lines.length - 1;
    const rest = cells.length === 0 ? null : restOf(line, { cells, bars, isPartial });
    for (const cell of cells) cell.isInLast = false;
    if (rest === null) {
      const split = partsOf(line, barsOf(line));
      bars = split.bars;
      // a line of dots is no row; one that begins in the middle of a row has separators to tell
      const isRow = split.parts.length > 1 || line.startsWith(' ');
      cells = isRow ? split.parts.map(part => begun(line, i, part)) : [];
      firstLine = i;
      return;
    }
    rest.forEach((part, k) => {
      const cell = cells[k];
      if (cell === undefined || !part.isRest) cells[k] = begun(line, i, part);
      else add(cell, line, i, part);
    });
  });
  const wrapped = cells.filter(cell => cell.goesOn !== 'no' || (cell.isInLast && spansLines(cell)));
  return {
    firstLine,
    cells: wrapped.map(({ text, places, isInLast, goesOn }) => ({
      text,
      places,
      isInLast,
      isOpen: goesOn !== 'no',
      isMarked: goesOn === 'mark',
    })),
  };
}

/** What is open at the ends of cells that go on in the next line; `strongFrom` is where the first one begins that looks like a value. */
export interface OpenCells extends OpenCandidate {
  readonly strongFrom: number;
}

/** `starts` are the units at which the row's lines begin in one text. */
export function openCells(
  { cells }: WrappedRow,
  starts: readonly number[],
  openIn: (text: string) => OpenCandidate | null,
): OpenCells | null {
  let start = Infinity;
  let strongFrom = Infinity;
  for (const cell of cells) {
    const open = cell.isOpen ? openIn(cell.text) : null;
    const place = open === null ? undefined : cell.places[open.start];
    if (open === null || place === undefined) continue;
    const at = (starts[place.line] ?? 0) + place.offset;
    start = Math.min(start, at);
    if (open.strength === 'strong') strongFrom = Math.min(strongFrom, at);
  }
  if (start === Infinity) return null;
  return strongFrom === Infinity
    ? { start, strongFrom: start, strength: 'weak' }
    : { start, strongFrom, strength: 'strong' };
}

/** The line as what goes on from the cells above it; null where it does not. */
function restOf(
  line: string,
  above: { cells: readonly OpenCell[]; bars: readonly number[]; isPartial: boolean },
): readonly Part[] | null {
  const { cells, bars, isPartial } = above;
  const isMarked = cells.some(cell => cell.goesOn === 'mark');
  const { parts } = isMarked ? partsOf(line, barsOf(line)) : oldPartsOf(line, bars);
  const isSame = isPartial ? parts.length <= cells.length : parts.length === cells.length;
  if (!isSame || parts.length === 0) return null;
  const isLastOpen = isPartial && line.length <= (parts.at(-1)?.start ?? 0);
  const fits = parts.every((part, k) => {
    const goesOn = cells[k]?.goesOn ?? 'no';
    if (isLastOpen && k === parts.length - 1) return true;
    return goesOn === 'mark' ? part.isRest : !part.isRest || goesOn === 'full';
  });
  const goesOn = parts.length < cells.length || isLastOpen || parts.some(part => part.isRest);
  return fits && goesOn ? parts : null;
}

function begun(line: string, at: number, part: Part): OpenCell {
  const cell: OpenCell = { text: '', places: [], isInLast: true, goesOn: part.goesOn };
  const lead = /^\s*/.exec(line.slice(part.start, part.end))?.[0].length ?? 0;
  put(cell, line, at, { ...part, start: part.start + lead });
  return cell;
}

function add(cell: OpenCell, line: string, at: number, part: Part): void {
  // what stands at the right of its column has its padding on the left
  const lead = /^\s*/.exec(line.slice(part.start, part.end))?.[0].length ?? 0;
  put(cell, line, at, { ...part, start: part.start + (lead > 1 ? lead : 0) });
  cell.goesOn = part.goesOn;
  cell.isInLast = true;
}

function put(cell: OpenCell, line: string, at: number, { start, end, goesOn }: Part): void {
  const text = line.slice(start, end);
  const shown = goesOn === 'mark' ? text : text.trimEnd();
  for (let k = 0; k < shown.length && cell.text.length < MAX_CELL_UNITS; k++) {
    cell.text += shown.charAt(k);
    cell.places.push({ line: at, offset: start + k });
  }
}

function spansLines({ places }: OpenCell): boolean {
  return places.length > 0 && places[0]?.line !== places.at(-1)?.line;
}

interface Bar {
  readonly offset: number;
  readonly cell: number;
}

function barsOf(line: string): readonly Bar[] {
  const bars: Bar[] = [];
  let cell = 0;
  let offset = 0;
  for (const character of line) {
    if (BARS.includes(character)) bars.push({ offset, cell });
    cell += widthOf(character.codePointAt(0) ?? 0);
    offset += character.length;
  }
  return bars;
}

/** The cells between the separators, an empty one beside a border at either end. */
function partsOf(
  line: string,
  bars: readonly Bar[],
): { readonly parts: readonly Part[]; readonly bars: readonly number[] } {
  const parts: Part[] = [];
  let start = 0;
  for (const edge of [...bars.map(bar => bar.offset), line.trimEnd().length]) {
    parts.push(partOf(line, start, Math.max(start, edge)));
    start = edge + 1;
  }
  return { parts, bars: bars.map(bar => bar.cell) };
}

function partOf(line: string, start: number, end: number): Part {
  const isRest = end > start && MARKS.includes(line.charAt(start));
  const mark = end - start > 1 && MARKS.includes(line.charAt(end - 1));
  const isPadded = isBlank(line, start) && end - start > 2 && isBlank(line, end - 1);
  const isFull = isPadded && !isBlank(line, end - 2);
  const goesOn = mark ? 'mark' : isFull ? 'full' : 'no';
  const last = mark || isPadded ? end - 1 : end;
  return { start: Math.min(start + 1, last), end: last, isRest, goesOn };
}

/** In the old style the separators themselves say what goes on. */
function oldPartsOf(line: string, cells: readonly number[]): { readonly parts: readonly Part[] } {
  const bars: Bar[] = [];
  let cell = 0;
  let offset = 0;
  for (const character of line) {
    if (cell === cells[bars.length]) {
      if (!OLD_BARS.includes(character)) return { parts: [] };
      bars.push({ offset, cell });
    }
    cell += widthOf(character.codePointAt(0) ?? 0);
    offset += character.length;
  }
  if (!bars.some(bar => line.charAt(bar.offset) === OLD_WRAP)) return { parts: [] };
  const { parts } = partsOf(line, bars);
  return {
    parts: parts.map((part, k) => ({
      ...part,
      isRest: line.charAt(bars[k - 1]?.offset ?? -1) === OLD_WRAP,
    })),
  };
}

function isBlank(line: string, offset: number): boolean {
  return line.charCodeAt(offset) === 0x20;
}
