import type { Finding } from '../../../contract/redaction.ts';
import type { LineDetector } from '../line-detector.ts';
import { CUT_NAME, isToldHarmless } from '../structure/column.ts';
import { widthOf } from '../vt/width.ts';
import { beginsAsKey, endsAsKey } from './cut-names.ts';

const FILL = /[─━═╌]/g;
const CROSS = /[┼╪╋╂┿┬╤┳┴╧├┤╞╡┌┐└┘╔╗╚╝╠╣╦╩╬╟╢╫╨╥┏┓┗┛┣┫┻┡┩┢┪╇╈┯┷┠┨┝┥╭╮╯╰]/g;
const SEPARATORS = new Set(['|', '│', '┃', '║']);
/** less -S marks a line that goes on past the right margin. */
const CUT_MARK = '>';
/** A row of hundreds of columns is wider; what is beyond is not read as a table. */
export const MAX_RULE_WIDTH = 8192;
/** The last column of psql may be a little longer than its rule. */
const MAX_EXCESS = 2;
/** A slice of a rule that is as short says nothing about where it was cut. */
const MIN_OVERLAP = 8;
/** Places that fit a shifted row with few separators; each is one detection. */
const MAX_PLACES = 8;
/** A column whose name was cut at the margin: hidden, for nobody knows. */
const UNKNOWN_CELL = ` ${CUT_NAME} `;

/** Where the separators of a line stand, in cells. */
export interface LineCells {
  readonly separators: readonly number[];
  readonly width: number;
}

/** A header and the rule under it (in ASCII, `-` and `+`), or as much of them as was seen. */
export interface HeadLines {
  readonly header: string;
  readonly rule: string;
  /** The first column was cut, or columns stand before it. */
  readonly isCutLeft: boolean;
  /** Both were cut at the right margin: columns follow that nobody has seen. */
  readonly isCut: boolean;
  /** It was seen cut: its rows may begin anywhere. */
  readonly isShifted: boolean;
  /** It was seen beside a table with hidden columns that goes on past the margin. */
  readonly isRestOfPersonal?: boolean;
}

/** Column of a table at which the line below begins. */
export interface PieceEnd {
  readonly head: TableHead;
  readonly column: number;
}

/** How a line was read as a piece of a table, and under which circumstances. */
export interface PieceReading {
  readonly version: number;
  readonly after: PieceEnd | null;
  readonly isGrowingTop: boolean;
  readonly findings: readonly Finding[];
  readonly end: PieceEnd | null;
}

/** Where a line may stand that is read as a piece of a table. */
export interface PieceSite {
  /** Column of the table where the line begins, as the one above tells. */
  readonly after: number | null;
  /** Width of the screen: where a pager wraps. */
  readonly cols: number;
}

/**
 * The head of a table that a pager shows in pieces: rows wrapped at the margin whose first part is on another page, or rows that
 * were shifted sideways. Such a piece is read as if it stood where its separators fit under the rule.
 *
 * It may only add masks: the detector's own reading of the line counts besides.
 */
export class TableHead {
  readonly lines: HeadLines;
  /** Columns are hidden in it. */
  readonly isPersonal: boolean;
  readonly #borders: readonly number[];
  readonly #detector: LineDetector;
  /** For rows within what was seen, where the name at the right edge is whole; null where it is not. */
  readonly #seen: LineDetector | null = null;

  /** `fresh` is a detector that remembers nothing. */
  constructor(lines: HeadLines, fresh: LineDetector) {
    this.lines = lines;
    const { rule, isCut, isCutLeft } = lines;
    const borders: number[] = [];
    for (let i = 0; i < rule.length; i++) if (rule.charAt(i) === '+') borders.push(i);
    this.#borders = borders;
    this.#detector = learned(lines, fresh);
    const isTold =
      (isCutLeft && endsAsKey(firstCell(lines).trim())) || (isCut && beginsAsKey(lastCell(lines).trim()));
    this.isPersonal = isTold || lines.isRestOfPersonal === true || this.#isHidden(probe(rule));
    if (!this.isPersonal || !(isCut || isCutLeft)) return;
    const isLastTold = isCut && isToldHarmless(lastCell(lines), 'right');
    if (isLastTold) this.#seen = learned(withUnknown(lines, { isFirst: isCutLeft, isLast: false }), fresh);
    this.#detector = learned(withUnknown(lines, { isFirst: isCutLeft, isLast: isCut }), fresh);
  }

  #isHidden(row: string): boolean {
    return this.#detector.findings(row, true).some(finding => finding.rule.endsWith('.column'));
  }

  /** Whether the line is a piece of the header or of the rule. */
  holds(line: string): boolean {
    const rule = ruleOf(line);
    if (rule !== null) return this.lines.rule.includes(rule.text);
    const text = (line.endsWith(CUT_MARK) ? line.slice(0, -1) : line).trim();
    return text !== '' && this.lines.header.includes(text);
  }

  /** Column at which a piece of the header or of the rule begins, where it can stand at one only; `after` is that of the line above. */
  pieceAt(line: string, after: number | null): number | null {
    const rule = ruleOf(line)?.text;
    const text = rule ?? (line.endsWith(CUT_MARK) ? line.slice(0, -1) : line).trimEnd();
    const whole = rule === undefined ? this.lines.header.padEnd(this.lines.rule.length) : this.lines.rule;
    if (after !== null && whole.startsWith(text, after)) return after;
    const at = whole.indexOf(text);
    return at >= 0 && whole.indexOf(text, at + 1) < 0 ? at : null;
  }

  /** Columns of the table at which the line may begin; none where it is no piece of it. */
  placesOf(cells: LineCells, { after, cols }: PieceSite): readonly number[] {
    const { isCut, isShifted, rule } = this.lines;
    if (after !== null && this.#fits(cells, after)) return [after];
    const [first] = cells.separators;
    if (first === undefined) return [];
    if (!isShifted && this.#fits(cells, 0) && cells.width > (this.#borders.at(-1) ?? 0)) return [0];
    const places = this.#borders
      .map(border => border - first)
      .filter(place => place >= 0 && this.#fits(cells, place));
    if (!isShifted) return places.filter(place => place % cols === 0);
    if (places.length > 0) return places.slice(0, MAX_PLACES);
    return isCut ? [rule.length] : [];
  }

  /** Columns at which a line without separators may begin, when a pager has wrapped it and no more of it is there yet. */
  wrapPlacesOf(cells: LineCells, cols: number): readonly number[] {
    const places: number[] = [];
    if (this.lines.isShifted) return places;
    for (let place = cols; place < this.lines.rule.length && places.length < MAX_PLACES; place += cols)
      if (this.#fits(cells, place)) places.push(place);
    return places;
  }

  /** Every border within the line is a separator of it, as most of its separators are borders, and it is not longer than the table. */
  #fits({ separators, width }: LineCells, place: number): boolean {
    const { rule, isCut } = this.lines;
    if (place >= rule.length || (!isCut && place + width > rule.length + MAX_EXCESS)) return false;
    let borders = 0;
    for (const border of this.#borders) {
      const x = border - place;
      if (x < 0) continue;
      if (x >= width) break;
      if (!separators.includes(x)) return false;
      borders++;
    }
    const inside = separators.filter(x => x + place < rule.length).length;
    return borders * 2 >= inside && (borders > 0 || separators.length === 0);
  }

  /** Values in a line that begins at column `place` of the table. */
  findings(line: string, place: number): readonly Finding[] {
    const { rule } = this.lines;
    if (this.#borders.length === 0) return onlyCell(line);
    let prefix = '';
    for (let x = 0; x < place; x++) prefix += rule.charAt(x) === '+' ? '|' : ' ';
    const isWithin = place + cellsOf(line).width <= rule.length;
    const detector = (isWithin ? this.#seen : null) ?? this.#detector;
    const found: Finding[] = [];
    for (const finding of detector.findings(prefix + line, true))
      if (finding.end > place)
        found.push({ ...finding, start: Math.max(0, finding.start - place), end: finding.end - place });
    return found;
  }
}

/** A row of the one column of which the edge has left anything: psql's blank before it may be cut off. */
function onlyCell(line: string): readonly Finding[] {
  const start = line.length - line.trimStart().length;
  const end = line.trimEnd().length;
  if (start === end) return [];
  const evidence = ['under a name that the edge cut off'];
  return [{ entity: 'named-column', start, end, score: 0.7, rule: 'named-column.cut', evidence }];
}

/** The head with columns at its edges whose names nobody knows. */
function withUnknown(
  lines: HeadLines,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): HeadLines {
  const { header, rule } = lines;
  const first = rule.includes('+') ? rule.indexOf('+') : rule.length;
  const last = isLast ? rule.lastIndexOf('+') + 1 : rule.length;
  const start = isFirst ? UNKNOWN_CELL.slice(0, first).padEnd(first) : sliceCells(header, first);
  const middle = sliceCells(header, last).slice(sliceCells(header, first).length);
  const end = isLast ? UNKNOWN_CELL : '';
  return {
    ...lines,
    header: start + middle + end,
    rule: rule.slice(0, last) + '-'.repeat(end.length),
  };
}

function learned({ header, rule }: HeadLines, fresh: LineDetector): LineDetector {
  const detector = fresh.fork();
  // the top of a box stands above its header
  if (rule.startsWith('+') && rule.endsWith('+')) detector.commit(rule);
  detector.commit(header);
  detector.commit(rule);
  return detector;
}

/** What can be seen of the header in the first and in the last column, with the blanks around it. */
const firstCell = ({ header, rule }: HeadLines): string =>
  sliceCells(header, rule.includes('+') ? rule.indexOf('+') : rule.length);
const lastCell = ({ header, rule }: HeadLines): string =>
  sliceCells(header, rule.length).slice(sliceCells(header, rule.lastIndexOf('+') + 1).length);

/** A row with a word in each cell. */
function probe(rule: string): string {
  const cells = rule.replaceAll('-', 'x').replaceAll('+', '|');
  return cells.startsWith('|') ? cells : ` ${cells.slice(1)}`;
}

/** Separators and width of a line in cells. */
export function cellsOf(line: string): LineCells {
  const separators: number[] = [];
  let width = 0;
  for (const character of line) {
    if (SEPARATORS.has(character)) separators.push(width);
    width += widthOf(character.codePointAt(0) ?? 0);
  }
  return { separators, width };
}

/** The line without the mark of less -S. */
export function withoutCutMark(line: string, { width }: LineCells, cols: number): string {
  return width === cols && line.endsWith(CUT_MARK) ? line.slice(0, -1) : line;
}

/** Column of a known table at which a view of it begins that shows nothing else; -1 where it shows more. */
export function placeWithin(view: HeadLines, known: HeadLines): number {
  const header = known.header.padEnd(known.rule.length);
  const seen = view.header.trimEnd();
  for (let at = known.rule.indexOf(view.rule); at >= 0; at = known.rule.indexOf(view.rule, at + 1))
    if (header.startsWith(seen, at)) return at;
  return -1;
}

/** Two views of a table, shifted sideways, as one; null where they do not overlap. */
export function stitched(left: HeadLines, right: HeadLines): HeadLines | null {
  const { rule } = left;
  if (!left.isCut) return null;
  const known = left.header.padEnd(rule.length);
  const seen = right.header.padEnd(right.rule.length);
  for (let place = 1; place <= rule.length - MIN_OVERLAP; place++) {
    const overlap = known.slice(place);
    if (overlap.trim() === '' || right.rule.length <= overlap.length) continue;
    if (right.rule.startsWith(rule.slice(place)) && seen.startsWith(overlap)) {
      const { isCutLeft } = left;
      return {
        header: known.slice(0, place) + seen,
        rule: rule.slice(0, place) + right.rule,
        isCutLeft,
        isCut: right.isCut,
        isShifted: true,
      };
    }
  }
  return null;
}

export function mayBeRule(line: string): boolean {
  return mayBeginRule(line.charCodeAt(0));
}

/** Whether a rule may begin with the character. */
export function mayBeginRule(cp: number): boolean {
  return cp === 0x2d || cp === 0x2b || cp === 0x7c || (cp >= 0x2500 && cp < 0x2580);
}

/** A rule line or a piece of one, in ASCII; null for other lines. */
export function ruleOf(line: string): { text: string; isMarked: boolean } | null {
  if (!mayBeRule(line)) return null;
  const trimmed = line.trimEnd();
  const isMarked = trimmed.endsWith(CUT_MARK);
  const bare = isMarked ? trimmed.slice(0, -1) : trimmed;
  const text = bare
    .replace(FILL, '-')
    .replace(CROSS, '+')
    .replace(/^\|(?=-)|(?<=-)\|$/g, '+');
  return text.length >= 2 && /^[-+]*-[-+]*$/.test(text) ? { text, isMarked } : null;
}

/** The first `count` cells of a line, padded with blanks. */
function sliceCells(line: string, count: number): string {
  let text = '';
  let width = 0;
  for (const character of line) {
    const cells = widthOf(character.codePointAt(0) ?? 0);
    if (width + cells > count) break;
    text += character;
    width += cells;
  }
  return text.padEnd(text.length + count - width);
}
