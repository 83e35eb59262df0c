import { expect, test } from 'vitest';
import { MAX_PENDING_INPUT_BYTES } from '../../contract/data-plane.ts';
import { judgePaste, visibleControls } from './paste-guard.ts';

test('one line goes in without a question', () => {
  expect(judgePaste('select 1;')).toEqual({ kind: 'paste' });
});

test.each([
  ['a\nb', 2],
  ['a\r\nb', 2],
  ['a\rb\n', 3],
  ['rm -rf x\n', 2],
])('%j is asked about as %d lines', (text, lines) => {
  expect(judgePaste(text)).toEqual({ kind: 'ask', lines, hasControls: false });
});

test('an escape character is asked about even in one line', () => {
  expect(judgePaste('ls\x1b[201~')).toEqual({ kind: 'ask', lines: 1, hasControls: true });
});

test('more than a program may have waiting is refused with what to do', () => {
  expect(judgePaste('x'.repeat(MAX_PENDING_INPUT_BYTES)).kind).toBe('paste');
  const verdict = judgePaste('x'.repeat(MAX_PENDING_INPUT_BYTES + 1));
  expect(verdict.kind).toBe('refuse');
});

test('controls are visible in the preview', () => {
  expect(visibleControls('a\x1bb\x7f\n')).toBe('a␛b␡\n');
});
