import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../contract/errors.ts';
import { failureWords } from './failure-words.ts';

test('every failure of opening has a title of its own and says what to do', () => {
  for (const code of [...ERROR_CODES, null]) {
    const { title, advice } = failureWords(code);
    expect(title.length).toBeGreaterThan(10);
    expect(advice).toMatch(/\.$/);
  }
  const told = ['server-unreachable', 'recording-unreadable', 'recording-corrupt', 'not-allowed'] as const;
  expect(new Set(told.map(code => failureWords(code).title)).size).toBe(told.length);
});

test('only what may pass by itself is tried again by itself', () => {
  expect(failureWords('server-unreachable').isPassing).toBe(true);
  expect(failureWords('recording-corrupt').isPassing).toBe(false);
  expect(failureWords('recording-unreadable').isPassing).toBe(false);
});
