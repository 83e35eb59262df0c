import type { Hit } from '../detect/detector.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import type { Cell, Column } from './column.ts';
import { columnsOf, hitsOf } from './column.ts';

/**
 * A table in HTML (psql and mysql `-H`, sqlite `.mode html`) or in mysql's XML, whose tags come over many lines or on one. `heads` are
 * the cells of its header row, `row` those of the row that is being read; `open` is the column whose cell goes on in the next line.
 */
export interface MarkupTable {
  readonly kind: 'markup';
  readonly heads: readonly string[];
  readonly row: readonly string[];
  /** Number of the next cell in the row. */
  readonly column: number;
  /** Name of the cell that is open; null where none is. */
  readonly open: string | null;
  readonly isHeadOpen: boolean;
}

const TAG = /<(\/?)(table|thead|tbody|tr|th|td|resultset|row|field)\b([^<>]{0,200})>/gi;
const BEGIN = /^\s{0,16}<(?:table|tr|th|resultset|row)\b[^<>]{0,4096}>/i;
const END = /<\/(?:table|resultset)>/i;
const FIELD_NAME = /\bname=["']([^"']{1,128})["']/;
const MAX_HEADS = 500;

export function markupBegunBy(line: string, names: KeyNames): MarkupTable | null {
  if (!BEGIN.test(line)) return null;
  const fresh: MarkupTable = { kind: 'markup', heads: [], row: [], column: 0, open: null, isHeadOpen: false };
  return read(fresh, line, names).next;
}

/** Null where the table is over. */
export function markupAfter(table: MarkupTable, line: string, names: KeyNames): MarkupTable | null {
  if (END.test(line)) return null;
  const isRow =
    table.open !== null || table.isHeadOpen || line.trim() === '' || line.trimStart().startsWith('<');
  return isRow ? read(table, line, names).next : null;
}

export function markupHits(
  table: MarkupTable,
  line: string,
  mode: { readonly isComplete: boolean; readonly names: KeyNames },
): readonly Hit[] {
  return read(table, line, mode.names).cells.flatMap(({ cell, column }) =>
    hitsOf(line, { cells: [cell], columns: [column] }, mode.isComplete),
  );
}

/** What stands in a line that begins a table. */
export function markupHitsAtStart(
  line: string,
  mode: { readonly isComplete: boolean; readonly names: KeyNames },
): readonly Hit[] {
  const fresh: MarkupTable = { kind: 'markup', heads: [], row: [], column: 0, open: null, isHeadOpen: false };
  return markupHits(fresh, line, mode);
}

interface Reading {
  readonly next: MarkupTable;
  readonly cells: readonly { readonly cell: Cell; readonly column: Column }[];
}

function read(table: MarkupTable, line: string, names: KeyNames): Reading {
  let { heads, row, column, open, isHeadOpen } = table;
  const cells: { cell: Cell; column: Column }[] = [];
  const columnNamed = (name: string): Column | undefined => columnsOf([name, ...heads], names)[0];
  let from = 0;
  const takeText = (to: number, isOpen: boolean): void => {
    if (isHeadOpen) row = [...row.slice(0, -1), (row.at(-1) ?? '') + plain(line.slice(from, to))];
    const named = open === null ? undefined : columnNamed(open);
    if (named !== undefined && to > from)
      cells.push({ cell: { column: 0, start: from, end: to, isOpen }, column: named });
  };
  for (const match of line.matchAll(TAG)) {
    takeText(match.index, false);
    from = match.index + match[0].length;
    const tag = (match[2] ?? '').toLowerCase();
    const isEnd = match[1] === '/';
    open = null;
    isHeadOpen = false;
    if (tag === 'tr' || tag === 'row') {
      if (row.length > 1 || (isEnd && row.length > 0 && column === 0)) heads = row.slice(0, MAX_HEADS);
      row = [];
      column = 0;
    } else if (!isEnd && tag === 'th') {
      row = [...row, ''];
      isHeadOpen = true;
    } else if (!isEnd && tag === 'td') {
      // in psql's expanded tables the name stands beside its value
      open = (row.length === 1 ? row[0] : heads[column]) ?? '';
      column++;
    } else if (!isEnd && tag === 'field') open = FIELD_NAME.exec(match[3] ?? '')?.[1] ?? '';
  }
  takeText(line.length, true);
  return { next: { kind: 'markup', heads, row, column, open, isHeadOpen }, cells };
}

function plain(text: string): string {
  return text
    .replaceAll(/<[^<>]{0,200}>/g, '')
    .replaceAll('&nbsp;', ' ')
    .trim();
}
