import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SseMessage } from './sse-parser.ts';
import { createSseParser } from './sse-parser.ts';

function parse(chunks: readonly Uint8Array[]): SseMessage[] {
  const messages: SseMessage[] = [];
  const take = createSseParser(message => messages.push(message));
  chunks.forEach(take);
  return messages;
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('server-sent events', () => {
  test('carry a number, a name and data of several lines; comments and unknown fields are skipped', () => {
    const text = ': hello\nretry: 5\nid: 7\nevent: x\ndata: one\ndata:two\n\ndata: ü\n\nid: 9\n\n';
    expect(parse([bytes(text)])).toEqual([
      { id: '7', event: 'x', data: 'one\ntwo' },
      { id: null, event: 'message', data: 'ü' },
    ]);
  });

  test('are the same however the bytes are cut and whichever line ends they have', () => {
    const payload = fc.array(
      fc.string({ unit: 'grapheme' }).map(text => text.replace(/[\r\n]/g, '')),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(
        payload,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 7 }),
        (texts, end, size) => {
          const whole = bytes(texts.map((text, n) => `id: ${n}${end}data: ${text}${end}${end}`).join(''));
          const chunks: Uint8Array[] = [];
          for (let at = 0; at < whole.length; at += size) chunks.push(whole.subarray(at, at + size));
          expect(parse(chunks)).toEqual(texts.map((data, n) => ({ id: String(n), event: 'message', data })));
        },
      ),
    );
  });

  test('an event without end is given up', () => {
    const take = createSseParser(() => undefined);
    expect(() => {
      for (let n = 0; n < 10; n += 1) take(bytes(`data: ${'x'.repeat(1024 * 1024)}\n`));
    }).toThrow(/no end/);
  });
});
