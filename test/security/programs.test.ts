import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { oracle, redact } from '../../core/redaction/stream/testing/terminal.ts';

/**
 * What programs wrote to a terminal of 80×24, recorded through a pty, with no personal data in it: mc, htop, top, vim in two windows, less,
 * tmux in panes, psql in a pager, git log, apt with its progress bar, vttest, man, watch, bash's line editor, progress bars.
 */
const FOLDER = new URL('../fixtures/programs/', import.meta.url);
const NAMES = readdirSync(FOLDER).filter(name => name.endsWith('.bin.gz'));
const detector = createLineDetector(RedactionPolicy.parse({}));

const recording = (name: string) => new Uint8Array(gunzipSync(readFileSync(new URL(name, FOLDER))));

function chunksOf(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}

/** Every cell with its width and attributes, scrollback too; cursor, modes, title, which screen it is. */
async function stateAfter(bytes: Uint8Array): Promise<unknown> {
  const screen = await oracle(80, 24);
  await screen.write(bytes);
  const { terminal } = screen;
  const buffer = terminal.buffer.active;
  const cell = buffer.getNullCell();
  const rows: string[] = [];
  for (let y = 0; y < buffer.length; y++) {
    const line = buffer.getLine(y);
    let text = line?.isWrapped === true ? '↪' : '';
    for (let x = 0; x < terminal.cols; x++) {
      line?.getCell(x, cell);
      const style = [
        cell.getFgColorMode(),
        cell.getFgColor(),
        cell.getBgColorMode(),
        cell.getBgColor(),
        cell.isBold(),
        cell.isDim(),
        cell.isItalic(),
        cell.isUnderline(),
        cell.isInverse(),
        cell.isBlink(),
        cell.isInvisible(),
        cell.isStrikethrough(),
      ];
      // a cell that was never written and one with a blank look the same
      text += `${cell.getChars() || ' '}${cell.getWidth()}${style.map(Number).join(',')};`;
    }
    rows.push(text);
  }
  const { wraps, cursor, title, isAlternate } = screen.screenshot();
  return { rows, modes: { ...terminal.modes }, wraps, cursor, title, isAlternate };
}

describe.each(NAMES)('%s', name => {
  const bytes = recording(name);

  it.each([
    { sizes: [bytes.length], flushes: false },
    { sizes: [4096], flushes: true },
    { sizes: [1024, 1, 77], flushes: false },
    { sizes: [333, 64, 5], flushes: true },
    { sizes: [7], flushes: false },
  ])(
    'gives the same cells, cursor and modes, and no mask, in chunks of $sizes, timer: $flushes',
    async run => {
      const { bytes: redacted, marks } = redact(chunksOf(bytes, run.sizes), {
        detector: detector.fork(),
        flushes: run.flushes,
      });
      expect(marks).toEqual([]);
      expect(await stateAfter(redacted)).toEqual(await stateAfter(bytes));
    },
  );
});

it('covers the programs', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(14);
});
