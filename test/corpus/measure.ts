import type { Entity } from '../../contract/redaction.ts';
import type { LineDetector } from '../../core/redaction/line-detector.ts';
import type { TextFinding } from '../../core/redaction/scan-text.ts';
import { NEGATIVE, POSITIVE, unmark } from '../fixtures/redaction/values.ts';
import { ID_NEGATIVE, ID_POSITIVE } from '../fixtures/redaction/identifiers.ts';
import type { Case, Span } from './corpora.ts';
import { findingsOf, isCovered, OURS } from './corpora.ts';

/** A recogniser's own score from which on its case counts as strong: the value is told by its form, no word has to name it. */
const STRONG_SCORE = 0.5;

/** What was measured for one entity of one corpus. Texts that hold a value are counted by spans, the others as negatives. */
export interface Tally {
  spans: number;
  /** Spans of which every letter and digit is masked, whatever the finding is called. */
  covered: number;
  /** Of those, spans that a finding of the entity itself covers. */
  named: number;
  strong: number;
  strongCovered: number;
  negatives: number;
  /** Negatives with a finding of this entity. */
  flagged: number;
  /** Negatives with a finding of any entity. */
  flaggedByAny: number;
  /** Findings in this entity's texts, and how many of them touch a labelled span. */
  findings: number;
  right: number;
  /** Masked letters and digits outside any labelled span. */
  collateral: number;
}

/** A span that was not covered, or a text in which something was found that is not labelled. */
export interface Miss {
  readonly kind: 'miss' | 'weak-miss' | 'false-alarm';
  readonly entity: string;
  readonly text: string;
  readonly value: string;
  /** Of a false alarm. */
  readonly rule?: string;
}

export interface Measurement {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly misses: readonly Miss[];
}

/** One case as it is counted: spans of which at least one is in scope, or none. */
interface Counted {
  readonly text: string;
  readonly entity: string | null;
  readonly spans: readonly (Span & { readonly isStrong: boolean })[];
  readonly isNegative: boolean;
}

/**
 * Recogniser cases. A span is strong where the recogniser's own asserted score is 0.5 or more; a `validate` case that is valid counts as
 * a strong span over the whole text, an invalid one as a negative; a `context` case has no span and counts as weak, over its number.
 */
export function recogniserCases(cases: readonly Case[]): readonly Counted[] {
  return cases.flatMap((each): readonly Counted[] => {
    const { text, kind } = each;
    const entity = each.entity ?? null;
    if (entity === null || OURS[entity] === undefined || each.valid === null) return [];
    if (kind === 'validate') {
      const whole = { entity, start: 0, end: [...text].length, isStrong: true };
      return [{ text, entity, spans: each.valid === true ? [whole] : [], isNegative: each.valid === false }];
    }
    if (kind === 'context') {
      const number = /[A-Z]?[\d(][\d().-]*(?: [\d().-]+)*\d[A-Z]?/.exec(text);
      if (number === null) return [];
      const span = { entity, start: number.index, end: number.index + number[0].length, isStrong: false };
      return [{ text, entity, spans: [span], isNegative: false }];
    }
    const spans = each.spans
      .filter(span => typeof span.start === 'number')
      .map(span => ({ ...span, isStrong: (span.score_min ?? 0) >= STRONG_SCORE }));
    return [{ text, entity, spans, isNegative: each.n === 0 }];
  });
}

/** Sentences: each labelled span counts as strong; a sentence may hold several entities and some that are out of scope. */
export function sentenceCases(cases: readonly Case[]): readonly Counted[] {
  return cases.map(({ text, spans }) => ({
    text,
    entity: null,
    spans: spans.map(span => ({ ...span, isStrong: true })),
    isNegative: spans.length === 0,
  }));
}

/** The project's own vectors. */
export function ownCases(): readonly Counted[] {
  return [
    ...[...POSITIVE, ...ID_POSITIVE].map(([entity, marked]) => {
      const { line, start, end } = unmark(marked);
      // offsets of the vectors are UTF-16 units; nothing in them lies outside of the basic plane
      return { text: line, entity, spans: [{ entity, start, end, isStrong: true }], isNegative: false };
    }),
    ...[...NEGATIVE, ...ID_NEGATIVE].map(text => ({ text, entity: 'none', spans: [], isNegative: true })),
  ];
}

export function measure(cases: readonly Counted[], detector: LineDetector): Measurement {
  const tallies = new Map<string, Tally>();
  const misses: Miss[] = [];
  const of = (entity: string): Tally => {
    const found = tallies.get(entity) ?? emptyTally();
    tallies.set(entity, found);
    return found;
  };
  for (const each of cases) {
    const findings = findingsOf(each.text, detector);
    const chars = [...each.text];
    for (const span of each.spans) {
      if (!isInScope(span.entity)) continue;
      const tally = of(span.entity);
      const isHidden = isCovered(each.text, span, findings);
      tally.spans++;
      if (span.isStrong) tally.strong++;
      if (isHidden) tally.covered++;
      if (isHidden && span.isStrong) tally.strongCovered++;
      if (isHidden && findings.some(finding => overlaps(finding, span) && isNamed(finding, span.entity)))
        tally.named++;
      if (!isHidden)
        misses.push({
          kind: span.isStrong ? 'miss' : 'weak-miss',
          entity: span.entity,
          text: each.text,
          value: chars.slice(span.start, span.end).join(''),
        });
    }
    if (each.isNegative && each.entity !== null) {
      const tally = of(each.entity);
      tally.negatives++;
      if (findings.some(finding => isNamed(finding, each.entity ?? ''))) tally.flagged++;
      if (findings.length > 0) tally.flaggedByAny++;
    }
    for (const finding of findings) {
      const isRight = each.spans.some(span => overlaps(finding, span));
      const tally = of(
        each.entity ?? each.spans.find(span => overlaps(finding, span))?.entity ?? finding.entity,
      );
      tally.findings++;
      if (isRight) tally.right++;
      tally.collateral += countOutside(chars, finding, each.spans);
      if (!isRight)
        misses.push({
          kind: 'false-alarm',
          entity: each.entity ?? finding.entity,
          text: each.text,
          value: chars.slice(finding.start, finding.end).join(''),
          rule: finding.rule,
        });
    }
  }
  return { tallies, misses };
}

export function emptyTally(): Tally {
  return {
    spans: 0,
    covered: 0,
    named: 0,
    strong: 0,
    strongCovered: 0,
    negatives: 0,
    flagged: 0,
    flaggedByAny: 0,
    findings: 0,
    right: 0,
    collateral: 0,
  };
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum = emptyTally();
  for (const each of tallies) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += each[key];
  return sum;
}

/** Entities of the corpora that are ours, or our own names. */
function isInScope(entity: string): boolean {
  return OURS[entity] !== undefined || /^[a-z]/.test(entity);
}

function isNamed(finding: TextFinding, entity: string): boolean {
  const ours: readonly Entity[] | undefined = OURS[entity];
  return ours === undefined ? finding.entity === entity || entity === 'none' : ours.includes(finding.entity);
}

function overlaps(finding: TextFinding, span: Span): boolean {
  return span.start < finding.end && finding.start < span.end;
}

function countOutside(chars: readonly string[], finding: TextFinding, spans: readonly Span[]): number {
  let count = 0;
  for (let at = finding.start; at < finding.end; at++) {
    if (!/[\p{L}\p{N}]/u.test(chars[at] ?? '')) continue;
    if (!spans.some(span => span.start <= at && span.end > at)) count++;
  }
  return count;
}
