import type { Finding } from '../../../contract/redaction.ts';
import type { DumpRow } from './hex-dump.ts';
import { isDumpBegun, mayBeDumpRow } from './hex-dump.ts';
import { mayBeWrapped, mayFillCell, wrappedRow } from './wrapped-cells.ts';

/** One of several lines below each other. */
export interface LineAbove {
  readonly text: string;
  /** It reaches the right edge of the screen or of its pane. */
  readonly isFull: boolean;
}

/** A part of one of the lines. */
export interface LineSpan {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A value that stands in parts of several lines. */
export interface ContinuedFinding {
  readonly finding: Finding;
  readonly spans: readonly LineSpan[];
}

export interface ContinuationOptions {
  /** Values in a text that stands alone. */
  readonly find: (text: string) => readonly Finding[];
  /** See `createDumpReader`. */
  readonly rowOf: (line: string) => DumpRow | null;
  /** Lines that reach the edge may go on at the beginning of the next one. */
  readonly joinsAtEdge: boolean;
}

/** A value is not longer; words before it count besides. */
const MAX_UNITS = 240;
const MAX_LINES = 6;
const MAX_DUMP_ROWS = 4;
/** Groups at the end of a line that a value may begin with: of a card, an IBAN, a telephone or a social security number. */
const OPEN_GROUPS =
  /(?:^|[^\w.,/:+-])((?:[3-6]\d{3}|2[2-7]\d\d)(?:[ -]\d{4}){0,2}-?|3[47]\d\d[ -]\d{6}-?|[A-Z]{2}\d{2}(?:[ -][A-Z\d]{4}){0,7}-?|[+(]{1,2}\d{1,4}\)?(?:[ .-]?\(?\d{1,5}\)?){0,4}-?|0\d{1,4}[ -]\d{2,5}-?|\d{3}-(?:\d{2}-)?|\d{2,5}-|\+)$/;
const OPEN_WINDOW = 48;
/** What the rest of such a value begins with. */
const REST_GROUPS = /^[\dA-Z(](?:[\dA-Z()-]*)(?: [\dA-Z]{1,4}(?![\w]))*/;
/** Two lines that an edge cut off make a number as well; what is hardly told from one is none. */
const MIN_EDGE_SCORE = 0.7;
const MAX_REST = 40;
const CLOCK_OR_DATE = /^(?:\d{4}-\d\d-|\d{1,2}:\d\d|\d\d\/\d\d\/)/;
const GUTTER = /^(?: *\d+ *[│|┃:]? ?| *\d+ )/;
const EMPTY_GUTTER = /^ +[│|┃:↪]? ?/;
const ESCAPED_END = '\\';

/** What may go on across a line end: letters, digits, and the punctuation inside of values. */
const JOINABLE = /[\p{L}\p{N}@._+/=-]/u;

export function isJoinable(character: string): boolean {
  return JOINABLE.test(character);
}

/** An IPv4 address that begins a line: a number at the end of the line above is not part of it. */
export function isWholeAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);
}

/** Offset of groups at the end of a line that a value may begin with and the next line may go on with; -1 where there are none. */
export function openGroupsAt(line: string): number {
  const last = line.charCodeAt(line.length - 1);
  const isDigit = last >= 0x30 && last <= 0x39;
  if (!isDigit && last !== 0x2d && last !== 0x29 && last !== 0x2b && !(last >= 0x41 && last <= 0x5a))
    return -1;
  const from = Math.max(0, line.length - OPEN_WINDOW);
  const match = OPEN_GROUPS.exec(line.slice(from));
  const groups = match?.[1];
  return groups === undefined ? -1 : line.length - groups.length;
}

/** Whether the beginning of a line may be, or become, the rest of groups in the line above. */
export function mayBeRest(line: string): boolean {
  const text = line.trimStart();
  return text.length <= MAX_REST && /^[\dA-Z() -]*$/.test(text);
}

/** A line that values may go on from, across a line feed before the edge: a row of a dump or of a table, or one that ends in open groups. */
export function mayGoOn(line: string, cols: number): boolean {
  return openGroupsAt(line) >= 0 || isDumpBegun(line) || mayWrapCells(line, cols);
}

function mayWrapCells(line: string, cols: number): boolean {
  return line.startsWith(' ') && (mayBeWrapped(line) || mayFillCell(line, cols));
}

/** Values that stand in parts of the last line and of those above it. Linear in their length. */
export function continuedFindings(
  lines: readonly LineAbove[],
  options: ContinuationOptions,
): readonly ContinuedFinding[] {
  const last = lines.at(-1);
  if (last === undefined) return [];
  if (mayBeDumpRow(last.text)) {
    const found = dumpFindings(lines, options);
    if (found !== null) return found;
  }
  if (lines.length < 2) return [];
  if (mayBeWrapped(last.text)) {
    const found = wrappedFindings(lines, options);
    if (found.length > 0) return found;
  }
  const splice = new Splice();
  let first = lines.length - 1;
  const joints: Joint[] = [];
  while (first > 0 && joints.length < MAX_LINES) {
    const joint = jointOf(lines[first - 1], lines[first], options.joinsAtEdge);
    if (joint === null) break;
    joints.unshift(joint);
    first--;
    // a line that is no more than a piece in the middle may go on above
    if ((lines[first]?.text.length ?? 0) > MAX_UNITS) break;
  }
  if (joints.length === 0) return [];
  joints.forEach(({ end, glue }, i) => {
    const start = joints[i - 1]?.start ?? Math.max(0, end - MAX_UNITS);
    splice.add(first + i, lines[first + i]?.text ?? '', start, end);
    splice.glue(glue);
  });
  const start = joints.at(-1)?.start ?? 0;
  const isGrouped = joints.some(({ glue }) => glue !== '');
  // `6 rows in set` under a number is no part of it: a key alone does not reach over the line end
  const isSaid = isGrouped && !mayBeRest(last.text.trimEnd());
  splice.add(lines.length - 1, last.text, start, Math.min(last.text.length, start + MAX_UNITS));
  return options
    .find(splice.text)
    .filter(({ entity, score, rule }) =>
      isGrouped
        ? entity !== 'person' && entity !== 'password' && !(isSaid && rule.endsWith('.key'))
        : score >= MIN_EDGE_SCORE,
    )
    .map(finding => ({ finding, spans: splice.spansOf(finding.start, finding.end) }))
    .filter(({ spans }) => {
      const rest = spans.at(-1);
      return (
        spans.length > 1 && !isWholeAddress(lines[rest?.line ?? 0]?.text.slice(rest?.start, rest?.end) ?? '')
      );
    });
}

/** How a line goes on in the next one: where the upper one ends and the lower one begins. */
interface Joint {
  readonly end: number;
  readonly glue: string;
  readonly start: number;
}

function jointOf(
  above: LineAbove | undefined,
  below: LineAbove | undefined,
  joinsAtEdge: boolean,
): Joint | null {
  if (above === undefined || below === undefined || above.text === '' || below.text === '') return null;
  if (above.isFull) {
    const isMarked = above.text.endsWith(ESCAPED_END);
    const end = above.text.length - (isMarked ? 1 : 0);
    if (isJoinable(above.text.charAt(end - 1))) {
      const gutter = gutterOf(above.text, below.text);
      const start = gutter ?? 0;
      const goesOn = (gutter !== null || joinsAtEdge || isMarked) && isJoinable(below.text.charAt(start));
      if (goesOn) return { end, glue: '', start };
    }
  }
  const text = above.text.trimEnd();
  if (openGroupsAt(text) < 0) return null;
  const start = below.text.length - below.text.trimStart().length;
  const rest = REST_GROUPS.exec(below.text.slice(start, start + OPEN_WINDOW))?.[0] ?? '';
  if (!/\d/.test(rest) || CLOCK_OR_DATE.test(below.text.slice(start))) return null;
  return { end: text.length, glue: /[-+]$/.test(text) ? '' : ' ', start };
}

/** Width of the line numbers beside a text that its program has wrapped; null where there are none. */
function gutterOf(above: string, below: string): number | null {
  const empty = EMPTY_GUTTER.exec(below)?.[0].length ?? 0;
  if (empty < 2) return null;
  const numbered = GUTTER.exec(above)?.[0].length;
  const again = EMPTY_GUTTER.exec(above)?.[0].length;
  return empty === numbered || empty === again ? empty : null;
}

/** Values in the cells that end in the last line, or go on behind it with something else. */
function wrappedFindings(
  lines: readonly LineAbove[],
  { find }: ContinuationOptions,
): readonly ContinuedFinding[] {
  const { firstLine, cells } = wrappedRow(
    lines.map(line => line.text),
    true,
  );
  if (firstLine === lines.length - 1) return [];
  const found: ContinuedFinding[] = [];
  for (const { text, places, isInLast, isMarked } of cells) {
    if (!isInLast) continue;
    const splice = new Splice();
    places.forEach(({ line, offset }, k) => splice.put(text.charAt(k), line, offset));
    for (const finding of find(text))
      if (!isMarked || finding.end < text.length)
        found.push({ finding, spans: splice.spansOf(finding.start, finding.end) });
  }
  return found;
}

function dumpFindings(
  lines: readonly LineAbove[],
  { find, rowOf }: ContinuationOptions,
): readonly ContinuedFinding[] | null {
  const shown = new Splice();
  const digits = new Splice();
  let first = lines.length;
  const rows = [];
  while (first > 0 && rows.length < MAX_DUMP_ROWS) {
    const row = rowOf(lines[first - 1]?.text ?? '');
    if (row === null) break;
    rows.unshift(row);
    first--;
  }
  if (rows.length === 0) return null;
  rows.forEach((row, i) => {
    for (let k = 0; k < row.text.length; k++) {
      const character = row.characters[k] ?? null;
      shown.put(row.text.charAt(k), character === null ? -1 : first + i, character ?? 0);
      const at = row.digits[k];
      if (at === undefined) continue;
      const line = lines[first + i]?.text ?? '';
      digits.put(line.charAt(at), first + i, at);
      digits.put(line.charAt(at + 1), first + i, at + 1);
    }
  });
  return find(shown.text).flatMap(finding => [
    { finding, spans: shown.spansOf(finding.start, finding.end) },
    ...(digits.text === '' ? [] : [{ finding, spans: digits.spansOf(finding.start * 2, finding.end * 2) }]),
  ]);
}

/** Parts of several lines as one text. */
class Splice {
  text = '';
  readonly #lines: number[] = [];
  readonly #offsets: number[] = [];

  add(line: number, text: string, start: number, end: number): void {
    for (let i = start; i < end; i++) this.put(text.charAt(i), line, i);
  }

  put(character: string, line: number, offset: number): void {
    this.text += character;
    this.#lines.push(line);
    this.#offsets.push(offset);
  }

  /** Characters that stand nowhere. */
  glue(text: string): void {
    for (const character of text) this.put(character, -1, 0);
  }

  /** Where the units stand: a span for each row of neighbours. */
  spansOf(start: number, end: number): readonly LineSpan[] {
    const spans: { line: number; start: number; end: number }[] = [];
    for (let i = start; i < end; i++) {
      const line = this.#lines[i] ?? -1;
      if (line < 0) continue;
      const offset = this.#offsets[i] ?? 0;
      const span = spans.at(-1);
      if (span?.line === line && span.end === offset) span.end++;
      else spans.push({ line, start: offset, end: offset + 1 });
    }
    return spans;
  }
}
