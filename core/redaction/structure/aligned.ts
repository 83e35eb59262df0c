import { isWordChar } from '../detect/characters.ts';
import { emojiRuler, offsetsAtCells, terminalRuler } from '../detect/cell-width.ts';
import type { Cell } from './column.ts';

const FILL = /[─━═╌]/g;
const CROSS = /[┼╪╋╂┿┬╤┳┴╧├┤╞╡┌┐└┘╔╗╚╝╠╣╦╩╬╟╢╫╨╥┏┓┗┛┣┫┻┡┩┢┪╇╈┯┷┠┨┝┥╭╮╯╰]/g;
const SEPARATORS = '|│┃║¦:;┆┊';

/** A rule line of psql (ascii, old-ascii, unicode; borders 1 and 2), mysql, sqlite or Markdown. */
export interface Rule {
  /** Cells of the crossings, ascending: where rows have their separators. */
  readonly borders: readonly number[];
  /** Crossings stand at both ends. */
  readonly isBoxed: boolean;
  readonly width: number;
  /** A pager cut it off at the margin (`less -S` marks that with `>`): the last column's name is cut, and others follow. */
  readonly isCut: boolean;
}

export function parseRule(line: string): Rule | null {
  let from = 0;
  while (line.charCodeAt(from) === 0x20) from++;
  const first = line.charCodeAt(from);
  const mayBegin = first === 0x2d || first === 0x2b || first === 0x7c || first >= 0x2500 || first === 0x09;
  if (!mayBegin) return null;
  const whole = line.trimEnd();
  const isCut = /[-+─┼═╪]>$/.test(whole);
  const text = isCut ? whole.slice(0, -1) : whole;
  if (text.length < 3 || !'+-|─━═├┌└╞╔╠╚┏┗┣┡╭╰┠┝'.includes(text.trimStart().charAt(0))) return null;
  const plain = text.replace(FILL, '-').replace(CROSS, '+');
  const markdown = /^\|(?: ?:?-+:? ?\|)+$/.test(plain)
    ? plain.replace(/\|/g, '+').replace(/[ :]/g, '-')
    : plain;
  if (!/^\+?-+(?:\+-+)*\+?$/.test(markdown)) return null;
  const borders: number[] = [];
  for (let i = 0; i < markdown.length; i++) if (markdown.charAt(i) === '+') borders.push(i);
  const isBoxed = markdown.startsWith('+') && markdown.endsWith('+');
  if (borders.length === 0 && markdown.length < 3) return null;
  return { borders, isBoxed, width: markdown.length, isCut };
}

/** `┌─id─┬─email──┐` of ClickHouse: the top of a box that holds the names; null for other lines. */
export function parseFrameHeader(
  line: string,
): { readonly borders: readonly number[]; readonly names: readonly string[] } | null {
  if (line.charCodeAt(0) !== 0x250c || !/^┌─[^┬┐]*[^─┬┐\s][^┬┐]*(?:[┬┐]|$)/.test(line)) return null;
  const names = line
    .slice(1)
    .replace(/┐\s*$/, '')
    .split('┬')
    .map(name => name.replace(/^─+|─+$/g, ''));
  const borders: number[] = [0];
  let cell = 1;
  for (const name of line.slice(1).split(/(?<=[┬┐])/)) {
    for (const character of name) cell += terminalRuler(character.codePointAt(0) ?? 0);
    if (/[┬┐]$/.test(name)) borders.push(cell - 1);
  }
  return borders.length > 1 ? { borders, names } : null;
}

/**
 * The cells of a row under the rule; null if the line is none. Separators are looked for in the cells where the rule has its
 * crossings; where a program counts a character's width otherwise, by their number.
 */
export function rowCells(
  line: string,
  rule: Omit<Rule, 'width' | 'isCut'>,
  isComplete: boolean,
): readonly Cell[] | null {
  // psql begins each row with a blank: other text is a row that a pager has shifted, or none
  const first = line.charAt(0);
  const isShifted = !rule.isBoxed && line !== '' && !' .+|'.includes(first) && !SEPARATORS.includes(first);
  for (const ruler of [terminalRuler, emojiRuler]) {
    const offsets = offsetsAtCells(line, rule.borders, ruler);
    if (offsets === null || !offsets.every(offset => isSeparator(line.charCodeAt(offset)))) continue;
    // A row that ends before its last separators is one that a pager cut at the edge of the screen.
    if ((isComplete || isShifted) && offsets.length === 0 && rule.borders.length > 0) continue;
    if (isShifted && (rule.borders.length === 0 || (isComplete && offsets.length < rule.borders.length)))
      continue;
    // Markdown's cells need not be as wide as its rule.
    if (offsets.length < rule.borders.length && everySeparator(line).length === rule.borders.length) continue;
    return cellsBetween(line, offsets, rule);
  }
  if (isShifted) return null;
  const offsets = everySeparator(line);
  const isFitting = isComplete
    ? offsets.length === rule.borders.length
    : offsets.length > 0 && offsets.length <= rule.borders.length;
  return isFitting && rule.borders.length > 0 ? cellsBetween(line, offsets, rule) : null;
}

/** One of `SEPARATORS`. */
function isSeparator(code: number): boolean {
  return code === 0x7c || (code !== 0x20 && SEPARATORS.includes(String.fromCharCode(code)));
}

function cellsBetween(
  line: string,
  offsets: readonly number[],
  rule: Omit<Rule, 'width' | 'isCut'>,
): readonly Cell[] {
  const edges = rule.isBoxed ? offsets : [-1, ...offsets];
  const last = rule.isBoxed ? rule.borders.length - 1 : rule.borders.length + 1;
  const cells: Cell[] = [];
  edges.forEach((edge, i) => {
    if (i >= last) return;
    const next = edges[i + 1];
    cells.push({ column: i, start: edge + 1, end: next ?? line.length, isOpen: next === undefined });
  });
  return cells;
}

function everySeparator(line: string): readonly number[] {
  const offsets: number[] = [];
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 0x7c || code === 0x2502 || code === 0x2503 || code === 0x2551) offsets.push(i);
  }
  return offsets;
}

/** Rules of dashes with gaps (psql border 0, sqlite column mode): where each column begins; null for other lines. */
export function parseGaps(line: string): readonly number[] | null {
  if (line.charCodeAt(0) !== 0x2d) return null;
  const text = line.trimEnd();
  if (!text.startsWith('-') || !text.includes(' ') || !/^-+(?: +-+)+$/.test(text)) return null;
  const starts: number[] = [];
  for (let i = 0; i < text.length; i++)
    if (text.charAt(i) === '-' && text.charAt(i - 1) !== '-') starts.push(i);
  return starts;
}

/** Cells of a row whose columns begin at the given terminal cells. */
export function gapCells(line: string, starts: readonly number[]): readonly Cell[] {
  const offsets = offsetsAtCells(line, starts, terminalRuler) ??
    offsetsAtCells(line, starts, emojiRuler) ?? [0];
  return offsets.map((start, i) => ({
    column: i,
    start,
    end: offsets[i + 1] ?? line.length,
    isOpen: offsets[i + 1] === undefined,
  }));
}

/**
 * A header whose columns stand at least two blanks apart, with no rule under it (kubectl, docker, `column -t`): where each begins, and
 * their names. Only in capitals or with an id in front: a directory listing looks the same. Null for other lines.
 */
export function parseSpacedHeader(
  line: string,
): { readonly starts: readonly number[]; readonly names: readonly string[] } | null {
  if (line.length > 1024 || !mayBeSpacedHeader(line) || !line.includes('  ')) return null;
  const isTold =
    /^[A-Z][A-Z0-9_%/()-]*(?: {1,}[A-Z0-9_%/()-]+)+ *$/.test(line) ||
    /^(?:id|\w+_id|ID|Id)(?: {2,}[A-Za-z_]\w*)+ *$/.test(line);
  if (!isTold) return null;
  const starts: number[] = [];
  const names: string[] = [];
  for (const match of line.matchAll(/\S+(?: \S+)*/g)) {
    starts.push(match.index);
    names.push(match[0]);
  }
  return names.length > 1 ? { starts, names } : null;
}

/** It begins with two capitals, signs or digits, or its first name ends in `id`. */
function mayBeSpacedHeader(line: string): boolean {
  const first = line.charCodeAt(0);
  if (!isWordChar(first)) return false;
  const second = line.charCodeAt(1);
  if (first >= 0x41 && first <= 0x5a && !(second >= 0x61 && second <= 0x7a)) return true;
  const end = line.indexOf(' ');
  return (line.charCodeAt(end - 1) | 0x20) === 0x64 && (line.charCodeAt(end - 2) | 0x20) === 0x69;
}
