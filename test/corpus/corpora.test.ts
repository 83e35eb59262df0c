import { describe, expect, it } from 'vitest';
import { corpusDetector, productDetector, readCorpus } from './corpora.ts';
import { measure, ownCases, recogniserCases, sentenceCases, sumOf } from './measure.ts';

/** The floor under what the detectors cover; `npm run corpus` prints the figures. */
const detector = corpusDetector();
const recognisers = readCorpus('recognizer-cases.jsonl');
const sentences = readCorpus('sentences.jsonl');

describe('the project’s own vectors', () => {
  it('are covered, every one', () => {
    const { tallies } = measure(ownCases(), productDetector());
    const sum = sumOf(tallies.values());
    expect(sum.covered).toBe(sum.spans);
    expect(sum.named).toBe(sum.spans);
    expect(sum.flaggedByAny).toBe(0);
  });
});

describe.skipIf(recognisers === null)(
  'recogniser cases (need the public corpora beside the checkout)',
  () => {
    const { tallies } = measure(recogniserCases(recognisers ?? []), detector);
    const commonest = [...tallies.values()]
      .sort((a, b) => b.spans + b.negatives - (a.spans + a.negatives))
      .slice(0, 25);

    it('are covered where they are strong, and negatives are left alone', () => {
      const sum = sumOf(tallies.values());
      expect(sum.strongCovered / sum.strong).toBeGreaterThan(0.975);
      expect(sum.covered / sum.spans).toBeGreaterThan(0.9);
      expect(sum.flagged / sum.negatives).toBeLessThan(0.025);
    });

    it('of the 25 commonest types are covered in 99 of 100 strong cases', () => {
      const sum = sumOf(commonest);
      expect(sum.strongCovered / sum.strong).toBeGreaterThanOrEqual(0.99);
      expect(sum.flagged / sum.negatives).toBeLessThan(0.02);
    });

    it.each(['EMAIL_ADDRESS', 'IBAN_CODE', 'CRYPTO', 'CREDIT_CARD', 'MAC_ADDRESS'])(
      'of %s are covered, every one',
      entity => {
        expect(tallies.get(entity)?.covered).toBe(tallies.get(entity)?.spans);
      },
    );
  },
);

describe.skipIf(sentences === null)(
  'synthetic sentences (need the public corpora beside the checkout)',
  () => {
    const { tallies } = measure(sentenceCases(sentences ?? []), detector);

    it.each(['EMAIL_ADDRESS', 'IBAN_CODE', 'US_SSN', 'IP_ADDRESS', 'CREDIT_CARD'])(
      'have every span of %s covered',
      entity => {
        expect(tallies.get(entity)?.covered).toBe(tallies.get(entity)?.spans);
      },
    );

    it('have hardly anything else covered', () => {
      const sum = sumOf(tallies.values());
      expect(sum.right / sum.findings).toBeGreaterThan(0.98);
    });
  },
);
