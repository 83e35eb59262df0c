import { expect, test } from 'vitest';
import { readDuration } from './duration-input.ts';

test.each([
  ['90s', 90],
  ['10 s', 10],
  ['15 min', 900],
  ['45', 2700],
  ['1h', 3600],
  ['1h 30m', 5400],
  ['1 hour 5 minutes 3 seconds', 3903],
])('%j is read as %d seconds', (text, seconds) => {
  expect(readDuration(text, 24 * 3600)).toEqual({ ok: true, seconds });
});

test.each(['', 'soon', '-5', '1.5h', '10x'])('%j is refused with an example', text => {
  const reading = readDuration(text, 3600);
  expect(reading.ok ? '' : reading.message).toContain('15 min');
});

test('the bounds are held exactly', () => {
  expect(readDuration('4s', 60).ok).toBe(false);
  expect(readDuration('5s', 60).ok).toBe(true);
  expect(readDuration('60s', 60).ok).toBe(true);
  const tooLong = readDuration('61s', 60);
  expect(tooLong.ok ? '' : tooLong.message).toBe('At most 1 minute here.');
});
