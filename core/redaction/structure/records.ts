import { offsetsAtCells, terminalRuler } from '../detect/cell-width.ts';
import type { Cell } from './column.ts';

/** `blank`: psql with border 0, whose values begin behind the longest name. */
export type RecordSeparator = 'pipe' | 'colon' | 'blank';

/** Begins a record: psql `\x` (`-[ RECORD 1 ]-+---`, also boxed and unicode) or mysql `\G` (`*** 1. row ***`). */
export function parseRecordRule(
  line: string,
): { readonly separator: RecordSeparator; readonly border: number | null } | null {
  const code = line.charCodeAt(0);
  if (code < 0x2500 && code !== 0x2a && code !== 0x2b && code !== 0x2d && code !== 0x5b) return null;
  const first = line.charAt(0);
  if (first === '*' && /^\*{5,} \d+\. row \*{5,}$/.test(line.trimEnd()))
    return { separator: 'colon', border: null };
  if (!'-+─┌├╞═╔╠*['.includes(first)) return null;
  if (!/^[-+─┌├╞═╔╠* ]{0,3}\[ RECORD \d+ \]/.test(line) && !/^\* Record \d+/.test(line)) return null;
  if (first === '*') return { separator: 'blank', border: null };
  const plain = line.trimEnd().replace(/[┬┼╤╪╦╬]/g, '+');
  const cross = plain.indexOf('+', plain.indexOf(']'));
  return { separator: 'pipe', border: cross > 0 && cross < plain.length - 1 ? cross : null };
}

/** Key and value of a line in a record; `key` is empty on the further lines of a value. Null for other lines. */
export function recordCell(
  line: string,
  separator: RecordSeparator,
  border: number | null,
): { readonly key: string; readonly cell: Cell } | null {
  if (separator === 'blank') return blankCell(line);
  const at = separator === 'colon' ? line.indexOf(': ') : pipeAt(line, border);
  if (at === null || at < 0) return null;
  const key = line
    .slice(0, at)
    .replace(/^[|│║]/, '')
    .trim();
  if (separator === 'colon' && !/^[\p{L}\p{N}_ .()*-]{1,128}$/u.test(key)) return null;
  const end =
    /[|│║]\s*$/.test(line) && '|│║'.includes(line.charAt(0)) ? line.search(/[|│║]\s*$/) : line.length;
  return { key, cell: { column: 0, start: at + 1, end: Math.max(end, at + 1), isOpen: end === line.length } };
}

/** A name, filled with blanks; names with blanks in them are told by the gap. Further lines of a value begin with blanks. */
function blankCell(line: string): { readonly key: string; readonly cell: Cell } | null {
  const match =
    /^(\S+(?: \S+){0,5}?)(?: {2,}(?=\S)|$)/.exec(line) ??
    /^(\S+) (?=\S)/.exec(line) ??
    /^ +(?=\S)/.exec(line);
  if (match === null) return null;
  return {
    key: match[1] ?? '',
    cell: { column: 0, start: match[0].length, end: line.length, isOpen: true },
  };
}

function pipeAt(line: string, border: number | null): number | null {
  if (border !== null) {
    const offset = offsetsAtCells(line, [border], terminalRuler)?.[0];
    if (offset !== undefined && '|│┃║:;'.includes(line.charAt(offset))) return offset;
  }
  const from = '|│║'.includes(line.charAt(0)) ? 1 : 0;
  const match = /[|│┃║]/.exec(line.slice(from));
  return match === null ? null : match.index + from;
}
