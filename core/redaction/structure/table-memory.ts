import type { Finding } from '../../../contract/redaction.ts';
import { MARK } from '../detect/gate/character-kinds.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import type { Rule } from './aligned.ts';
import { gapCells, parseFrameHeader, parseGaps, parseRule, parseSpacedHeader, rowCells } from './aligned.ts';
import type { Cell, Column, TableRow } from './column.ts';
import { columnsOf, CUT_NAME, EMPTY_NAME, isToldHarmless, valueColumn, voted } from './column.ts';
import { delimitedRow, parseHeader, parseQuotedHeader } from './delimited.ts';
import { markupAfter, markupBegunBy } from './markup.ts';
import { parseRecordRule, recordCell } from './records.ts';
import type { Schema } from './schema.ts';
import { bareInsert } from './schema.ts';
import { copyColumns, insertColumns } from './sql-rows.ts';
import { isStyledRule, styledHeader } from './styled.ts';
import { columnFor, partialRow, rowOf } from './table-rows.ts';
import type { Table } from './table.ts';
import { endsTable, NO_TABLE } from './table.ts';
import { votingAfter } from './voting.ts';

/** Lines that are no rows but do not end an aligned table either (notices in between), before it is forgotten all the same. */
const MAX_STRAYS = 20;
/** Columns that one record may show before its first keys are forgotten. */
const MAX_RECORD_KEYS = 500;

export interface CompleteLine {
  readonly line: string;
  /** The line before it; a header stands above its rule. */
  readonly previous: string;
  readonly findings: readonly Finding[];
  readonly names: KeyNames;
  readonly schema: Schema | null;
  /** See `MARK`: which delimiters stand in the line at all. */
  readonly marks: number;
}

const DELIMITERS = MARK.tab | MARK.pipe | MARK.comma | MARK.semicolon;

/** What is remembered after a complete line. */
export function tableAfter(table: Table, complete: CompleteLine): Table {
  const { line } = complete;
  const row = table.kind === 'aligned' ? rowOf(table, line, true) : null;
  const begun = begunBy(table, complete, row);
  if (begun !== null) return begun;
  switch (table.kind) {
    case 'none':
      return votingAfter(null, complete);
    case 'voting':
      return endsTable(line, complete.marks) ? NO_TABLE : votingAfter(table, complete);
    case 'aligned':
      return alignedAfter(table, complete, row);
    case 'gapped':
      return line.trim() === '' || endsTable(line) ? NO_TABLE : table;
    case 'markup':
      return markupAfter(table, line, complete.names) ?? NO_TABLE;
    case 'delimited': {
      if (isStyledRule(line)) return table;
      const row = rowOf(table, line, true);
      if (row === null) return line === '' && table.openQuote !== null ? table : NO_TABLE;
      const { openQuote } = delimitedRow(line, table.delimiter, table.openQuote);
      const reached = row.cells.at(-1)?.column ?? 0;
      const isShort = table.delimiter === '|' && reached < table.columns.length - 1;
      const columns = voted(table.columns, { line, cells: row.cells }, complete.findings);
      return { ...table, openQuote, columns, carried: isShort ? reached : 0 };
    }
    case 'records':
      return recordsAfter(table, complete);
    case 'copy':
      return line.startsWith('\\.') || endsTable(line) ? NO_TABLE : table;
    case 'insert':
      return line.trimEnd().endsWith(';') || (line.trim() !== '' && rowOf(table, line, true) === null)
        ? NO_TABLE
        : table;
  }
}

/** A table that this line begins, whatever was before; null if it begins none. */
function begunBy(table: Table, complete: CompleteLine, row: TableRow | null): Table | null {
  const { line, previous, names, marks } = complete;
  const isQuoted = table.kind === 'delimited' && table.openQuote !== null;
  if (isQuoted || table.kind === 'copy' || line === '') return null;
  if (table.kind === 'markup') return null;
  const markup = line.trimStart().charCodeAt(0) === 0x3c ? markupBegunBy(line, names) : null;
  if (markup !== null) return markup;
  const record = parseRecordRule(line);
  if (record !== null) {
    return table.kind === 'records'
      ? { ...table, ...record, open: null }
      : { kind: 'records', ...record, columns: [], open: null };
  }
  const rule = parseRule(line);
  if (rule !== null) return underRule(table, rule, previous, names);
  const framed = parseFrameHeader(line);
  if (framed !== null) {
    const { borders } = framed;
    const columns = columnsOf(framed.names, names);
    return { kind: 'aligned', borders, isBoxed: true, columns, isAfterRule: false, strays: 0, carried: 0 };
  }
  const gaps = parseGaps(line);
  if (gaps !== null) {
    const columns = columnsOf(textOf(previous, gapCells(previous, gaps)), names);
    return isWorthIt(columns) ? { kind: 'gapped', starts: gaps, columns } : null;
  }
  const spaced = parseSpacedHeader(line);
  if (spaced !== null) {
    const columns = columnsOf(spaced.names, names);
    if (isWorthIt(columns)) return { kind: 'gapped', starts: spaced.starts, columns };
  }
  const copied = copyColumns(line);
  if (copied !== null) return { kind: 'copy', columns: columnsOf(copied, names) };
  const inserted =
    (marks & MARK.parenthesis) === 0
      ? bareInsert(complete.schema, line)
      : (insertColumns(line) ?? bareInsert(complete.schema, line));
  if (inserted !== null && !line.trimEnd().endsWith(';'))
    return { kind: 'insert', columns: columnsOf(inserted.names, names), isOpen: true };
  const styled = styledHeader(line) ?? parseQuotedHeader(line);
  if (styled !== null) return delimitedBy(styled, names);
  if ((marks & DELIMITERS) === 0) return null;
  if (row !== null) return null;
  if (table.kind === 'records' && recordCell(line, table.separator, table.border) !== null) return null;
  const header = (marks & DELIMITERS) === 0 ? null : parseHeader(line);
  if (header === null) return null;
  const isPair =
    header.delimiter === '|' &&
    header.names.length === 2 &&
    (line.includes(' | ') || !/^[a-z_]\w*$/.test(header.names[1] ?? ''));
  if (isPair || isPairUnderPair(table, line, header.delimiter)) return null;
  return delimitedBy(header, names);
}

/** psql `\\x` with `--csv`: a name and a value under such a line; what looks like a further name is a header all the same. */
function isPairUnderPair(table: Table, line: string, delimiter: string): boolean {
  return (
    table.kind === 'voting' &&
    delimiter === ',' &&
    table.columns.length === 2 &&
    !/,"?[a-z_][a-z0-9_]*"?$/.test(line)
  );
}

function delimitedBy(
  header: { readonly delimiter: string; readonly names: readonly string[] },
  names: KeyNames,
): Table | null {
  const columns = columnsOf(header.names, names);
  return isWorthIt(columns)
    ? { kind: 'delimited', delimiter: header.delimiter, columns, openQuote: null, carried: 0 }
    : null;
}

/** It hides something, or may: a table of keys and values. */
function isWorthIt(columns: readonly Column[]): boolean {
  return columns.some(column => column.entity !== null) || valueColumn(columns) > 0;
}

/** A rule under a header begins a table; a rule in or under the rows of the same table does not. */
function underRule(table: Table, rule: Rule, previous: string, names: KeyNames): Table | null {
  const isSame =
    table.kind === 'aligned' &&
    table.borders.join() === rule.borders.join() &&
    table.isBoxed === rule.isBoxed;
  // The bottom of one box and the top of the next: the same widths may hold other columns.
  if (isSame && rule.isBoxed && table.isAfterRule && parseRule(previous) !== null)
    return { ...table, columns: [], isAfterRule: true };
  const isRow = isSame && table.columns.length > 0 && !table.isAfterRule;
  if (isRow) return { ...table, isAfterRule: true };
  const cells = previous === '' ? null : rowCells(previous, rule, true);
  const shown =
    cells === null || (rule.borders.length === 0 && !isLoneHeader(previous, rule))
      ? []
      : cells.map(cell => previous.slice(cell.start, cell.end));
  const headers = shown.map(cell => cell.trim());
  if (headers.length === 0 && isSame) return { ...table, isAfterRule: true };
  if (headers.length === 0 && !rule.isBoxed) return null;
  return {
    kind: 'aligned',
    borders: rule.borders,
    isBoxed: rule.isBoxed,
    columns: headColumns(shown, {
      names,
      isCut: rule.isCut,
      isBoxed: rule.isBoxed || rule.borders.length === 0,
      isCutLeft:
        !rule.isBoxed && rule.borders.length > 0 && (headers[0] === '' || !/^[ |│┃║]/.test(previous)),
    }),
    isAfterRule: headers.length === 0,
    strays: 0,
    carried: 0,
  };
}

/** Beside personal columns, one whose name a pager has cut off at an edge may be one as well. */
function headColumns(
  shown: readonly string[],
  edges: { names: KeyNames; isCut: boolean; isCutLeft: boolean; isBoxed: boolean },
): readonly Column[] {
  const { names, isCut, isCutLeft, isBoxed } = edges;
  const last = shown.length - 1;
  const headers = shown.map((cell, i) =>
    cell.trim() === '' && !isBoxed && (i === 0 || i === last) ? EMPTY_NAME : cell.trim(),
  );
  const columns = columnsOf(headers, names);
  const isPersonal = columns.some(({ entity, name }) => entity !== null && name !== EMPTY_NAME);
  if (!(isCut || isCutLeft) || !isPersonal) return columns;
  const isUnknown = (cell: string, i: number): boolean =>
    columns[i]?.entity === null &&
    ((isCutLeft && i === 0 && !isToldHarmless(cell, 'left')) ||
      (isCut && i === last && !isToldHarmless(cell.replace(/>$/, ''), 'right')));
  return columnsOf(
    shown.map((cell, i) => (isUnknown(cell, i) ? CUT_NAME : cell.trim())),
    names,
  );
}

/** psql draws a single column's rule exactly as wide as its padded header. */
function isLoneHeader(previous: string, rule: Rule): boolean {
  return (
    previous.startsWith(' ') &&
    Math.abs(previous.length - rule.width) <= 1 + previous.length - previous.trimEnd().length
  );
}

function textOf(line: string, cells: readonly Cell[]): readonly string[] {
  return cells.map(cell => line.slice(cell.start, cell.end).trim());
}

function alignedAfter(
  table: Extract<Table, { kind: 'aligned' }>,
  complete: CompleteLine,
  row: TableRow | null,
): Table {
  const { line, findings, names } = complete;
  if (endsTable(line, complete.marks) || (line.trim() === '' && table.borders.length === 0)) return NO_TABLE;
  const partial = row === null || table.carried > 0 ? partialRow(table, line) : null;
  if (partial !== null) return { ...table, isAfterRule: false, carried: partial.carried };
  if (row === null)
    return table.strays >= MAX_STRAYS ? NO_TABLE : { ...table, strays: table.strays + 1, isAfterRule: false };
  // Under the top of a box stands its header, even where a row of types follows it (DuckDB).
  // The AWS command line has no header over pairs; over rows, a rule follows it, which tells.
  const isOfAws = /^\|{1,6} {2}\S/.test(line);
  const isHeader =
    table.columns.length === 0 && table.isBoxed && table.isAfterRule && row.cells.length > 1 && !isOfAws;
  const columns = isHeader
    ? columnsOf(textOf(line, row.cells), names)
    : table.columns.length === 0
      ? []
      : voted(table.columns, { line, cells: row.cells }, findings);
  const isCut = table.isBoxed && table.columns.length > 0 && row.cells.at(-1)?.isOpen === true;
  return {
    ...table,
    columns,
    isAfterRule: false,
    strays: 0,
    carried: isCut ? (row.cells.at(-1)?.column ?? 0) : 0,
  };
}

function recordsAfter(table: Extract<Table, { kind: 'records' }>, complete: CompleteLine): Table {
  const { line, names } = complete;
  if (line.trim() === '' || endsTable(line)) return NO_TABLE;
  const found = recordCell(line, table.separator, table.border);
  if (found === null || found.key === '') return table;
  const column = columnFor(table, found.key, names);
  if (column === null) return { ...table, open: null };
  const at = table.columns.findIndex(each => each.name === column.name);
  const columns: readonly Column[] =
    at >= 0 ? table.columns : [...table.columns.slice(-MAX_RECORD_KEYS), column];
  return { ...table, columns, open: at >= 0 ? at : columns.length - 1 };
}
