import { expect, test } from 'vitest';
import { readAccessPolicy } from '../../core/policy/read-policy.ts';
import { lineStart, NEW_POLICY } from './policy-text.ts';

test('what a new policy begins with is valid', () => {
  expect(readAccessPolicy(NEW_POLICY)).toHaveProperty('policy');
});

test.each([
  ['a\nbcd\ne', 1, 'a'],
  ['a\nbcd\ne', 2, 'bcd'],
  ['a\nbcd\ne', 3, 'e'],
  ['a\nbcd\ne', 9, 'e'],
  ['a\nbcd\ne', 0, 'a'],
  ['', 1, ''],
])('of %j, line %i is %j', (source, line, text) => {
  const { from, to } = lineStart(source, line);
  expect(source.slice(from, to)).toBe(text);
});
