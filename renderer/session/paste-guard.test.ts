import { describe, expect, it, test } from 'vitest';
import { MAX_PENDING_INPUT_BYTES } from '../../contract/data-plane.ts';
import { asOneLine, judgePaste, previewPieces, withoutPasteBrackets } from './paste-guard.ts';

test.each(['ls -l', 'Zażółć 日本 🚪', 'tab\tin between', ''])('%j goes in at once', text => {
  expect(judgePaste(text)).toEqual({ kind: 'paste' });
});

test.each([
  ['rm -rf build\n', 2, false],
  ['one\r\ntwo\rthree', 3, false],
  ['ls\x1b[A', 1, true],
  ['ls\x9b31m\nid', 2, true],
  ['echo \u202etxt.exe', 1, true],
  ['rm \u200b-rf', 1, true],
])('%j is shown first', (text, lines, hasControls) => {
  expect(judgePaste(text)).toEqual({ kind: 'ask', lines, hasControls });
});

test('more than the input queue takes is refused before anything is typed', () => {
  expect(judgePaste('x'.repeat(MAX_PENDING_INPUT_BYTES)).kind).toBe('paste');
  const verdict = judgePaste('x'.repeat(MAX_PENDING_INPUT_BYTES + 1));
  expect(verdict).toMatchObject({ kind: 'refuse' });
  expect(judgePaste('ü'.repeat(MAX_PENDING_INPUT_BYTES / 2 + 1)).kind).toBe('refuse');
});

describe('a session that is trusted with several lines', () => {
  it('takes them at once', () => expect(judgePaste('one\ntwo', true)).toEqual({ kind: 'paste' }));

  it('is asked all the same about what does not show itself', () => {
    expect(judgePaste('one\ntwo\x1b', true)).toMatchObject({ kind: 'ask', hasControls: true });
  });

  it('takes no more than another', () => {
    expect(judgePaste('x'.repeat(MAX_PENDING_INPUT_BYTES + 1), true).kind).toBe('refuse');
  });
});

test.each([
  ['plain', 'plain'],
  ['a\x1b[201~rm -rf /\x1b[200~', 'arm -rf /'],
  ['a\x9b201~b', 'ab'],
  ['a\x1b[20\x1b[201~1~b', 'ab'],
])('no text ends its own bracketed paste: %j', (text, sent) => {
  expect(withoutPasteBrackets(text)).toBe(sent);
});

test.each([
  ['ls -l\n', 'ls -l'],
  ['docker run \\\n    --rm \\\n    image', 'docker run --rm image'],
  ['SELECT *\r\nFROM t\rWHERE x;\n\n', 'SELECT * FROM t WHERE x;'],
  ['  kept indentation\nnext', '  kept indentation next'],
  ['path\\', 'path\\'],
  ['\n\n', ''],
])('%j as one line', (text, line) => {
  expect(asOneLine(text)).toBe(line);
});

test('a preview shows what is there, and tells it from text that looks the same', () => {
  expect(previewPieces('a\x1b[A\x7f\tb\r\nc\u202e')).toEqual([
    { text: 'a', isControl: false },
    { text: '^[', isControl: true },
    { text: '[A', isControl: false },
    { text: '^?', isControl: true },
    { text: '\tb', isControl: false },
    { text: '\u21b5', isControl: true },
    { text: '\nc', isControl: false },
    { text: '<U+202E>', isControl: true },
  ]);
});
