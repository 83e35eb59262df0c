import { expect, test } from 'vitest';
import type { LiveState } from './live-feed.ts';
import { liveWords, refusalWords } from './live-words.ts';

const state = (change: Partial<LiveState>): LiveState => ({
  phase: 'live',
  behindMs: null,
  newestAtMs: null,
  failure: null,
  ...change,
});

test.each<[Partial<LiveState>, string | RegExp]>([
  [{ phase: 'connecting' }, 'Connecting…'],
  [{ phase: 'waiting' }, 'Waiting for the first output'],
  [{}, 'Nothing shown yet'],
  [{ behindMs: 1_240, newestAtMs: 99_000 }, '1.2 s behind'],
  [{ behindMs: 1_240, newestAtMs: 90_000 }, /^Nothing new since \d\d:\d\d:\d\d$/],
  [{ phase: 'lost' }, 'Out of reach; trying again'],
  [{ phase: 'ended' }, 'The session has ended'],
])('%j at 100 s is "%s"', (change, words) => {
  const { words: said } = liveWords(state(change), 100_000);
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});

test('says what to do without a key, with another one, and without the right', () => {
  expect(refusalWords('identity-missing').advice).toContain('sallyport keys new');
  expect(refusalWords('recording-unreadable').title).toContain('does not open');
  expect(refusalWords('not-allowed').title).toContain('may not');
  expect(refusalWords('internal').advice).toContain('Try again');
});
