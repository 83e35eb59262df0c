import type { Cell } from './column.ts';

const COPY = /^COPY\s+[\w."]{1,128}\s*\(([^()]{1,8000})\)\s+FROM\s+stdin/i;
const INSERT =
  /\b(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+[\w."`]{1,200}\s*\(([^()]{1,8000})\)\s*(?:VALUES?\b|$)/i;

/** Column names of a `COPY … FROM stdin;` of pg_dump. */
export function copyColumns(line: string): readonly string[] | null {
  return namesIn((line.charCodeAt(0) | 0x20) === 0x63 ? COPY.exec(line) : null);
}

/** Column names of an `INSERT INTO t (…) VALUES` and where its tuples begin on the line. */
export function insertColumns(
  line: string,
): { readonly names: readonly string[]; readonly from: number } | null {
  if (!/\bINTO\b/i.test(line.slice(0, 4096))) return null;
  const match = INSERT.exec(line.slice(0, 16384));
  const names = namesIn(match);
  return match === null || names === null ? null : { names, from: match.index + match[0].length };
}

function namesIn(match: RegExpExecArray | null): readonly string[] | null {
  return match?.[1]?.split(',').map(name => name.trim().replace(/^["`[]|["`\]]$/g, '')) ?? null;
}

/** Fields of the tuples `(1, 'a', NULL), (…)` from an offset on; quotes of strings are not part of the cell. */
export function tupleCells(line: string, from: number): readonly Cell[] {
  const cells: Cell[] = [];
  let at = from;
  while (at < line.length) {
    const open = line.indexOf('(', at);
    if (open < 0) break;
    at = open + 1;
    for (let column = 0; ; column++) {
      while (line.charAt(at) === ' ') at++;
      const field = fieldAt(line, at);
      cells.push({
        column,
        start: field.start,
        end: field.end,
        isOpen: field.after >= line.length && field.isOpen,
      });
      at = field.after;
      if (line.charAt(at) !== ',') break;
      at++;
    }
    if (line.charAt(at) !== ')') break;
    at++;
  }
  return cells;
}

function fieldAt(line: string, at: number): { start: number; end: number; after: number; isOpen: boolean } {
  const prefix = /^(?:[EeNnBbXx]|_binary )?'/.exec(line.slice(at, at + 12));
  if (prefix === null) {
    let end = at;
    while (end < line.length && !',)'.includes(line.charAt(end))) end++;
    return { start: at, end, after: end, isOpen: end >= line.length };
  }
  const start = at + prefix[0].length;
  let end = start;
  while (end < line.length) {
    if (line.charAt(end) === '\\') end += 2;
    else if (line.charAt(end) !== "'") end++;
    else if (line.charAt(end + 1) === "'") end += 2;
    else break;
  }
  const stop = Math.min(end, line.length);
  let after = Math.min(stop + 1, line.length);
  while (after < line.length && !',)'.includes(line.charAt(after))) after++;
  return { start, end: stop, after, isOpen: end >= line.length };
}
