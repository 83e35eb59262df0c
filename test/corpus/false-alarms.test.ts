import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { LOG_FORMATS } from '../fixtures/redaction/log-lines.ts';
import { linesOfBlocks } from '../fixtures/redaction/log-blocks.ts';
import { createRandom } from '../fuzz/random.ts';

const SEED = 31;
const LINES = 16_000;
/** Sixteen digits of an issuer pass Luhn once in fifty: some ids and sequence numbers are cards to everybody. */
const MAX_CARDS = 8;

/** What was found in so many lines, in the order in which a server would write them. */
function findingsIn(seed: number, lines: number): string[] {
  const detector = createLineDetector(RedactionPolicy.parse({}));
  return Array.from({ length: lines }, (_, i) => {
    const random = createRandom(seed, i);
    const line = random.pick(LOG_FORMATS)(random);
    const found = detector.findings(line, true);
    detector.commit(line);
    return found
      .filter(({ entity }) => !['ip', 'mac', 'email'].includes(entity))
      .map(({ rule, start, end }) => `${rule}: ${line.slice(start, end)} in ${line}`);
  }).flat();
}

describe(`${LINES} lines of server logs`, () => {
  it('hold nothing but addresses, and a few numbers that are cards by all their digits', () => {
    const found = findingsIn(SEED, LINES);
    expect(found.filter(each => !each.startsWith('card.bare'))).toEqual([]);
    expect(found.length).toBeLessThanOrEqual(MAX_CARDS);
  });

  it('nor do blocks of lines that belong together, of build tools, clusters, web servers and Windows', () => {
    const detector = createLineDetector(RedactionPolicy.parse({}));
    const found = linesOfBlocks(LINES / 2, block => createRandom(SEED, block)).flatMap(line => {
      const findings = detector.findings(line, true);
      detector.commit(line);
      return findings
        .filter(({ entity }) => !['ip', 'mac', 'email'].includes(entity))
        .map(({ rule, start, end }) => `${rule}: ${line.slice(start, end)} in ${line}`);
    });
    expect(found.filter(each => !each.includes('Using generated security password'))).toEqual([]);
  });
});
