import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineDetector } from '../line-detector.ts';
import { fakeDetector } from './testing/fake-detector.ts';
import { bytesOf, leaks, redact, render } from './testing/terminal.ts';

/** Real programs on an 80×24 terminal: vim, less, htop, tmux with panes, git log in a pager, bash's line editor. */
const RECORDINGS = ['vim', 'less', 'top', 'tmux', 'git', 'readline'];
const recording = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./testing/recordings/${name}.bin`, import.meta.url)));

const blindDetector: LineDetector = {
  findings: () => [],
  openCandidate: () => null,
  commit: () => undefined,
  fork: () => blindDetector,
};

/** Chunks of these sizes, over and over. */
function chunksOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}

describe.each(RECORDINGS)('the output of %s', name => {
  it('gives the same screen, in any chunks, where nothing is masked', async () => {
    const bytes = recording(name);
    const plain = await render(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
        async sizes => {
          const { bytes: redacted } = redact(chunksOf(bytes, sizes), {
            detector: blindDetector,
            flushes: true,
          });
          expect(await render(redacted)).toEqual(plain);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('keeps its layout and shows none of the values that are put in', async () => {
    const value = 'zqv.jxw77@qkzv9.ru';
    const bytes = withValues(recording(name), value);
    const run = redact(chunksOf(bytes, [997]), { detector: fakeDetector() });
    expect(await leaks(value, run.bytes)).toEqual([]);
    const [plain, masked] = [await render(bytes), await render(run.bytes)];
    expect(masked.cursor).toEqual(plain.cursor);
    expect(masked.rows.map(row => row.length)).toEqual(plain.rows.map(row => row.length));
  });
});

/** The recording with a value printed at the end of each line of it. */
function withValues(bytes: Uint8Array, value: string): Uint8Array {
  const parts: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x0d) parts.push(...bytesOf(` ${value} `));
    parts.push(byte);
  }
  return Uint8Array.from(parts);
}
