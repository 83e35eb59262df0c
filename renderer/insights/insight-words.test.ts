import { expect, test } from 'vitest';
import type { Insights } from '../../contract/insights.ts';
import { headlines, measuredWords, requestSentence, waitLabels } from './insight-words.ts';

const day = (at: string, asked: number, more: object = {}) => ({
  atMs: Date.parse(at),
  asked,
  approved: 0,
  denied: 0,
  sessions: 0,
  masked: 0,
  ...more,
});
const NOTHING: Insights = {
  fromMs: 0,
  toMs: 1,
  days: [day('2026-03-04T12:00', 0)],
  approval: { decided: 0, medianMs: null, p90Ms: null, waits: [0, 0, 0, 0, 0, 0] },
  targets: [],
  teams: [],
  masked: [],
  alerts: [],
  ended: [],
  reviews: { waiting: 0, overdue: 0, raised: 0, reviewed: 0 },
  revocations: { revoked: 0, medianMs: null, p95Ms: null, measured: [] },
};

test.each([
  [null, '–'],
  [0, '0 ms'],
  [999.4, '999 ms'],
  [1000, '1.0 s'],
  [59_900, '59.9 s'],
  [60_000, '1 min'],
  [90_000, '1 min 30 s'],
])('%j ms are written %j', (ms, words) => {
  expect(measuredWords(ms)).toBe(words);
});

test('the columns of waits name their limits', () => {
  expect(waitLabels()).toEqual(['≤ 1 min', '≤ 5 min', '≤ 15 min', '≤ 1 h', '≤ 4 h', 'longer']);
});

test('without anything that happened, the headlines say so', () => {
  expect(headlines(NOTHING).map(({ value, note }) => `${value} ${note}`)).toEqual([
    '0 0 approved',
    '– nobody decided',
    '0 0 alerts',
    '0 on screens and in recordings',
    '0 none overdue',
    '– nothing measured',
  ]);
  expect(requestSentence(NOTHING.days)).toBe('Nobody asked for access.');
});

test('headlines sum the days', () => {
  const days = [
    day('2026-03-03T12:00', 3, { approved: 2, sessions: 1, masked: 1500 }),
    day('2026-03-04T12:00', 1, { approved: 1, sessions: 2, masked: 20 }),
  ];
  const all = headlines({ ...NOTHING, days, reviews: { ...NOTHING.reviews, waiting: 4, overdue: 1 } });
  expect(all.map(({ value }) => value)).toEqual(['4', '–', '3', '1,520', '4', '–']);
  expect(all[4]?.note).toBe('1 recording overdue');
  expect(requestSentence(days)).toBe('4 requests in 2 days, at most 3 in one, on 3 Mar.');
});
