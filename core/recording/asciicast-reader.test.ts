import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SallyportError } from '../../contract/errors.ts';
import type { CastEvent } from './asciicast-reader.ts';
import { createAsciicastReader, MAX_CAST_MS, MAX_LINE_CHARS } from './asciicast-reader.ts';

const V2 = '{"version":2,"width":80,"height":24,"timestamp":1700000000}\n';
const V3 = '{"version":3,"term":{"cols":100,"rows":30,"type":"xterm"}}\n';

function read(text: string): { events: CastEvent[]; reader: ReturnType<typeof createAsciicastReader> } {
  const reader = createAsciicastReader();
  return { events: [...reader.push(text), ...reader.finish()], reader };
}

describe('an asciicast', () => {
  it('of version 2 has times since its start', () => {
    const { events, reader } = read(
      `${V2}[0.5,"o","a"]\n[1.25,"r","90x20"]\n[1.2,"o","b"]\n[2,"i","secret"]\n[3,"m","here"]\n[4,"?","new"]\n`,
    );
    expect(reader.header).toEqual({
      format: 'asciicast-v2',
      cols: 80,
      rows: 24,
      startedAtMs: 1_700_000_000_000,
    });
    expect(events).toEqual([
      { kind: 'output', atMs: 500, text: 'a' },
      { kind: 'resize', atMs: 1250, cols: 90, rows: 20 },
      { kind: 'output', atMs: 1250, text: 'b' },
      { kind: 'marker', atMs: 3000, text: 'here' },
    ]);
    expect(reader.inputsLeftOut).toBe(1);
  });

  it('of version 3 has times since the event before, comments, and an exit status', () => {
    const { events, reader } = read(`${V3}# by hand\n[0.5,"o","a"]\r\n[0.25,"i","x"]\n\n[1,"x","3"]`);
    expect(reader.header).toMatchObject({ format: 'asciicast-v3', cols: 100, rows: 30, startedAtMs: null });
    expect(events).toEqual([
      { kind: 'output', atMs: 500, text: 'a' },
      { kind: 'exit', atMs: 1750, status: 3 },
    ]);
  });

  it('reads the same however it is cut', () => {
    const text = `${V3}[0.5,"o","aé😀"]\n[0.1,"r","90x20"]\n[0.1,"m","x"]\n`;
    const whole = read(text).events;
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), cuts => {
        const at = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const reader = createAsciicastReader();
        const events = at.flatMap((from, i) => [...reader.push(text.slice(from, at[i + 1] ?? text.length))]);
        expect([...events, ...reader.finish()]).toEqual(whole);
      }),
    );
  });

  it.each([
    ['nothing', '', /it is empty/],
    ['other text', 'hello\n', /first line is no JSON object/],
    ['an array', '[1]\n', /no JSON object/],
    ['version 1', '{"version":1,"width":80,"height":24,"stdout":[]}\n', /version 1/],
    ['a later version', '{"version":4}\n', /no version 4/],
    ['no version', '{"width":80}\n', /names no version/],
    ['no size', '{"version":3}\n', /no size/],
    ['a size beyond all', '{"version":2,"width":1001,"height":24}\n', /Line 1 .*1000x500/],
    ['a size of nothing', '{"version":2,"width":1,"height":24}\n', /Line 1 /],
    ['a line cut off', `${V2}[1,"o","a"]\n[2,"o","b`, /Line 3 .*cut off/],
    ['no triple', `${V2}[1,"o"]\n`, /Line 2 /],
    ['a time that is text', `${V2}["1","o","x"]\n`, /Line 2 /],
    ['a negative time', `${V2}[-0.5,"o","x"]\n`, /Line 2 .*negative/],
    ['a negative interval', `${V3}[1,"o","x"]\n[-1,"o","x"]\n`, /Line 3 .*negative/],
    ['an endless time', `${V2}[1e400,"o","x"]\n`, /Line 2 /],
    ['a time after years', `${V2}[${MAX_CAST_MS / 1000 + 1},"o","x"]\n`, /month/],
    ['a resize to nothing', `${V2}[1,"r","0x0"]\n`, /Line 2 /],
    ['a resize of words', `${V2}[1,"r","wide"]\n`, /Line 2 /],
    ['an exit status of words', `${V3}[1,"x","bad"]\n`, /Line 2 /],
  ])('is refused with its line: %s', (_name, text, words) => {
    expect(() => read(text)).toThrow(words);
  });

  it('is taken or refused in words, whatever it holds', () => {
    const lines = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(fc.double(), fc.constantFrom('o', 'i', 'r', 'm', 'x', 'z'), fc.string())
        .map(line => JSON.stringify(line)),
    );
    fc.assert(
      fc.property(fc.constantFrom(V2, V3, ''), fc.array(lines, { maxLength: 6 }), (first, rest) => {
        let events: CastEvent[] = [];
        try {
          ({ events } = read(first + rest.join('\n')));
        } catch (error) {
          expect(error).toBeInstanceOf(SallyportError);
        }
        const times = events.map(({ atMs }) => atMs);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.every(atMs => Number.isInteger(atMs) && atMs >= 0 && atMs <= MAX_CAST_MS)).toBe(true);
      }),
    );
  });

  it('is refused before a line without end fills the memory, and quotes nothing', () => {
    const reader = createAsciicastReader();
    reader.push(V2);
    const piece = 'x'.repeat(MAX_LINE_CHARS / 4);
    expect(() => {
      for (let i = 0; i < 5; i += 1) reader.push(piece);
    }).toThrow(/^Line 2 of the cast cannot be taken: it is longer than 2 MiB\.$/);
    const deep = `${V2}${'['.repeat(100_000)}\n`;
    expect(() => read(deep)).toThrow(/Line 2/);
  });
});
