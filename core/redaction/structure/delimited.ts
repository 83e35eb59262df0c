import { isAsciiLetter, isWordChar } from '../detect/characters.ts';
import type { Cell } from './column.ts';

const NAME = /^[\p{L}_][\p{L}\p{N}_ .\-/()]{0,60}$/u;
const MAX_COLUMNS = 1000;

/** Cells of a row of separated values (RFC 4180 quotes; psql unaligned and mysql -B have none), and the column whose quote stays open. */
export interface Row {
  readonly cells: readonly Cell[];
  readonly openQuote: number | null;
}

/** `openQuote` is the column whose quoted value goes on from the line before; null at a row's beginning. */
export function delimitedRow(line: string, delimiter: string, openQuote: number | null): Row {
  const cells: Cell[] = [];
  const hasQuotes = delimiter !== '|' && delimiter !== '&';
  let column = openQuote ?? 0;
  let start = 0;
  let isQuoted = openQuote !== null;
  let at = 0;
  for (;;) {
    if (!isQuoted && hasQuotes && at === start && line.charCodeAt(at) === 0x22) {
      isQuoted = true;
      at++;
    }
    if (isQuoted) {
      const close = endOfQuoted(line, at);
      if (close === null) {
        cells.push({
          column,
          start: start + (line.charAt(start) === '"' && openQuote !== column ? 1 : 0),
          end: line.length,
          isOpen: true,
        });
        return { cells, openQuote: column };
      }
      cells.push({ column, start: at, end: close, isOpen: false });
      isQuoted = false;
      at = line.indexOf(delimiter, close);
    } else {
      at = line.indexOf(delimiter, at);
      cells.push({ column, start, end: at < 0 ? line.length : at, isOpen: at < 0 });
    }
    if (at < 0 || column >= MAX_COLUMNS) return { cells, openQuote: null };
    at++;
    start = at;
    column++;
  }
}

/** Offset of the closing quote; a doubled quote is a character of the value. Null if the line ends before. */
function endOfQuoted(line: string, from: number): number | null {
  let at = line.indexOf('"', from);
  while (at >= 0 && line.charAt(at + 1) === '"') at = line.indexOf('"', at + 2);
  return at < 0 ? null : at;
}

/** The delimiter and the names of a header line; null for a line that is none. The caller asks whether a name is one to hide. */
export function parseHeader(
  line: string,
): { readonly delimiter: string; readonly names: readonly string[] } | null {
  if (line.length > 8192 || line.length < 3 || !mayBeHeader(line)) return null;
  for (const delimiter of ['\t', '|', ',', ';']) {
    if (!line.includes(delimiter)) continue;
    const { cells, openQuote } = delimitedRow(line.replace(/^\uFEFF/, ''), delimiter, null);
    if (cells.length < 2 || openQuote !== null) continue;
    const names = cells.map(cell => line.slice(cell.start, cell.end));
    const isHeader =
      names.every(name => NAME.test(name.trim()) && (name.match(/ /g)?.length ?? 0) <= 3) &&
      new Set(names).size === names.length;
    const isProse = delimiter === ',' && names.some((name, i) => i > 0 && name.startsWith(' '));
    if (isHeader && !isProse) return { delimiter, names: names.map(name => name.trim()) };
  }
  return null;
}

/** Headers of sqlite's `.mode quote` (`'id','email'`) and `.mode tcl` (`"id" "email"`); null for other lines. */
export function parseQuotedHeader(
  line: string,
): { readonly delimiter: string; readonly names: readonly string[] } | null {
  const isSingle = line.charCodeAt(0) === 0x27 && /^'[^']{1,64}'(?:,'[^']{1,64}')+$/.test(line);
  if (!isSingle && !(line.charCodeAt(0) === 0x22 && /^"[^"]{1,64}"(?: "[^"]{1,64}")+$/.test(line)))
    return null;
  const names = line.slice(1, -1).split(isSingle ? "','" : '" "');
  return names.every(name => NAME.test(name)) ? { delimiter: isSingle ? ',' : ' ', names } : null;
}

/** No name begins with a digit or a sign, nor holds most signs, whatever the delimiter is. Quotes hide what stands in them. */
function mayBeHeader(line: string): boolean {
  let at = 0;
  while (line.charCodeAt(at) === 0x20 || line.charCodeAt(at) === 0x09) at++;
  const first = line.charCodeAt(at);
  if (first !== 0x22 && first < 0x80 && !isAsciiLetter(first) && first !== 0x5f && first >= 0x20)
    return false;
  for (; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 0x22) return true;
    const isInNames =
      code >= 0x80 || code <= 0x20 || isWordChar(code) || ' .-/()|,;'.includes(String.fromCharCode(code));
    if (!isInNames && !line.includes('"', at)) return false;
  }
  return true;
}
