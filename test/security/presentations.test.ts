import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import type { Presentation, Shown } from '../../core/redaction/stream/testing/presentations.ts';
import { IN_PLACE, NAMED_VALUE, SHOWN_VALUES } from '../../core/redaction/stream/testing/presentations.ts';
import { MOVED } from '../../core/redaction/stream/testing/presentations-moved.ts';
import { PROGRAMS } from '../../core/redaction/stream/testing/presentations-programs.ts';
import { IN_STRINGS } from '../../core/redaction/stream/testing/presentations-strings.ts';
import { TABLES } from '../../core/redaction/stream/testing/presentations-tables.ts';
import { bytesOf, concat, leaks, redact, screenLeaks } from '../../core/redaction/stream/testing/terminal.ts';

const detector = createLineDetector(RedactionPolicy.parse({}));

/** The stream in one write, in its own writes with quiet between them, byte by byte and in sevens. */
function writesOf({ chunks }: Shown): Record<string, { parts: readonly Uint8Array[]; flushes: boolean }> {
  const own = chunks.map(chunk => (typeof chunk === 'string' ? bytesOf(chunk) : chunk));
  const all = concat(own);
  const cut = (size: number) =>
    Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
  return {
    'in one write': { parts: [all], flushes: false },
    'with quiet between': { parts: own, flushes: true },
    'byte by byte': { parts: cut(1), flushes: false },
    'in sevens': { parts: cut(7), flushes: false },
  };
}

async function leaksOf(presentation: Presentation): Promise<string[]> {
  const found: string[] = [];
  const isTable = TABLES.includes(presentation);
  for (const value of isTable ? [...SHOWN_VALUES, NAMED_VALUE] : SHOWN_VALUES) {
    const shown = presentation.show(value);
    if (shown === null) continue;
    const stream = typeof shown === 'string' ? { chunks: [shown] } : shown;
    const [cols, rows] = [stream.cols ?? 80, stream.rows ?? 24];
    for (const [name, { parts, flushes }] of Object.entries(writesOf(stream))) {
      const run = redact(parts, { detector: detector.fork(), cols, rows, flushes });
      const onlyAtEnd = presentation.beginsClear === true && name !== 'in one write';
      const pieces = await (onlyAtEnd ? screenLeaks : leaks)(value.text, run.bytes, [cols, rows]);
      if (pieces.length > 0) found.push(`${value.id} ${name}: ${pieces.join(' ')}`);
    }
  }
  return found;
}

/** Presentations whose value can be read in the stream as it is. */
async function countReadable(presentations: readonly Presentation[]): Promise<number> {
  const [value] = SHOWN_VALUES;
  let count = 0;
  for (const presentation of presentations) {
    const shown = value === undefined ? null : presentation.show(value);
    if (shown === null || value === undefined) continue;
    const { bytes } = rawOf(typeof shown === 'string' ? { chunks: [shown] } : shown);
    if ((await screenLeaks(value.text, bytes)).length > 0) count++;
  }
  return count;
}

function rawOf({ chunks }: Shown): { bytes: Uint8Array } {
  return { bytes: concat(chunks.map(chunk => (typeof chunk === 'string' ? bytesOf(chunk) : chunk))) };
}

describe.each([
  ['in its place', IN_PLACE],
  ['moved', MOVED],
  ['in control strings', IN_STRINGS],
  ['of a program', PROGRAMS],
  ['in a table', TABLES],
] as const)('a value %s', (_kind, presentations) => {
  it.each(presentations)('is not readable anywhere: $name', async presentation => {
    expect(await leaksOf(presentation)).toEqual([]);
  });
});

it('looks for what could be read in the streams as they are', async () => {
  const shown = [...IN_PLACE, ...MOVED, ...PROGRAMS, ...TABLES];
  expect(await countReadable(shown)).toBeGreaterThan(shown.length * 0.8);
});
