import type { Finding } from '../../../contract/redaction.ts';
import { MARK } from '../detect/gate/character-kinds.ts';
import { isNothing, isValueStart } from '../detect/context/named-value.ts';
import type { Column } from './column.ts';
import { nameless, trimmed, voted } from './column.ts';
import { delimitedRow } from './delimited.ts';
import type { Table } from './table.ts';
import { NO_TABLE } from './table.ts';

export const MAX_CELLS = 64;
const MAX_UNITS = 4096;
/** Marks of the delimiters of rows without a header. */
export const VOTE_DELIMITERS = MARK.pipe | MARK.tab | MARK.comma;

type Voting = Extract<Table, { kind: 'voting' }>;

/** Rows without a header: columns of the same number by the same separator, told by what most of their cells are. */
export function votingAfter(
  table: Voting | null,
  { line, findings, marks }: { line: string; findings: readonly Finding[]; marks: number },
): Table {
  if ((marks & VOTE_DELIMITERS) === 0 || line.length > MAX_UNITS) return NO_TABLE;
  const delimiter = table?.delimiter ?? delimiterIn(marks);
  if (!line.includes(delimiter)) return NO_TABLE;
  const isPlain = findings.length === 0 && (delimiter === '|' || (marks & MARK.quote) === 0);
  if (isPlain && (table === null || table.columns.every(column => column.vote === null)))
    return plainRow(table, line, delimiter);
  const { cells } = delimitedRow(line, delimiter, null);
  if (cells.length < 2 || cells.length > MAX_CELLS) return NO_TABLE;
  const columns =
    table !== null && table.columns.length === cells.length ? table.columns : nameless(cells.length);
  return { kind: 'voting', delimiter, columns: voted(columns, { line, cells }, findings) };
}

/** The delimiter that such a line is read with first. */
export function delimiterIn(marks: number): string {
  if ((marks & MARK.pipe) !== 0) return '|';
  return (marks & MARK.tab) !== 0 ? '\t' : ',';
}

/** A row without findings, under columns that nothing speaks for: prose with commas, as a rule. Only its cells are counted. */
function plainRow(table: Voting | null, line: string, delimiter: string): Table {
  let count = 1;
  for (let at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, at + 1)) count++;
  if (count > MAX_CELLS) return NO_TABLE;
  const known = table !== null && table.columns.length === count ? table.columns : null;
  const columns: Column[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    const next = i === count - 1 ? line.length : line.indexOf(delimiter, start);
    const column = known?.[i];
    const rows = (column?.rows ?? 0) + (isValue(line, start, next) ? 1 : 0);
    columns.push({ name: '', entity: null, rows, verified: column?.verified ?? 0, vote: null });
    start = next + 1;
  }
  return { kind: 'voting', delimiter, columns };
}

/** Something other than blanks and the spellings of nothing stands between the offsets. */
function isValue(line: string, start: number, end: number): boolean {
  let from = start;
  while (from < end && line.charCodeAt(from) === 0x20) from++;
  if (from < end && isValueStart(line.charCodeAt(from))) return true;
  const span = trimmed(line, start, end);
  return span !== null && !isNothing(line.slice(span.start, span.end));
}
