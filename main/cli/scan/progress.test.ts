import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { byteWords, createProgress } from './progress.ts';

function terminal(columns = 80) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns });
  return { stream, text: () => (stream.read() as Buffer | null)?.toString() ?? '' };
}
const COUNTS = { files: 3, bytes: 1_500_000, values: 7 };

describe('the progress of a scan', () => {
  it('is shown on a terminal only', () => {
    const shown = { environment: {}, nowMs: () => 0 };
    expect(createProgress({ stream: new PassThrough(), ...shown })).toBeNull();
    expect(createProgress({ stream: terminal().stream, ...shown, environment: { TERM: 'dumb' } })).toBeNull();
  });

  it('says how much is done, draws ten times a second at most, and goes away', () => {
    let nowMs = 0;
    const { stream, text } = terminal();
    const progress = createProgress({ stream, environment: { NO_COLOR: '1' }, nowMs: () => nowMs });
    progress?.update(COUNTS, 'a.log');
    expect(text()).toBe('\r3 files  1.5 MB  7 found  a.log\u001b[K');
    progress?.expect({ files: 6, bytes: 3_000_000 });
    nowMs = 99;
    progress?.update(COUNTS, 'a.log');
    expect(text()).toBe('');
    nowMs = 100;
    progress?.update(COUNTS, 'a.log');
    expect(text()).toBe(
      `\r${'█'.repeat(10)}${'░'.repeat(10)}  50%  3/6 files  1.5 MB of 3.0 MB  7 found  a.log\u001b[K`,
    );
    progress?.clear();
    progress?.clear();
    expect(text()).toBe('\r\u001b[K');
  });

  it('never takes more than one line, and shows no control characters of names', () => {
    for (let columns = 1; columns < 120; columns++) {
      const { stream, text } = terminal(columns);
      const progress = createProgress({ stream, environment: { NO_COLOR: '1' }, nowMs: () => 0 });
      progress?.expect({ files: 6, bytes: 3 });
      progress?.update(COUNTS, `logs/\u001b[31m\n${'x'.repeat(100)}`);
      const line = text().slice(1, -3);
      expect(line.length).toBeLessThan(columns);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });

  it('has colour without NO_COLOR', () => {
    const { stream, text } = terminal();
    const progress = createProgress({ stream, environment: { NO_COLOR: '' }, nowMs: () => 0 });
    progress?.expect({ files: 6, bytes: 3 });
    progress?.update(COUNTS, 'a');
    expect(text()).toContain('\u001b[36m█');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [123_456_789, '123 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('counts %d bytes as %s', (bytes, words) => {
    expect(byteWords(bytes)).toBe(words);
  });
});
