import { describe, expect, it } from 'vitest';
import type { ReviewDecision } from '../../../contract/recording-review.ts';
import type { RecordingSummary, ReviewState } from '../../../contract/server-api.ts';
import { decisionWords, dueWords, isOverdue, stateWords, waitsFor } from './review-words.ts';

const DAY_MS = 24 * 3600 * 1000;
const rita = {
  id: 'rita',
  name: 'Rita',
  roles: ['reviewer'],
} as unknown as ReviewState['reviewedBy'][number];
const review = (change: Partial<ReviewState> = {}): ReviewState => ({
  status: 'unreviewed',
  required: 1,
  reviewedBy: [],
  raisedBy: [],
  dueAtMs: null,
  ...change,
});

describe('words for a review', () => {
  it.each<[Partial<ReviewState>, string]>([
    [{}, 'unreviewed'],
    [{ required: 2 }, 'unreviewed, needs 2'],
    [{ status: 'partly', required: 2, reviewedBy: [rita] }, '1 of 2 reviewers'],
    [{ status: 'reviewed', reviewedBy: [rita] }, 'reviewed by Rita'],
    [{ status: 'flagged', raisedBy: [rita] }, 'flagged by Rita'],
    [{ status: 'follow-up', raisedBy: [rita] }, 'follow-up by Rita'],
  ])('%j is "%s"', (change, words) => {
    expect(stateWords(review(change)).words).toBe(words);
  });

  it.each([
    [null, null],
    [3.5 * DAY_MS, 'due in 3 days'],
    [1, 'due in less than a day'],
    [0, 'overdue by less than a day'],
    [-2 * DAY_MS, 'overdue by 2 days'],
  ])('a date %j from now is "%s"', (dueAtMs, words) => {
    expect(dueWords(review({ dueAtMs }), 0)?.words ?? null).toBe(words);
    expect(isOverdue(review({ dueAtMs }), 0)).toBe(words?.startsWith('overdue') ?? false);
  });

  it('a date does not matter once it is reviewed', () => {
    const done = review({ status: 'reviewed', reviewedBy: [rita], dueAtMs: -DAY_MS });
    expect(dueWords(done, 0)).toBeNull();
    expect(isOverdue(done, 0)).toBe(false);
  });

  it.each<[string, Partial<ReviewState>, RecordingSummary['state'], boolean]>([
    ['another', {}, 'complete', true],
    ['somebody who reviewed it', { reviewedBy: [rita], status: 'partly' }, 'complete', false],
    ['anybody while it runs', {}, 'running', false],
    ['anybody once it is reviewed', { status: 'reviewed' }, 'complete', false],
  ])('waits for %s', (_who, change, state, expected) => {
    const recording = {
      review: review(change),
      session: { operator: { id: 'olga' } },
      state,
      deletion: null,
    };
    expect(waitsFor(recording as unknown as RecordingSummary, 'rita')).toBe(expected);
    const deleted = { ...recording, deletion: { reason: 'done' } };
    expect(waitsFor(deleted as unknown as RecordingSummary, 'rita')).toBe(false);
    expect(waitsFor(recording as unknown as RecordingSummary, 'olga')).toBe(false);
  });

  it('says whose flag was lifted', () => {
    const flag = { id: '1', decision: 'flagged', by: rita, settles: null } as ReviewDecision;
    const lift = { id: '2', decision: 'lifted', by: rita, settles: '1' } as ReviewDecision;
    expect(decisionWords(flag, [flag, lift])).toBe('flagged it');
    expect(decisionWords(lift, [flag, lift])).toBe('lifted the flag of Rita');
  });
});
