import { describe, expect, it } from 'vitest';
import { AccountId } from '../../contract/ids.ts';
import type { ReviewState } from '../../contract/server-api.ts';
import type { DecisionFact } from './review-state.ts';
import { reviewFacts } from './review-state.ts';

/** `rita:flagged`, or `victor:lifted:0` for what settles the first one. */
function decisions(...made: readonly string[]): DecisionFact[] {
  return made.map((text, index) => {
    const [who = '', decision = '', settles] = text.split(':');
    return {
      id: String(index),
      decision: decision as DecisionFact['decision'],
      accountId: AccountId.parse(who),
      settles: settles ?? null,
    };
  });
}

describe('what stands of a review', () => {
  const cases: [string, string[], number, ReviewState['status'], string[]][] = [
    ['nothing decided', [], 1, 'unreviewed', []],
    ['one of one', ['rita:reviewed'], 1, 'reviewed', ['rita']],
    ['one of two', ['rita:reviewed'], 2, 'partly', ['rita']],
    ['the same one twice is one of two', ['rita:reviewed', 'rita:reviewed'], 2, 'partly', ['rita']],
    ['two of two', ['rita:reviewed', 'victor:reviewed'], 2, 'reviewed', ['rita', 'victor']],
    ['a flag stands over a review by another', ['rita:flagged', 'victor:reviewed'], 1, 'flagged', ['victor']],
    ['a flag stands when who raised it reviews', ['rita:flagged', 'rita:reviewed'], 1, 'flagged', ['rita']],
    ['a lifted flag leaves the review open', ['rita:flagged', 'victor:lifted:0'], 1, 'unreviewed', []],
    ['of two flags one is lifted', ['rita:flagged', 'victor:flagged', 'victor:lifted:0'], 1, 'flagged', []],
    ['who flags after reviewing vouches no longer', ['rita:reviewed', 'rita:flagged'], 1, 'flagged', []],
    [
      'after the lift that review is still missing',
      ['rita:reviewed', 'rita:flagged', 'victor:lifted:1'],
      1,
      'unreviewed',
      [],
    ],
    ['a follow-up stands', ['victor:reviewed', 'rita:follow-up'], 1, 'follow-up', ['victor']],
    [
      'a follow-up ends with the review of who asked',
      ['rita:follow-up', 'rita:reviewed'],
      1,
      'reviewed',
      ['rita'],
    ],
    [
      'a follow-up stays when another reviews',
      ['rita:follow-up', 'victor:reviewed'],
      1,
      'follow-up',
      ['victor'],
    ],
    [
      'a follow-up that was settled',
      ['rita:follow-up', 'victor:lifted:0', 'victor:reviewed'],
      1,
      'reviewed',
      ['victor'],
    ],
  ];
  it.each(cases)('%s', (...[, made, reviewers, status, reviewedBy]) => {
    expect(reviewFacts(decisions(...made), { reviewers })).toMatchObject({ status, reviewedBy });
  });

  it('names who raised what still stands', () => {
    const facts = reviewFacts(decisions('rita:flagged', 'victor:follow-up', 'victor:lifted:0'), {
      reviewers: 1,
    });
    expect(facts.raisedBy).toEqual(['victor']);
    expect([...facts.standing]).toEqual(['1']);
  });
});
