import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createPercentage } from './percentage.ts';

const terminal = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });

it('rewrites its line when the figure moves, and takes it away', () => {
  const stderr = terminal(true);
  const progress = createPercentage('Exporting', { stderr, environment: { TERM: 'xterm' } });
  for (const share of [0.5, 0.501, 1.2]) progress?.show(share);
  progress?.clear();
  progress?.clear();
  expect(String(stderr.read())).toBe('\rExporting, 50%\rExporting, 100%\r\x1b[K');
});

it.each([
  ['no terminal', terminal(false), 'xterm'],
  ['a dumb terminal', terminal(true), 'dumb'],
])('is not there on %s', (_name, stderr, term) => {
  expect(createPercentage('Exporting', { stderr, environment: { TERM: term } })).toBeNull();
});
