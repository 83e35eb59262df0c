import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../contract/recording.ts';
import type { WrittenEvent } from './segment.ts';
import { createSegmentEncoder, decodeSegment, MAX_SEGMENT_LINES } from './segment.ts';
import { createUnfinishedSequence } from './unfinished-sequence.ts';
import { createUtf8Pieces, fromUtf8, utf8 } from './utf8.ts';

const START = { startMs: 1000, cols: 80, rows: 24, firstSeq: 7, keyframe: null };

const anyEvent: fc.Arbitrary<WrittenEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('output' as const),
    atMs: fc.nat(5000),
    bytes: fc
      .string({
        unit: fc.oneof(
          fc.constantFrom('"', '\\', '\x1b', '\r', '\n', '\0', '\x7f'),
          fc.string({ unit: 'grapheme' }),
        ),
      })
      .map(utf8),
  }),
  fc.record({
    kind: fc.constant('resize' as const),
    atMs: fc.nat(5000),
    cols: fc.integer({ min: 2, max: 1000 }),
    rows: fc.integer({ min: 1, max: 500 }),
  }),
  fc.record({
    kind: fc.constant('exit' as const),
    atMs: fc.nat(5000),
    status: fc.integer({ min: -1, max: 255 }),
  }),
  fc.record({
    kind: fc.constant('marker' as const),
    atMs: fc.nat(5000),
    marker: fc.record({ kind: fc.constant('alert' as const), text: fc.string() }),
  }),
);

describe('the plaintext of a segment', () => {
  it('brings back every event, its time and the number of each output', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), events => {
        const sorted = events.map(e => ({ ...e, atMs: e.atMs + 1000 })).sort((a, b) => a.atMs - b.atMs);
        const encoder = createSegmentEncoder({
          ...START,
          keyframe: { screen: 'a\u001b[1m', pending: '\u001b[' },
        });
        for (const event of sorted) encoder.add(event);
        let seq = 6;
        const expected = sorted.map(event => {
          if (event.kind !== 'output') return event;
          seq += 1;
          return { kind: 'output', atMs: event.atMs, seq, bytes: event.bytes };
        });
        expect(decodeSegment(encoder.finish())).toEqual({
          startMs: 1000,
          cols: 80,
          rows: 24,
          keyframe: { screen: 'a\u001b[1m', pending: '\u001b[' },
          events: expected,
          index: [],
        });
      }),
    );
  });

  it('is an asciicast of version 3: a header, then intervals in seconds', () => {
    const encoder = createSegmentEncoder(START);
    encoder.add({ kind: 'output', atMs: 1250, bytes: utf8('hi\n') });
    encoder.add({ kind: 'exit', atMs: 1251, status: 3 });
    const [header, ...lines] = (fromUtf8(encoder.finish()) ?? '').trimEnd().split('\n');
    expect(JSON.parse(header ?? '')).toMatchObject({ version: 3, term: { cols: 80, rows: 24 } });
    expect(lines).toEqual(['[0.25,"o","hi\\n"]', '[0.001,"x","3"]']);
  });

  it('does not run backwards where a clock was set back', () => {
    const encoder = createSegmentEncoder(START);
    encoder.add({ kind: 'output', atMs: 1500, bytes: utf8('a') });
    encoder.add({ kind: 'output', atMs: 1400, bytes: utf8('b') });
    expect(decodeSegment(encoder.finish())?.events.map(e => e.atMs)).toEqual([1500, 1500]);
  });

  it.each([
    ['nothing', ''],
    [
      'another version',
      '{"version":2,"term":{"cols":80,"rows":24},"sallyport":{"startMs":0,"firstSeq":1,"keyframe":null}}',
    ],
    ['a line that is not JSON', `${headerLine()}\n[0.1,"o",`],
    ['a negative interval', `${headerLine()}\n[-1,"o","x"]`],
    ['a size that is none', `${headerLine()}\n[1,"r","80"]`],
    ['a marker that is none', `${headerLine()}\n[1,"m","{}"]`],
  ])('refuses %s', (_name, text) => {
    expect(decodeSegment(utf8(text))).toBeNull();
  });

  it('passes over codes that it does not know', () => {
    expect(decodeSegment(utf8(`${headerLine()}\n[1,"z","x"]\n[1,"o","y"]`))?.events).toEqual([
      { kind: 'output', atMs: 2000, seq: 1, bytes: utf8('y') } satisfies RecordedEvent,
    ]);
  });

  it.each([
    ['more lines than a recorder writes', `${headerLine()}\n${'[0,"z",""]\n'.repeat(MAX_SEGMENT_LINES + 1)}`],
    ['a payload nested beyond measure', `${headerLine()}\n[0,"o",${'['.repeat(1_000_000)}`],
    ['a time beyond every calendar', `${headerLine()}\n[1e300,"o","x"]`],
    ['a resize that no terminal has', `${headerLine()}\n[0,"r","9999x9999"]`],
    ['a size that no terminal has', headerLine().replace('"cols":80', '"cols":100000000')],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(decodeSegment(utf8(text))).toBeNull();
  });
});

function headerLine(): string {
  return '{"version":3,"term":{"cols":80,"rows":24},"sallyport":{"startMs":0,"firstSeq":1,"keyframe":null}}';
}

describe('characters across pieces', () => {
  const isValid = (bytes: Uint8Array): boolean => fromUtf8(bytes) !== null;
  const inPieces = (bytes: Uint8Array, size: number): string => {
    const pieces = createUtf8Pieces(isValid);
    let got = '';
    for (let at = 0; at < bytes.length; at += size) {
      got += fromUtf8(pieces.push(bytes.subarray(at, at + size))) ?? 'not valid';
    }
    return got;
  };

  it('are whole again, wherever output was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 5 }), (raw, size) => {
        const text = raw.toWellFormed();
        expect(inPieces(utf8(text), size)).toBe(text);
      }),
    );
  });

  it('become U+FFFD where they are none, as the Encoding Standard has it', () => {
    // the end makes every character before it finished or broken
    const anyBytes = fc.uint8Array({ maxLength: 40 }).map(bytes => Uint8Array.of(...bytes, 0x2e));
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 1, max: 5 }), (bytes, size) => {
        expect(inPieces(bytes, size)).toBe(Buffer.from(bytes).toString('utf8'));
      }),
    );
    expect(inPieces(Uint8Array.of(0xe2, 0x82, 0x41, 0xff, 0xc2), 2)).toBe('\ufffdA\ufffd');
  });
});

describe('the unfinished sequence', () => {
  it.each([
    ['plain text', 'abc', ''],
    ['a finished SGR', '\x1b[1;31mred', ''],
    ['a cut SGR', 'x\x1b[1;3', '\x1b[1;3'],
    ['a lone ESC', 'x\x1b', '\x1b'],
    ['an OSC without its end', '\x1b]0;title', '\x1b]0;title'],
    ['an OSC ended by BEL', '\x1b]0;title\x07', ''],
    ['an OSC ended by ST', '\x1b]0;title\x1b\\', ''],
    ['an OSC at half its ST', '\x1b]0;t\x1b', '\x1b]0;t\x1b'],
    ['a charset with its letter missing', '\x1b(', '\x1b('],
    ['a sequence that CAN ended', '\x1b[12\x18', ''],
    ['an ESC that begins anew', '\x1b[12\x1b[', '\x1b['],
  ])('of %s', (_name, text, pending) => {
    for (const size of [1, 2, text.length]) {
      const tracker = createUnfinishedSequence();
      for (let at = 0; at < text.length; at += size) tracker.push(text.slice(at, at + size));
      expect(tracker.pending).toBe(pending);
    }
  });

  it('gives up on one that is too long, and comes back after it', () => {
    const tracker = createUnfinishedSequence();
    tracker.push(`\x1bP${'x'.repeat(20_000)}`);
    expect(tracker.pending).toBeNull();
    tracker.push('\x1b\\plain');
    expect(tracker.pending).toBe('');
  });
});
