import { expect, test } from 'vitest';
import { agoWords, byteWords, clockText, durationWords, shortDuration } from './duration-words.ts';

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [61_000, '1:01'],
  [3_600_000, '1:00:00'],
  [-5, '0:00'],
])('a countdown of %d ms reads %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

test.each([
  [1000, '1 second', '1 s'],
  [59_000, '59 seconds', '59 s'],
  [60_000, '1 minute', '1 min'],
  [90_000, '1 minute 30 seconds', '1 min 30 s'],
  [3_600_000, '1 hour', '1 h'],
  [3_900_000, '1 hour 5 minutes', '1 h 5 min'],
])('%d ms are %s, or short %s', (ms, words, short) => {
  expect(durationWords(ms)).toBe(words);
  expect(shortDuration(ms)).toBe(short);
});

test.each([
  [1_499_400, '25 minutes'],
  [3_599_000, '1 hour'],
  [599_000, '9 minutes 59 seconds'],
])('%d ms are %s: from ten minutes on, seconds are rounded away', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test.each([
  [0, 'just now'],
  [60_000, '1 minute ago'],
  [7_200_000, '2 hours ago'],
  [3 * 86_400_000, '3 days ago'],
])('%d ms back is %s', (ms, words) => {
  expect(agoWords(ms)).toBe(words);
});

test.each([
  [999, '999 B'],
  [1000, '1.0 kB'],
  [12_345_678, '12 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(byteWords(bytes)).toBe(words);
});
