import { isWordChar } from '../detect/characters.ts';

/**
 * Tables of psql for other programs: LaTeX, troff and AsciiDoc. Their headers say by their style that they are headers; their rows are
 * separated by `&`, tabs and `|`.
 */
export interface StyledHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const LATEX_NAME =
  /^\s*(?:\\(?:small|textbf|textit|raggedright|multicolumn\{\d+\}\{[^{}]{0,16}\})[ {]*)+([^{}\\]*(?:\\_[^{}\\]*)*)\}+\s*(?:\\\\)?\s*$/;
const TROFF_NAME = /^\\fI(.*?)\\fP$/;
const ASCIIDOC_HEAD = /^[<^>]l\|/;

/** Names of a header line; null for other lines. A pair of a name and a value is none. */
export function styledHeader(line: string): StyledHeader | null {
  if (line.length > 8192) return null;
  if (line.includes('\\fI')) return styled(line, '\t', TROFF_NAME);
  if (line.includes('\\text')) return styled(line, '&', LATEX_NAME);
  if (!ASCIIDOC_HEAD.test(line)) return null;
  const names = asciidocCells(line).map(cell => line.slice(cell.start, cell.end).trim());
  // rows begin with a separator: their first cell is empty
  return names.length > 1 && line.startsWith('^l|') ? { delimiter: '|', names: ['', ...names] } : null;
}

function styled(line: string, delimiter: string, pattern: RegExp): StyledHeader | null {
  const names = line.split(delimiter).map(cell => pattern.exec(cell.trim())?.[1]?.replaceAll('\\_', '_'));
  if (names.length < 2 || names.some(name => name === undefined)) return null;
  return { delimiter, names: names.map(name => name ?? '') };
}

/** Name and value of a line of an expanded table; null for other lines. */
export function styledPair(line: string): { readonly key: string; readonly start: number } | null {
  const first = line.charCodeAt(0);
  if (first === 0x5c) {
    const delimiter = line.startsWith('\\fI') ? '\t' : '&';
    const at = line.indexOf(delimiter);
    const pattern = delimiter === '\t' ? TROFF_NAME : LATEX_NAME;
    const key = at < 0 ? undefined : pattern.exec(line.slice(0, at).trim())?.[1];
    return key === undefined ? null : { key: key.replaceAll('\\_', '_'), start: at + 1 };
  }
  if (first !== 0x3c || !line.startsWith('<l|')) return null;
  const [key, value] = asciidocCells(line);
  if (key === undefined || value === undefined) return null;
  return { key: line.slice(key.start, key.end).trim(), start: value.start };
}

/** A rule or a frame inside of such a table. */
export function isStyledRule(line: string): boolean {
  const text = line.trimEnd();
  return (
    text === '_' || text === '\\hline' || text === '|====' || text === '\\endhead' || text === '\\midrule'
  );
}

function asciidocCells(line: string): readonly { start: number; end: number }[] {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = line.indexOf('|'); at >= 0; at = line.indexOf('|', at + 1)) {
    let before = at;
    while (
      before > 0 &&
      (isWordChar(line.charCodeAt(before - 1)) || '<^>+'.includes(line.charAt(before - 1)))
    )
      before--;
    const isStyle = /^(?:\d\+)?[<^>][a-z]?$/.test(line.slice(before, at));
    ends.push(isStyle ? before : at);
    starts.push(at + 1);
  }
  return starts.map((start, i) => ({ start, end: ends[i + 1] ?? line.length }));
}
