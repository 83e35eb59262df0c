import type { Finding } from '../../../contract/redaction.ts';
import type { LineDetector, OpenCandidate, TakenLines } from '../line-detector.ts';

/**
 * A detector that fails closed: where it throws, the whole line counts as found, and what it finds outside of the line is cut to
 * the line. The stream must never pass text because a detector stumbled.
 */
export function guardedDetector(detector: LineDetector): LineDetector {
  return new GuardedDetector(detector);
}

/** A class: a screen makes a fork for each of its lines. */
class GuardedDetector implements LineDetector {
  readonly #detector: LineDetector;

  constructor(detector: LineDetector) {
    this.#detector = detector;
  }

  findings(line: string, isComplete: boolean): readonly Finding[] {
    if (line === '') return [];
    try {
      return checkedFindings(this.#detector.findings(line, isComplete), line.length);
    } catch {
      return [wholeLine(line)];
    }
  }

  openCandidate(line: string): OpenCandidate | null {
    if (line === '') return null;
    try {
      return checkedCandidate(this.#detector.openCandidate(line), line.length);
    } catch {
      return { start: 0, strength: 'strong' };
    }
  }

  commit(line: string): void {
    try {
      this.#detector.commit(line);
    } catch {
      // what it would have remembered is lost; the lines that it cannot read are masked by the above
    }
  }

  passes(codes: Uint16Array, length: number): boolean {
    try {
      return this.#detector.passes?.(codes, length) === true;
    } catch {
      return false;
    }
  }

  takeLines(bytes: Uint8Array, from: number, cols: number): TakenLines | null {
    try {
      return this.#detector.takeLines?.(bytes, from, cols) ?? null;
    } catch {
      return null;
    }
  }

  previousLine(): string {
    try {
      return this.#detector.previousLine?.() ?? '';
    } catch {
      return '';
    }
  }

  memoryKey(): string | undefined {
    try {
      return this.#detector.memoryKey?.();
    } catch {
      return undefined;
    }
  }

  fork(): LineDetector {
    try {
      return new GuardedDetector(this.#detector.fork());
    } catch {
      return failedDetector;
    }
  }
}

function checkedFindings(findings: readonly Finding[], length: number): readonly Finding[] {
  for (const { start, end } of findings)
    if (!(start >= 0 && end <= length && end > start))
      return findings.flatMap(finding => withinLine(finding, length));
  return findings;
}

function withinLine(finding: Finding, length: number): Finding[] {
  const start = Math.max(0, finding.start);
  const end = Math.min(length, finding.end);
  if (start === finding.start && end === finding.end) return end > start ? [finding] : [];
  return end > start ? [{ ...finding, start, end }] : [];
}

function checkedCandidate(candidate: OpenCandidate | null, length: number): OpenCandidate | null {
  if (candidate === null || candidate.start >= length) return null;
  return candidate.start >= 0 ? candidate : { start: 0, strength: candidate.strength };
}

function wholeLine(line: string): Finding {
  return {
    entity: 'password',
    start: 0,
    end: line.length,
    score: 0,
    rule: 'detector.failed',
    evidence: ['the detector failed on this line'],
  };
}

const failedDetector: LineDetector = {
  findings: line => (line === '' ? [] : [wholeLine(line)]),
  openCandidate: line => (line === '' ? null : { start: 0, strength: 'strong' }),
  commit: () => undefined,
  fork: () => failedDetector,
};
