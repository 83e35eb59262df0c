import type { Entity, Finding } from '../../../contract/redaction.ts';
import { SECRET_RULES } from '../detect/secrets/secret-rules.ts';
import type { LineDetector } from '../line-detector.ts';
import { mayBeDumpRow } from './hex-dump.ts';
import type { KnownValues } from './known-values.ts';

/** less -S marks a line that goes on past the right margin. */
const CUT_MARK = '>';
const WINDOW = 80;

/** The beginnings of values that tell themselves: nothing else looks like it. */
const SHAPES: readonly (readonly [Entity, RegExp])[] = [
  ['email', /[\w.%+'-]{2,64}@[\w-]{0,63}(?:\.[\w-]{0,63}){0,4}$/],
  ['iban', /(?:^|[^\w])[A-Z]{2}\d{2}(?: ?[A-Z\d]){2,30}$/],
  [
    'api-key',
    /(?:^|[^\w])(?:AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abposr]-|sk_live_|sk-|AIza|npm_|eyJ)[\w.-]{4,}$/,
  ],
  ['phone', /(?:^|[^\w.])\+[1-9]\d{0,2}[ (.-]{0,2}\d{1,4}[ ).-]{0,2}\d{2,}[\d .-]{0,10}$/],
  ['card', /(?:^|[\s"'(=|:>])(?:[3-6]\d{3}([ -])\d{4}(?:\1\d{0,4}){0,3}|[3-6]\d{7,18})$/],
];
/** Told without more: addresses of networks after three of their groups (a time has fewer colons), a card's first groups alone in a cell. */
const PLAIN_SHAPES: readonly (readonly [Entity, RegExp])[] = [
  // a table's numbers stand at the right of their cells: at the left stand those that are kept as text, but for years
  [
    'national-id',
    /[│|] (?!(?:19|20)\d\d(?:-|$))(?:\d{4,}|\d{2,5}[ -]\d[\d -]*|756\.\d[\d.]*|\d{3}\.\d{3}\.[\d.-]*|[A-Z]{2,5}\d{1,6})$/,
  ],
  ['mac', /(?:^|[^\w:.-])(?:[\da-f]{2}([:-]))(?:[\da-f]{2}\1){1,4}[\da-f]{0,2}$/i],
  ['ip', /(?:^|[^\w:.])(?:[\da-f]{1,4}:){3,7}[\da-f]{0,4}$/i],
];
/** The shortest literals say nothing. */
const MIN_LITERAL = 4;
const LITERALS: readonly string[] = SECRET_RULES.flatMap(rule => rule.prefixes).filter(
  prefix => (prefix.length >= MIN_LITERAL || prefix === 'SG.') && /^\w/.test(prefix),
);
const LAST_WORD = /(?:^|[^\w.-])([\w.-]{5,})$/;
/** The end of a token: letters and digits mixed, or no word. */
const TOKEN_END = /^(?=[\w.:+/=-]*\d)[\w.:+/=-]{4,}(?= +[│|┃]|$)/;
const NAMED =
  /\b(?:card|kart\w*|pan|ssn|social security|iban|phone|mobile|tel|fax|passport|account|konto|nhs|tax id)\b[^\w\n]{0,4}(?:(?:no|nr|number|is)\b[^\w]{0,3})?$/i;
const NAMED_MAIL = /\b(?:e-?mail|mail|login)\b[^\w\n]{1,4}([\w.%+'-]{4,64})$/i;
const NAMED_PART = /[+(]?\d[\d ().-]*$/;

/** A line of a screen whose program may have cut it off at an edge. */
export interface CutLine {
  readonly text: string;
  /** It reaches the right edge. */
  readonly isFull: boolean;
  /** Nothing stands left of it that belongs to it. */
  readonly startsAtEdge: boolean;
}

/** What can be seen of values that an edge cuts off: those that tell themselves, and parts of those that were seen before. */
export function cutFindings(
  { text, isFull, startsAtEdge }: CutLine,
  { detector, known }: { detector: LineDetector; known: KnownValues | null },
): readonly Finding[] {
  const found: Finding[] = [];
  const tail = startsAtEdge ? (known?.tailAtStart(text) ?? 0) : 0;
  if (tail > 0) found.push(finding('named-column', 0, tail, 'the end of a value that was masked before'));
  else if (startsAtEdge && known?.hasCut === true) {
    // the middle of it was never shown: nothing else tells its end
    const end = TOKEN_END.exec(text)?.[0].length ?? 0;
    if (end > 0) found.push(finding('named-column', 0, end, 'under a value that the edge cut off'));
  }
  if (!isFull) return found;
  const line = text.endsWith(CUT_MARK) ? text.slice(0, -1) : text;
  const head = known?.headAtEnd(line) ?? -1;
  if (head >= 0)
    found.push(finding('named-column', head, line.length, 'the beginning of a value that was masked before'));
  const shape = head < 0 ? shapeAtEnd(line, detector) : null;
  if (shape !== null) found.push(shape);
  return found;
}

function shapeAtEnd(line: string, detector: LineDetector): Finding | null {
  if (!/[\p{L}\p{N}@. -]$/u.test(line) || mayBeDumpRow(line)) return null;
  const from = Math.max(0, line.length - WINDOW);
  const window = line.slice(from);
  const mail = NAMED_MAIL.exec(window)?.[1];
  if (mail !== undefined)
    return finding(
      'email',
      line.length - mail.length,
      line.length,
      'named, and cut off at the edge of the screen',
    );
  const word = LAST_WORD.exec(window)?.[1] ?? '';
  const isPart = /[_-]/.test(word) && LITERALS.some(literal => literal.startsWith(word));
  if (isPart || LITERALS.some(literal => word.startsWith(literal)))
    return finding('api-key', line.length - word.length, line.length, 'cut off at the edge of the screen');
  for (const [entity, shape] of PLAIN_SHAPES) {
    const match = shape.exec(window);
    const lead = match === null ? 0 : (/^[^\p{L}\p{N}]*/u.exec(match[0])?.[0].length ?? 0);
    if (match !== null)
      return finding(entity, from + match.index + lead, line.length, 'cut off at the edge of the screen');
  }
  const open = detector.openCandidate(line);
  if (open?.strength !== 'strong') return null;
  for (const [entity, shape] of SHAPES) {
    const match = shape.exec(window);
    if (match === null) continue;
    // the last numbers of a row of numbers, or of bytes
    if (entity === 'card' && /[\da-f][ |]{1,8}$/i.test(window.slice(0, match.index + 1))) continue;
    const lead = /^[^\p{L}\p{N}+]*/u.exec(match[0])?.[0].length ?? 0;
    return finding(entity, from + match.index + lead, line.length, 'cut off at the edge of the screen');
  }
  const part = NAMED_PART.exec(window);
  if (part === null || part[0].replaceAll(/\D/g, '').length < 4 || !NAMED.test(window.slice(0, part.index)))
    return null;
  return finding(
    'national-id',
    from + part.index,
    line.length,
    'named, and cut off at the edge of the screen',
  );
}

function finding(entity: Entity, start: number, end: number, why: string): Finding {
  return { entity, start, end, score: 0.7, rule: `${entity}.cut`, evidence: [why] };
}
