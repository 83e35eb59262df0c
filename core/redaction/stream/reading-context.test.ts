import { describe, expect, it } from 'vitest';
import type { LineDetector } from '../line-detector.ts';
import { fakeDetector } from './testing/fake-detector.ts';
import { bytesOf, testRedactor } from './testing/terminal.ts';

/** The fake detector, noting what it reads. */
function noting(inner: LineDetector, read: string[], hasKey: boolean): LineDetector {
  const { memoryKey } = inner;
  return {
    findings(line, isComplete) {
      read.push(line);
      return inner.findings(line, isComplete);
    },
    openCandidate: line => inner.openCandidate(line),
    commit: line => inner.commit(line),
    fork: () => noting(inner.fork(), read, hasKey),
    ...(hasKey && memoryKey !== undefined ? { memoryKey } : {}),
  };
}

const frame = (clock: string) =>
  `\x1b[H${clock}\r\n${Array.from({ length: 20 }, (_, i) => `row ${i} stays as it is`).join('\r\n')}\x1b[24;1H`;

function paint(hasKey: boolean, frames: readonly string[]): string[][] {
  const read: string[] = [];
  const { redactor } = testRedactor({ detector: noting(fakeDetector(), read, hasKey) });
  return frames.map(text => {
    read.length = 0;
    redactor.write(bytesOf(text));
    for (let i = 0; redactor.holdMs !== null && i < 3; i++) redactor.flush();
    return [...read];
  });
}

describe('a screen that is painted again', () => {
  it('is not read again while nothing on it changes', () => {
    const [first = [], again = []] = paint(false, [frame('at nine'), frame('at nine'), frame('at nine')]);
    expect(first.length).toBeGreaterThanOrEqual(21);
    expect(again).toEqual([]);
  });

  it('is read anew below a line that changed, by a detector that cannot tell what it remembers', () => {
    const [, again = []] = paint(false, [frame('at nine'), frame('at five')]);
    expect(again.filter(line => line.startsWith('row '))).toHaveLength(20);
  });

  it('is read in the changed line and the next one only, by a detector that can', () => {
    const [, again = []] = paint(true, [frame('at nine'), frame('at five')]);
    expect(again).toContain('at five');
    expect(again.filter(line => line.startsWith('row '))).toEqual(['row 0 stays as it is']);
  });
});
