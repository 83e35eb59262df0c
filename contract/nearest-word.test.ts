import { expect, test } from 'vitest';
import { nearestWord, suggestion } from './nearest-word.ts';

const CHOICES = ['email', 'phone', 'card', 'iban', 'national-id'];

test.each([
  ['emial', 'email'],
  ['Email', 'email'],
  ['phon', 'phone'],
  ['nationalid', 'national-id'],
  ['cart', 'card'],
  ['xyzzy', null],
  ['', null],
  ['e'.repeat(100), null],
])('of %j the nearest is %j', (word, nearest) => {
  expect(nearestWord(word, CHOICES)).toBe(nearest);
});

test('a suggestion is a clause to append, or nothing', () => {
  expect(suggestion('emial', CHOICES)).toBe('; did you mean "email"?');
  expect(suggestion('xyzzy', CHOICES)).toBe('');
});
