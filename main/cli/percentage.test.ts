import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createPercentage } from './percentage.ts';

const terminal = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY });

it('draws a bar for what takes its time, rewrites its line when the figure moves, and takes it away', () => {
  const stderr = terminal(true);
  const environment = { TERM: 'xterm', NO_COLOR: '1' };
  let nowMs = 0;
  const progress = createPercentage('Exporting', { stderr, environment }, () => nowMs);
  progress?.show(0.1);
  nowMs = 300;
  for (const share of [0.5, 0.501, 1.2]) progress?.show(share);
  progress?.clear();
  progress?.clear();
  expect(String(stderr.read())).toBe(
    `\r${'█'.repeat(10)}${'░'.repeat(10)}  50%  Exporting\r${'█'.repeat(20)} 100%  Exporting\r\x1b[K`,
  );
  const inColour = createPercentage(
    'Exporting',
    { stderr, environment: { NO_COLOR: '' } },
    () => (nowMs += 300),
  );
  inColour?.show(0);
  expect(String(stderr.read())).toContain('\x1b[36m░');
});

it.each([
  ['no terminal', terminal(false), 'xterm'],
  ['a dumb terminal', terminal(true), 'dumb'],
])('is not there on %s', (_name, stderr, term) => {
  expect(createPercentage('Exporting', { stderr, environment: { TERM: term } })).toBeNull();
});
