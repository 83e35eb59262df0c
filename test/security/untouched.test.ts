import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { bytesOf, redact, textOf } from '../../core/redaction/stream/testing/terminal.ts';
import { UNTOUCHED } from './untouched-output.ts';

const detector = createLineDetector(RedactionPolicy.parse({}));

function masksIn(chunks: readonly Uint8Array[]): { masks: readonly string[]; bytes: Uint8Array } {
  const { bytes, marks } = redact(chunks, { detector: detector.fork() });
  return { masks: marks.map(({ rule, cells }) => `${rule} ${cells}`), bytes };
}

const PAGE = 22;
/** Pages of a full-screen pager, lines cut at the margin or in the left half of a split screen. */
function pagesOf(lines: readonly string[], width: number, isSplit: boolean): Uint8Array[] {
  const pages: Uint8Array[] = [bytesOf('\x1b[?1049h')];
  for (let from = 0; from < lines.length; from += PAGE) {
    const rows = lines.slice(from, from + PAGE).map((line, i) => {
      const text = line.replaceAll('\t', '    ').slice(0, width).padEnd(width);
      return `\x1b[${i + 1};1H${text}${isSplit ? '│some words' : ''}\x1b[K`;
    });
    pages.push(bytesOf(`\x1b[H\x1b[2J${rows.join('')}\x1b[24;1H:`));
  }
  return pages;
}

describe.each(UNTOUCHED)('$name', ({ lines }) => {
  it('is not touched when it is printed', () => {
    const bytes = bytesOf(`${lines.join('\r\n')}\r\n`);
    const chunks = Array.from({ length: Math.ceil(bytes.length / 4096) }, (_, i) =>
      bytes.slice(i * 4096, (i + 1) * 4096),
    );
    const run = masksIn(chunks);
    expect(run.masks).toEqual([]);
    expect(textOf(run.bytes)).toBe(textOf(bytes));
  });

  it.each([
    { width: 80, isSplit: false },
    { width: 39, isSplit: true },
  ])('is not touched in a pager, $width columns', ({ width, isSplit }) => {
    expect(masksIn(pagesOf(lines.slice(0, 1100), width, isSplit)).masks).toEqual([]);
  });
});
