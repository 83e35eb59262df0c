import type { Finding } from '../../../contract/redaction.ts';
import { endsTable } from '../structure/table.ts';
import type { ScreenText } from './screen-text.ts';
import { cellsOf, withoutCutMark } from './table-head.ts';
import type { LineCells, PieceEnd, PieceReading, PieceSite, TableHead } from './table-head.ts';
import type { TableHeads } from './table-heads.ts';

interface LineSite {
  /** Where the line begins, as the one above tells. */
  readonly after: PieceEnd | null;
  /** Nothing stands above it, and it is still being printed: the rest of a row whose beginning comes above it, perhaps. */
  readonly isGrowingTop: boolean;
  /** Width of the screen. */
  readonly cols: number;
}

/** Reads a line as a piece of one of the tables; null where there are none. `after` is where it begins, as the one above tells. */
export function readPiece(tables: TableHeads, text: ScreenText, site: LineSite): PieceReading | null {
  const heads = tables.personal;
  if (heads.length === 0) return null;
  const { version } = tables;
  const { after, isGrowingTop } = site;
  const known = text.piece;
  if (
    known !== null &&
    known.version === version &&
    known.isGrowingTop === isGrowingTop &&
    isSameEnd(known.after, after)
  )
    return known;
  const shown = heads.find(head => head.holds(text.text));
  const { findings, end } =
    shown === undefined ? read(heads, text, site) : { findings: [], end: endOfHead(shown, text, after) };
  text.piece = { version, after, isGrowingTop, findings, end };
  return text.piece;
}

/** Rows below a shifted header begin at its column. */
function endOfHead(head: TableHead, text: ScreenText, after: PieceEnd | null): PieceEnd | null {
  if (!head.lines.isShifted) return null;
  const column = head.pieceAt(text.text, after?.head === head ? after.column : null);
  return column === null ? null : { head, column };
}

function isSameEnd(a: PieceEnd | null, b: PieceEnd | null): boolean {
  return a === b || (a !== null && b !== null && a.head === b.head && a.column === b.column);
}

interface Reading {
  readonly findings: readonly Finding[];
  readonly end: PieceEnd | null;
}

function read(heads: readonly TableHead[], text: ScreenText, site: LineSite): Reading {
  const whole = readLine(heads, { line: text.text, cells: text.cells, isFull: text.isFull }, site);
  if (whole !== null) return whole;
  if (text.rowCount < 2) return { findings: [], end: null };
  // a line that is being written over, row by row: what stands in one row may be a piece though the whole is none
  const findings: Finding[] = [];
  let { after } = site;
  for (const { line, start } of text.rowTexts()) {
    const cells = cellsOf(line);
    const part = readLine(heads, { line, cells, isFull: cells.width === site.cols }, { ...site, after });
    for (const finding of part?.findings ?? [])
      findings.push({ ...finding, start: finding.start + start, end: finding.end + start });
    after = part?.end ?? null;
  }
  return { findings, end: after };
}

function readLine(
  heads: readonly TableHead[],
  { line, cells, isFull }: { line: string; cells: LineCells; isFull: boolean },
  { after, isGrowingTop, cols }: LineSite,
): Reading | null {
  if (cells.separators.length === 0) {
    if ((after === null && !isGrowingTop) || isPagerPrompt(line) || endsTable(line)) return null;
    if (after === null)
      return {
        findings: heads.flatMap(head =>
          head.wrapPlacesOf(cells, cols).flatMap(place => head.findings(line, place)),
        ),
        end: null,
      };
  }
  const ordered = after === null ? heads : [after.head, ...heads.filter(head => head !== after.head)];
  for (const head of ordered) {
    const site: PieceSite = { after: after?.head === head ? after.column : null, cols };
    const places = head.placesOf(cells, site);
    const [place] = places;
    if (place === undefined) continue;
    const bare = withoutCutMark(line, cells, cols);
    const findings = places.flatMap(each => head.findings(bare, each));
    // shifted rows all begin at the same column; a wrapped one goes on in the line below
    if (head.lines.isShifted) return { findings, end: { head, column: place } };
    return { findings, end: isFull ? { head, column: place + cells.width } : null };
  }
  return null;
}

/** What a pager says in its last row, where the rest of a cut line would stand. */
function isPagerPrompt(line: string): boolean {
  return /^(?::|\(END\)|--More--|\.\.\.skipping|[/?&!]|~$|Pattern not found)|\blines \d+-\d+|^\S{1,80} (?:\(END\)|\d+%)/.test(
    line,
  );
}
