import type { Finding } from '../../contract/redaction.ts';
import type { LineDetector } from './line-detector.ts';

/**
 * A stage that knows more than rules can, such as a language model for names. It is off by default, never in a terminal's path (a scan of
 * files can wait for it), and it may only add: what the rules found stays as it is.
 */
export interface AdditionalStage {
  readonly name: string;
  /** Further values in a complete line: UTF-16 offsets, any order. What lies outside of the line is dropped. */
  find(line: string): readonly Finding[];
}

/** A detector that asks a stage too, for complete lines; `minScore` is what the stage's findings need (0.5). */
export function withStage(detector: LineDetector, stage: AdditionalStage, minScore = 0.5): LineDetector {
  return {
    findings(line, isComplete) {
      const found = detector.findings(line, isComplete);
      if (!isComplete || line === '') return found;
      const added = stage
        .find(line)
        .filter(
          each =>
            each.score >= minScore && isInside(each, line) && !found.some(other => overlaps(each, other)),
        );
      return added.length === 0 ? found : disjoint([...found, ...added]);
    },
    openCandidate: line => detector.openCandidate(line),
    commit: line => {
      detector.commit(line);
    },
    fork: () => withStage(detector.fork(), stage, minScore),
  };
}

function isInside({ start, end }: Finding, line: string): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= line.length && start < end;
}

function overlaps(left: Finding, right: Finding): boolean {
  return left.start < right.end && right.start < left.end;
}

/** Sorted; of two claims of a stage that overlap, the first stays. */
function disjoint(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Finding[] = [];
  for (const each of sorted) if (each.start >= (kept.at(-1)?.end ?? 0)) kept.push(each);
  return kept;
}
