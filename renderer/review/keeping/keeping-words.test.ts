import { describe, expect, it } from 'vitest';
import type { RecordingSummary } from '../../../contract/server-api.ts';
import { deletionObstacle, keptWords } from './keeping-words.ts';

const DAY_MS = 24 * 3_600_000;
const NOW_MS = Date.UTC(2026, 5, 1, 12);
const hold = { reason: 'A court asked', by: 'Rita', atMs: NOW_MS };
const review = (status: RecordingSummary['review']['status']): RecordingSummary['review'] => ({
  status,
  required: 1,
  reviewedBy: [],
  raisedBy: [],
  dueAtMs: null,
});
const whole = {
  ...{ state: 'complete' as const, hold: null, retainUntilMs: NOW_MS + 3 * DAY_MS },
  review: review('unreviewed'),
};

describe('how long a recording is kept', () => {
  it.each([
    ['three days', whole, /\(3 days left\); then the server deletes it/],
    ['one day', { ...whole, retainUntilMs: NOW_MS + 2 * DAY_MS - 1 }, /\(1 day left\)/],
    ['hours', { ...whole, retainUntilMs: NOW_MS + DAY_MS - 1 }, /less than a day left/],
    ['no more', { ...whole, retainUntilMs: NOW_MS }, /Its time is over/],
    ['for ever', { ...whole, retainUntilMs: null }, /No time is set/],
    ['while it runs', { ...whole, state: 'running' as const }, /begins with its last bytes/],
    [
      'while it is flagged',
      { ...whole, review: review('flagged') },
      /3 days left\), and while it is flagged/,
    ],
    [
      'over, but there is a follow-up',
      { ...whole, retainUntilMs: NOW_MS, review: review('follow-up') },
      /was over .*open for a follow-up: kept until that is settled/,
    ],
    ['while it is held', { ...whole, hold, retainUntilMs: NOW_MS - 1 }, /as long as the hold stands/],
  ])('is said: %s', (_name, recording, words) => {
    expect(keptWords(recording, NOW_MS)).toMatch(words);
  });
});

describe('a deletion', () => {
  it.each([
    ['held', { ...whole, hold, review: review('reviewed') }, /held/],
    ['not whole', { ...whole, state: 'running' as const, review: review('unreviewed') }, /not whole/],
    ['not reviewed', { ...whole, review: review('unreviewed') }, /not reviewed/],
    ['flagged', { ...whole, retainUntilMs: NOW_MS, review: review('flagged') }, /flagged: .*settles/],
    ['to be followed up', { ...whole, review: review('follow-up') }, /follow-up: .*settles/],
  ])('is kept from by a recording that is %s', (_name, recording, words) => {
    expect(deletionObstacle(recording, NOW_MS)).toMatch(words);
  });

  it('is open to what was reviewed, and to what has had its time', () => {
    expect(deletionObstacle({ ...whole, review: review('reviewed') }, NOW_MS)).toBeNull();
    expect(
      deletionObstacle({ ...whole, retainUntilMs: NOW_MS, review: review('unreviewed') }, NOW_MS),
    ).toBeNull();
  });
});
