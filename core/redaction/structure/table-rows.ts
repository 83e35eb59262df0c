import type { Hit } from '../detect/detector.ts';
import { isTemplate } from '../detect/context/named-value.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import { gapCells, rowCells, parseGaps, parseRule } from './aligned.ts';
import type { Cell, Column, TableRow } from './column.ts';
import { columnsOf, hiddenAs, hidesAny, hitsOf, valueColumn } from './column.ts';
import { delimitedRow } from './delimited.ts';
import { markupHits } from './markup.ts';
import { parseRecordRule, recordCell } from './records.ts';
import { styledPair } from './styled.ts';
import type { Schema } from './schema.ts';
import { bareInsert } from './schema.ts';
import { insertColumns, tupleCells } from './sql-rows.ts';
import type { Table } from './table.ts';
import { endsTable } from './table.ts';

const NO_HITS: readonly Hit[] = [];

export interface RowMode {
  readonly isComplete: boolean;
  readonly names: KeyNames;
}

/** The cells of a line under the remembered table; null where the line is no row of it. */
export function rowOf(table: Table, line: string, isComplete: boolean): TableRow | null {
  if (table.kind === 'none' || line === '') return null;
  switch (table.kind) {
    case 'aligned': {
      if (isComplete && (endsTable(line) || parseRule(line) !== null)) return null;
      if (table.borders.length === 0 && !line.startsWith(' ')) return null;
      const cells = rowCells(line, table, isComplete);
      return cells === null ? null : { cells, columns: table.columns };
    }
    case 'markup':
      return null;
    case 'gapped':
      return endsTable(line) || parseGaps(line) !== null
        ? null
        : { cells: gapCells(line, table.starts), columns: table.columns };
    case 'delimited': {
      const { delimiter, openQuote, carried, columns } = table;
      const isInside = openQuote !== null || carried > 0;
      if (!isInside && (endsTable(line) || (isComplete && !line.includes(delimiter)))) return null;
      if (carried > 0 && endsTable(line)) return null;
      const { cells } = delimitedRow(line, delimiter, openQuote);
      if (cells.length > columns.length && delimiter === '|')
        return { cells: shifted(cells, columns), columns };
      if (carried === 0 || cells.length >= columns.length) return { cells, columns };
      return { cells: cells.map(cell => ({ ...cell, column: cell.column + carried })), columns };
    }
    case 'voting': {
      const { cells } = delimitedRow(line, table.delimiter, null);
      const isFitting = isComplete
        ? cells.length === table.columns.length
        : cells.length <= table.columns.length;
      return isFitting && !(cells.length === 1 && endsTable(line)) ? { cells, columns: table.columns } : null;
    }
    case 'copy':
      return line.startsWith('\\.')
        ? null
        : { cells: delimitedRow(line, '\t', null).cells, columns: table.columns };
    case 'insert':
      return /^\s*,?\s*\(/.test(line) ? { cells: tupleCells(line, 0), columns: table.columns } : null;
    case 'records':
      return null;
  }
}

/**
 * A row of mysql's box that ends in a value with a line feed in it, or goes on behind one: nothing is padded there. `carried` is the
 * column that it reaches, 0 where the row is over; null for other lines.
 */
export function partialRow(
  table: Extract<Table, { kind: 'aligned' }>,
  line: string,
): { readonly cells: readonly Cell[]; readonly carried: number } | null {
  const { isBoxed, borders, columns, carried } = table;
  if (!isBoxed || columns.length === 0 || (carried === 0 && !line.startsWith('|')) || endsTable(line))
    return null;
  const isStart = line.startsWith('| ') && (carried === 0 || line.length < (borders.at(-1) ?? 0));
  if (isStart && line.trimEnd().endsWith('|')) return null;
  const cells: Cell[] = [];
  let column = isStart ? 0 : carried;
  let start = isStart ? 1 : 0;
  for (; column < columns.length; column++) {
    const at = line.indexOf('|', start);
    cells.push({ column, start, end: at < 0 ? line.length : at, isOpen: at < 0 });
    if (at < 0) return { cells, carried: column };
    start = at + 1;
  }
  return { cells, carried: 0 };
}

/**
 * psql's unaligned rows do not quote: with a separator inside a value, every later cell may be one of several columns, and counts as
 * the first of them that is hidden.
 */
function shifted(cells: readonly Cell[], columns: readonly Column[]): readonly Cell[] {
  const extra = cells.length - columns.length;
  return cells.map(cell => {
    for (let column = Math.max(0, cell.column - extra); column <= cell.column; column++)
      if (hiddenAs(columns[column]) !== null) return { ...cell, column };
    return cell;
  });
}

/** Claims that the table makes on a line: cells of hidden columns, values of records, tuples of an INSERT on this very line. */
export function tableHits(table: Table, line: string, mode: RowMode): readonly Hit[] {
  if (table.kind === 'none') return NO_HITS;
  if (table.kind === 'records') return recordHits(table, line, mode);
  if (table.kind === 'markup') return markupHits(table, line, mode);
  if (table.kind === 'voting' && table.delimiter === ',' && table.columns.length === 2)
    return [...commaPairHits(line, mode), ...rowHits(table, line, mode)];
  return rowHits(table, line, mode);
}

function rowHits(
  table: Exclude<Table, { kind: 'none' | 'records' | 'markup' }>,
  line: string,
  mode: RowMode,
): readonly Hit[] {
  const values = valueColumn(table.columns);
  if (values > 0) return [...keyedHits(table, values, line, mode), ...cellHits(table, line, mode)];
  return cellHits(table, line, mode);
}

/** A row of keys and values: the key names what is in its own row. */
function keyedHits(table: Table, values: number, line: string, mode: RowMode): readonly Hit[] {
  const row = rowOf(table, line, mode.isComplete);
  const key = row?.cells.find(({ column }) => column === 0);
  const value = row?.cells.find(({ column }) => column === values);
  if (key === undefined || value === undefined) return NO_HITS;
  const columns = columnsOf([line.slice(key.start, key.end).trim()], mode.names);
  return hitsOf(line, { cells: [{ ...value, column: 0 }], columns }, mode.isComplete);
}

function cellHits(
  table: Exclude<Table, { kind: 'none' | 'records' | 'markup' }>,
  line: string,
  mode: RowMode,
): readonly Hit[] {
  if (!hidesAny(table.columns)) return NO_HITS;
  const isCarried = table.kind === 'aligned' && table.carried > 0;
  const row = isCarried ? null : rowOf(table, line, mode.isComplete);
  if (row !== null) return hitsOf(line, row, mode.isComplete);
  const partial = table.kind === 'aligned' ? partialRow(table, line) : null;
  if (partial !== null)
    return hitsOf(line, { cells: partial.cells, columns: table.columns }, mode.isComplete);
  const whole = isCarried ? rowOf(table, line, mode.isComplete) : null;
  return whole === null ? NO_HITS : hitsOf(line, whole, mode.isComplete);
}

/** psql `\\x` with `--csv`: a name and a value a line, under another such line. */
function commaPairHits(line: string, mode: RowMode): readonly Hit[] {
  const comma = line.indexOf(',');
  const key = line.slice(0, comma);
  if (comma < 1 || !/^[\p{L}_][\p{L}\p{N}_ ]{0,62}$/u.test(key)) return NO_HITS;
  const columns = columnsOf([key], mode.names);
  const cells = [{ column: 0, start: comma + 1, end: line.length, isOpen: true }];
  return hitsOf(line, { cells, columns }, mode.isComplete);
}

/** `||  LastName  |  Okonjo  ||` of the AWS command line: two blanks before each cell, and as many borders as the table is deep. */
const BOXED_PAIR = /^\|{1,6} {2}([\p{L}_][\p{L}\p{N}_-]{0,63}) *\| {2}(?=\S)/u;

function boxedPairHits(line: string, mode: RowMode): readonly Hit[] {
  const match = BOXED_PAIR.exec(line);
  const key = match?.[1];
  if (match === null || key === undefined) return NO_HITS;
  const close = line.search(/ *\|{1,6}\s*$/);
  const end = close < match[0].length ? line.length : close;
  const value = line.slice(match[0].length, end);
  // a header, or a row of three cells
  if (value.includes(' |  ') || mode.names.entityOf(value.trim()) !== null) return NO_HITS;
  const cells = [{ column: 0, start: match[0].length, end, isOpen: close < match[0].length }];
  return hitsOf(line, { cells, columns: columnsOf([key], mode.names) }, mode.isComplete);
}

/** A line of an expanded table of psql for LaTeX, troff or AsciiDoc. */
function styledPairHits(line: string, mode: RowMode): readonly Hit[] {
  const pair = styledPair(line);
  if (pair === null) return NO_HITS;
  const columns = columnsOf([pair.key], mode.names);
  const cells = [{ column: 0, start: pair.start, end: line.length, isOpen: true }];
  return hitsOf(line, { cells, columns }, mode.isComplete);
}

/**
 * psql `\\x` without its rules, and listings: `ssn|078-05-1120`, `ssn    | 078-05-1120`, one key and one value a line. A line of column
 * names is a header and stays.
 */
export function pairHits(line: string, mode: RowMode): readonly Hit[] {
  const styled = styledPairHits(line, mode);
  if (styled.length > 0) return styled;
  if (line.charCodeAt(0) === 0x7c) return boxedPairHits(line, mode);
  const bar = /[|\t]/.exec(line.slice(0, 66))?.index ?? -1;
  const key = line.slice(0, bar).trimEnd();
  if (bar < 1 || !/^[\p{L}_][\p{L}\p{N}_]*(?: [\p{L}\p{N}_]+){0,3}$/u.test(key)) return [];
  const mark = line.charAt(bar);
  const isTable = line.includes(mark, bar + 1);
  if (isTable && (mark === '\t' || key.includes(' ') || key.length < bar)) return [];
  const entity = mode.names.entityOf(key);
  if (entity === null) return [];
  const value = line.slice(bar + 1);
  if (mark === '\t' && /^\s*[=:]/.test(value)) return [];
  const isHeader = isTable
    ? value.split('|').every(name => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    : /^ ?[\p{L}_ ]+$/u.test(value) && mode.names.entityOf(value) !== null;
  if (isHeader) return [];
  const cells = [{ column: 0, start: bar + 1, end: line.length, isOpen: true }];
  return hitsOf(line, { cells, columns: columnsOf([key], mode.names) }, mode.isComplete);
}

/** An INSERT carries its header and its rows on one line. */
export function insertHits(line: string, mode: RowMode, schema: Schema | null): readonly Hit[] {
  const insert = insertColumns(line) ?? bareInsert(schema, line);
  if (insert === null) return [];
  const columns = columnsOf(insert.names, mode.names);
  if (columns.every(column => column.entity === null)) return [];
  return hitsOf(line, { cells: tupleCells(line, insert.from), columns }, mode.isComplete);
}

function recordHits(table: Extract<Table, { kind: 'records' }>, line: string, mode: RowMode): readonly Hit[] {
  if (parseRecordRule(line) !== null || endsTable(line)) return [];
  const found = recordCell(line, table.separator, table.border);
  if (found === null) {
    const open = table.open === null ? undefined : table.columns[table.open];
    // a pager's prompt and the lines behind the end of a file are no part of a value
    if (open === undefined || !/[\p{L}\p{N}]/u.test(line)) return [];
    const cells = [{ column: 0, start: 0, end: line.length, isOpen: true }];
    const hits = hitsOf(line, { cells, columns: [open] }, mode.isComplete);
    // what grows may still become a name before its separator: nothing of it is final
    return mode.isComplete ? hits : hits.map(hit => ({ ...hit, end: line.length }));
  }
  const column = columnFor(table, found.key, mode.names);
  if (column === null || isTemplate(line.slice(found.cell.start, found.cell.end))) return [];
  return hitsOf(line, { cells: [{ ...found.cell, column: 0 }], columns: [column] }, mode.isComplete);
}

/** The column that a record's key stands for; a plain `name` counts once the record has shown something personal. */
export function columnFor(
  table: Extract<Table, { kind: 'records' }>,
  key: string,
  names: KeyNames,
): Column | null {
  if (key === '') return table.open === null ? null : (table.columns[table.open] ?? null);
  const known = table.columns.find(each => each.name === key);
  if (known !== undefined) return known;
  return (
    columnsOf(
      [
        key,
        ...table.columns
          .filter(each => each.entity !== null)
          .map(each => each.name)
          .slice(0, 1),
      ],
      names,
    )[0] ?? null
  );
}
