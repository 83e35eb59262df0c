import { describe, expect, it } from 'vitest';
import type { AdditionalStage } from './additional-stage.ts';
import { withStage } from './additional-stage.ts';
import { createLineDetector } from './detect/create-line-detector.ts';
import { DEFAULT_POLICY } from './policy.ts';

/** Takes each word in angle brackets for a name, and claims more than it should. */
const bracketed: AdditionalStage = {
  name: 'bracketed',
  find: line => [
    ...[...line.matchAll(/<<[a-z]+>>/g)].map(({ index, 0: word }) => ({
      entity: 'person' as const,
      start: index,
      end: index + word.length,
      score: 0.9,
      rule: 'bracketed',
      evidence: ['brackets'],
    })),
    { entity: 'person', start: 0, end: 9999, score: 0.9, rule: 'bracketed', evidence: [] },
    { entity: 'person', start: 0, end: 2, score: 0.1, rule: 'bracketed', evidence: [] },
  ],
};

describe('a detector with a further stage', () => {
  const rules = createLineDetector(DEFAULT_POLICY);
  const both = withStage(rules, bracketed);
  const line = 'mail jane.doe@example.org to <<jim>>';

  it('finds what the rules find and what the stage adds, in order', () => {
    expect(both.findings(line, true).map(each => line.slice(each.start, each.end))).toEqual([
      'jane.doe@example.org',
      '<<jim>>',
    ]);
  });

  it('keeps the findings of the rules where the stage claims the same place', () => {
    const greedy = withStage(rules, {
      name: 'greedy',
      find: text => [
        { entity: 'person', start: 0, end: text.length, score: 1, rule: 'greedy', evidence: [] },
      ],
    });
    expect(greedy.findings(line, true)).toEqual(rules.findings(line, true));
  });

  it('asks the stage for complete lines only, in its forks too', () => {
    expect(both.findings(line, false)).toEqual(rules.findings(line, false));
    expect(both.fork().findings(line, true)).toEqual(both.findings(line, true));
  });
});
