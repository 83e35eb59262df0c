import { expect, test } from 'vitest';
import { DAY_MS, dayRange } from './day-range.ts';

test.each([
  [
    'one day is today',
    { days: 1, utcOffsetMinutes: 0 },
    '2026-03-04T10:00:00.000Z',
    '2026-03-04T00:00:00.000Z',
  ],
  [
    'seven days are today and six',
    { days: 7, utcOffsetMinutes: 0 },
    '2026-03-04T10:00:00.000Z',
    '2026-02-26T00:00:00.000Z',
  ],
  [
    'midnight begins a day',
    { days: 1, utcOffsetMinutes: 0 },
    '2026-03-04T00:00:00.000Z',
    '2026-03-04T00:00:00.000Z',
  ],
  [
    'to the east it is tomorrow',
    { days: 1, utcOffsetMinutes: 120 },
    '2026-03-04T22:30:00.000Z',
    '2026-03-04T22:00:00.000Z',
  ],
  [
    'to the west it is yesterday',
    { days: 1, utcOffsetMinutes: -300 },
    '2026-03-04T04:59:00.000Z',
    '2026-03-03T05:00:00.000Z',
  ],
])('%s', (_, query, now, from) => {
  const range = dayRange(query, Date.parse(now));
  expect(new Date(range.fromMs).toISOString()).toBe(from);
  expect(range.nowMs - range.fromMs).toBeLessThan(query.days * DAY_MS);
});
