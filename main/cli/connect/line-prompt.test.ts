import { expect, it } from 'vitest';
import { createLinePrompt } from './line-prompt.ts';

function typed(...chunks: readonly (string | Uint8Array)[]) {
  let shown = '';
  const answers: (string | null)[] = [];
  const prompt = createLinePrompt({ write: text => (shown += text), onAnswer: line => answers.push(line) });
  for (const chunk of chunks) prompt.take(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return { shown, answers };
}

it.each([
  ['a line', ['ab', 'c\r'], ['abc']],
  ['nothing', ['\r'], ['']],
  ['a character cut in two', [Uint8Array.of(0xc3), Uint8Array.of(0xa4, 0x0d)], ['ä']],
  ['a correction', ['abx\x7fc\r'], ['abc']],
  ['more corrections than there is text', ['a\x7f\x7fb\r'], ['b']],
  ['a line begun anew', ['nonsense\x15abc\r'], ['abc']],
  ['arrows and control characters', ['a', '\x1b[D', '\x07b\r'], ['ab']],
  ['Ctrl-C', ['abc\x03'], [null]],
  ['Escape', ['abc', '\x1b'], [null]],
  ['what comes after the end', ['a\rb\r', '\x1b'], ['a']],
])('takes %s', (_what, chunks, answers) => {
  expect(typed(...chunks).answers).toEqual(answers);
});

it('echoes what is typed and rubs out what is taken back', () => {
  expect(typed('ab\x7f\x15\r').shown).toBe('ab\b \b\b \b\r\n');
});
