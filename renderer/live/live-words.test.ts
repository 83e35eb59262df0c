import { expect, test } from 'vitest';
import type { LiveState } from './live-feed.ts';
import { checkWords, liveWords, refusalWords } from './live-words.ts';

const state = (change: Partial<LiveState>): LiveState => ({
  phase: 'live',
  behindMs: null,
  newestAtMs: null,
  failure: null,
  check: null,
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

test('says from where the chain is checked, how far, and what was found', () => {
  const check = {
    checkedBytes: 9_000_000,
    totalBytes: 10_000_000,
    segments: 40,
    signedSegments: 32,
    problem: null,
  };
  expect(checkWords(check)).toMatchObject({ isSound: false, short: 'Checking, 90%' });
  expect(checkWords({ ...check, checkedBytes: 9_900_000 })).toMatchObject({
    isSound: true,
    short: 'Checked from the start',
    long: expect.stringMatching(/Each of the 40 segments .* signed the first 32/) as unknown,
  });
  expect(checkWords({ ...check, problem: 'Segment 3 is missing.' })).toMatchObject({
    isSound: false,
    short: 'Chain broken',
    long: expect.stringContaining('Segment 3 is missing.') as unknown,
  });
});
