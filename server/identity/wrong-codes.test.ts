import { expect, it } from 'vitest';
import { createWrongCodes } from './wrong-codes.ts';

it('blocks an address after so many wrong codes, no other one, and not for ever', () => {
  let nowMs = 0;
  const wrong = createWrongCodes(3, () => nowMs);
  for (let i = 0; i < 2; i++) wrong.note('a');
  expect(wrong.isBlocked('a')).toBe(false);
  wrong.note('a');
  expect(wrong.isBlocked('a')).toBe(true);
  expect(wrong.isBlocked('b')).toBe(false);
  nowMs = 10 * 60_000 - 1;
  expect(wrong.isBlocked('a')).toBe(true);
  nowMs += 1;
  expect(wrong.isBlocked('a')).toBe(false);
});

it('keeps no more than so many addresses', () => {
  const wrong = createWrongCodes(1, () => 0);
  for (let i = 0; i <= 10_000; i++) wrong.note(String(i));
  expect(wrong.isBlocked('0')).toBe(false);
  expect(wrong.isBlocked('10000')).toBe(true);
});
