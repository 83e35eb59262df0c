import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_OUTPUT_BYTES,
  OUTPUT_HIGH_WATERMARK_BYTES,
  OUTPUT_LOW_WATERMARK_BYTES,
} from '../../../contract/data-plane.ts';
import type { HostMessage } from '../../../contract/data-plane.ts';
import type { MaskCounts } from '../../../contract/redaction.ts';
import { decodeHostMessage } from '../../../core/data-plane/frame.ts';
import type { Redactor } from '../../../core/redaction/redactor.ts';
import { fakeRecorder, fakeRedactor, fakeTransport } from '../../../test/support/fake-session-parts.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { RECORDER_HIGH_WATERMARK_BYTES, RECORDER_LOW_WATERMARK_BYTES } from '../recorder/recorder.ts';
import { createPipeline } from './create-pipeline.ts';

const text = (s: string): Uint8Array => new TextEncoder().encode(s);
const read = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function setUp(wrapRedactor: (redactor: Redactor) => Redactor = redactor => redactor) {
  const timers = fakeTimers();
  const recorder = fakeRecorder();
  const source = fakeTransport();
  const shown: HostMessage[] = [];
  const failures: string[] = [];
  const counts: MaskCounts[] = [];
  const blocked: string[] = [];
  /** what was shown and had not been accepted, under the same number, before */
  const unrecorded: HostMessage[] = [];
  const pipeline = createPipeline({
    source,
    recorder,
    timers,
    serverNowMs: () => 1_000_000 + timers.nowMs(),
    createRedactor: hooks => wrapRedactor(fakeRedactor(hooks)),
    onFrame(frame) {
      const message = decodeHostMessage(frame);
      if (message === null) throw new Error('not a frame');
      shown.push(message);
      const isRecorded = recorder.events.some(
        event =>
          event.kind === 'output' &&
          message.kind === 'output' &&
          event.seq === message.seq &&
          Buffer.compare(event.bytes, message.bytes) === 0,
      );
      if (message.kind === 'output' && !isRecorded) unrecorded.push(message);
    },
    onValue: () => undefined,
    onMasked: found => counts.push(found),
    onBlocked: mark => blocked.push(mark.entity),
    onRecorderFailed: message => failures.push(message),
  });
  const outputs = () => shown.filter(message => message.kind === 'output');
  const shownText = () =>
    outputs()
      .map(message => read(message.bytes))
      .join('');
  const shownBytes = () => outputs().reduce((sum, message) => sum + message.bytes.length, 0);
  return {
    timers,
    recorder,
    source,
    pipeline,
    shown,
    outputs,
    shownText,
    shownBytes,
    failures,
    counts,
    blocked,
    unrecorded,
  };
}

describe('a pipeline', () => {
  it('shows what the redactor returned, not what came', () => {
    const { pipeline, shownText, recorder } = setUp();
    pipeline.takeOutput(text('a S b'));
    expect(shownText()).toBe('a * b');
    expect(JSON.stringify(recorder.events)).not.toContain(String(0x53));
  });

  it('shows nothing that the recorder did not accept before under the same number, in any order of events', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('output' as const), size: fc.integer({ min: 1, max: 200_000 }) }),
      fc.record({ kind: fc.constant('ack' as const), seq: fc.nat(30) }),
      fc.record({ kind: fc.constant('cover' as const), isCovered: fc.boolean() }),
      fc.record({ kind: fc.constant('resize' as const), cols: fc.integer({ min: 2, max: 100 }) }),
      fc.record({ kind: fc.constant('tick' as const) }),
      fc.record({ kind: fc.constant('refuse' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), steps => {
        const { pipeline, timers, recorder, outputs, unrecorded } = setUp();
        for (const s of steps) {
          if (s.kind === 'output') pipeline.takeOutput(new Uint8Array(s.size).fill(0x61));
          else if (s.kind === 'ack') pipeline.acked(s.seq);
          else if (s.kind === 'cover') pipeline.setCovered(s.isCovered);
          else if (s.kind === 'resize') pipeline.resize(s.cols, 24);
          else if (s.kind === 'refuse') recorder.refuse();
          else timers.advance(1);
        }
        expect(unrecorded).toEqual([]);
        expect(outputs().map(message => message.seq)).toEqual(outputs().map((_, index) => index + 1));
      }),
      { numRuns: 60 },
    );
  });

  it('shows nothing, pauses and says so once when the recorder refuses', () => {
    const { pipeline, recorder, source, shown, failures, timers } = setUp();
    recorder.refuse();
    pipeline.takeOutput(text('x'));
    pipeline.takeOutput(text('y'));
    timers.settle();
    expect(shown).toEqual([]);
    expect(source.isPaused).toBe(true);
    expect(failures).toEqual(['the spool is full']);
  });

  it.each(['write', 'flush', 'resize', 'end'] as const)(
    'shows and records nothing more, pauses and says so once when the redactor fails in %s',
    method => {
      const failing = (redactor: Redactor): Redactor => ({
        ...redactor,
        get holdMs() {
          return redactor.holdMs;
        },
        [method]: () => {
          throw new Error('it stumbled over 4012888888881881');
        },
      });
      const { pipeline, recorder, source, shown, failures, timers } = setUp(failing);
      pipeline.takeOutput(text('?'));
      if (method === 'flush') timers.advance(1000);
      if (method === 'resize') pipeline.resize(90, 30);
      if (method === 'end') pipeline.finish(0);
      pipeline.takeOutput(text('more'));
      pipeline.resize(100, 30);
      timers.settle();
      expect(shown.filter(message => message.kind !== 'ended')).toEqual([]);
      expect(recorder.events).toEqual([]);
      expect(failures).toHaveLength(1);
      expect(failures[0]).not.toContain('4012');
      expect(source.isPaused).toBe(true);
    },
  );

  it('stops when the recorder fails by itself', () => {
    const { pipeline, recorder, source, shown, failures } = setUp();
    recorder.onFailed('recorder-failed', 'the disk is gone');
    pipeline.takeOutput(text('x'));
    expect({ shown, failures, isPaused: source.isPaused }).toEqual({
      shown: [],
      failures: ['the disk is gone'],
      isPaused: true,
    });
  });

  it('lets no more than the high watermark and one message out to a terminal that does not acknowledge', () => {
    const { pipeline, source, timers, shownBytes, recorder } = setUp();
    for (let i = 0; i < 40; i++) {
      pipeline.takeOutput(new Uint8Array(32 * 1024).fill(0x61));
      timers.settle();
    }
    expect(source.isPaused).toBe(true);
    expect(shownBytes()).toBeGreaterThanOrEqual(OUTPUT_HIGH_WATERMARK_BYTES);
    expect(shownBytes()).toBeLessThan(OUTPUT_HIGH_WATERMARK_BYTES + MAX_OUTPUT_BYTES);
    // What was read before the source stopped is recorded all the same.
    const recorded = recorder.events.reduce((sum, e) => sum + (e.kind === 'output' ? e.bytes.length : 0), 0);
    expect(recorded).toBe(40 * 32 * 1024);
  });

  it('goes on below the low watermark, not before', () => {
    const { pipeline, source, timers, outputs } = setUp();
    const chunk = new Uint8Array(MAX_OUTPUT_BYTES).fill(0x61);
    for (let i = 0; i < OUTPUT_HIGH_WATERMARK_BYTES / MAX_OUTPUT_BYTES; i++) pipeline.takeOutput(chunk);
    timers.settle();
    expect(source.isPaused).toBe(true);
    const last = outputs().length;
    pipeline.acked(last - OUTPUT_LOW_WATERMARK_BYTES / MAX_OUTPUT_BYTES);
    expect(source.isPaused).toBe(true);
    pipeline.acked(last - OUTPUT_LOW_WATERMARK_BYTES / MAX_OUTPUT_BYTES + 1);
    expect(source.isPaused).toBe(false);
  });

  it('pauses while the queue of the recorder is over its high watermark, until it drained', () => {
    const { pipeline, source, recorder } = setUp();
    recorder.queuedBytes = RECORDER_HIGH_WATERMARK_BYTES;
    pipeline.takeOutput(text('x'));
    expect(source.isPaused).toBe(true);
    recorder.queuedBytes = RECORDER_LOW_WATERMARK_BYTES - 1;
    recorder.onDrain();
    expect(source.isPaused).toBe(false);
  });

  it('under a cover shows nothing and records what was read; after it shows that, in order', () => {
    const { pipeline, source, shownText, recorder, shown } = setUp();
    pipeline.setCovered(true);
    expect(source.isPaused).toBe(true);
    pipeline.takeOutput(text('read before the pause'));
    expect(shown).toEqual([]);
    expect(recorder.events).toHaveLength(1);
    pipeline.setCovered(false);
    expect(shownText()).toBe('read before the pause');
    expect(source.isPaused).toBe(false);
  });

  it('sends a lone echo in the same tick, and joins a burst', () => {
    const { pipeline, timers, outputs } = setUp();
    pipeline.takeOutput(text('e'));
    expect(outputs()).toHaveLength(1);
    for (let i = 0; i < 30; i++) pipeline.takeOutput(new Uint8Array(4095).fill(0x61));
    timers.settle();
    expect(outputs().map(message => message.bytes.length)).toEqual([
      1,
      MAX_OUTPUT_BYTES,
      30 * 4095 - MAX_OUTPUT_BYTES,
    ]);
    pipeline.takeOutput(text('f'));
    expect(outputs()).toHaveLength(4);
  });

  it('joins what a pty delivers turn by turn, and waits no longer than two milliseconds for it', () => {
    const { pipeline, timers, outputs } = setUp();
    const chunk = new Uint8Array(4095).fill(0x61);
    for (let i = 0; i < 8; i++) {
      pipeline.takeOutput(chunk);
      timers.turn();
    }
    expect(outputs()).toHaveLength(0);
    timers.turn();
    expect(outputs().map(message => message.bytes.length)).toEqual([8 * 4095]);
    for (let i = 0; i < 3; i++) {
      pipeline.takeOutput(chunk);
      timers.turn();
      timers.skip(1);
    }
    expect(outputs().map(message => message.bytes.length)).toEqual([8 * 4095, 3 * 4095]);
  });

  it('waits up to ten milliseconds to fill a message once output has come for long without a pause', () => {
    const { pipeline, timers, outputs } = setUp();
    const chunk = new Uint8Array(1500).fill(0x61);
    for (let ms = 0; ms < 60; ms++) {
      pipeline.takeOutput(chunk);
      timers.turn();
      timers.skip(1);
    }
    const sizes = outputs().map(message => message.bytes.length / chunk.length);
    expect(sizes.slice(0, 2)).toEqual([3, 3]);
    expect(sizes.at(-1)).toBe(11);
  });

  it('fills messages while the terminal has enough to work off, for ten milliseconds at most', () => {
    const { pipeline, timers, outputs } = setUp();
    const sizes = () => outputs().map(message => message.bytes.length);
    const full = [MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES];
    pipeline.takeOutput(new Uint8Array(2 * MAX_OUTPUT_BYTES));
    timers.settle();
    pipeline.takeOutput(new Uint8Array(4095));
    timers.advance(5);
    pipeline.takeOutput(new Uint8Array(4095));
    timers.advance(4);
    expect(sizes()).toEqual(full);
    timers.advance(1);
    expect(sizes()).toEqual([...full, 2 * 4095]);
  });

  it('sends what waited for the terminal as soon as that has little left', () => {
    const { pipeline, timers, outputs } = setUp();
    pipeline.takeOutput(new Uint8Array(3 * MAX_OUTPUT_BYTES));
    timers.settle();
    pipeline.takeOutput(new Uint8Array(4095));
    timers.settle();
    pipeline.acked(1);
    expect(outputs()).toHaveLength(3);
    pipeline.acked(2);
    expect(outputs()).toHaveLength(4);
    expect(outputs()[3]?.bytes.length).toBe(4095);
    expect(timers.pending).toBe(0);
  });

  it.each([MAX_OUTPUT_BYTES - 1, MAX_OUTPUT_BYTES, MAX_OUTPUT_BYTES + 1])(
    'cuts %i bytes into messages within the limit',
    size => {
      const { pipeline, timers, outputs, shownBytes } = setUp();
      pipeline.takeOutput(new Uint8Array(size).fill(0x61));
      timers.settle();
      expect(Math.max(...outputs().map(message => message.bytes.length))).toBeLessThanOrEqual(
        MAX_OUTPUT_BYTES,
      );
      expect(shownBytes()).toBe(size);
    },
  );

  it('releases what the redactor holds when its time is over', () => {
    const { pipeline, timers, shownText } = setUp();
    pipeline.takeOutput(text('a?'));
    timers.advance(49);
    expect(shownText()).toBe('a');
    timers.advance(1);
    expect(shownText()).toBe('a*');
    timers.advance(1000);
    expect(shownText()).toBe('a*');
  });

  it('does not wait for ever for a quiet that does not come', () => {
    const { pipeline, timers, shownText } = setUp();
    for (let i = 0; i < 5; i++) {
      pipeline.takeOutput(text('?'));
      timers.advance(40);
    }
    expect(shownText()).toBe('*****');
  });

  it('cuts no character in two', () => {
    const { pipeline, timers, outputs } = setUp();
    pipeline.takeOutput(text(`a${'€'.repeat(MAX_OUTPUT_BYTES / 2)}`));
    timers.settle();
    const strict = new TextDecoder('utf-8', { fatal: true });
    const whole = outputs()
      .map(message => strict.decode(message.bytes))
      .join('');
    expect(whole).toBe(`a${'€'.repeat(MAX_OUTPUT_BYTES / 2)}`);
    expect(Math.max(...outputs().map(message => message.bytes.length))).toBeLessThanOrEqual(MAX_OUTPUT_BYTES);
  });

  it('marks and counts masks, and reports counts throttled', () => {
    const { pipeline, timers, recorder, counts, blocked } = setUp();
    for (let i = 0; i < 100; i++) pipeline.takeOutput(text('S'));
    pipeline.takeOutput(text('B'));
    expect(counts).toEqual([{ password: 1 }]);
    timers.advance(1000);
    expect(counts).toEqual([{ password: 1 }, { password: 101 }]);
    expect(recorder.events.filter(event => event.kind === 'marker')).toHaveLength(101);
    expect(blocked).toEqual(['password']);
  });

  it('records notes about access and sizes, and tells the terminal its size in order', () => {
    const { pipeline, recorder, shown } = setUp();
    pipeline.takeOutput(text('a'));
    pipeline.takeOutput(text('b'));
    pipeline.resize(100, 30);
    pipeline.note('expiring', 'one minute left');
    expect(shown.map(message => message.kind)).toEqual(['output', 'output', 'resized']);
    expect(recorder.events.slice(2)).toEqual([
      { kind: 'resize', atMs: 1_000_000, cols: 100, rows: 30 },
      {
        kind: 'marker',
        atMs: 1_000_000,
        marker: { kind: 'access', phase: 'expiring', text: 'one minute left' },
      },
    ]);
  });

  it('at the end releases everything, records the exit and says ended last', () => {
    const { pipeline, recorder, shown, shownText, timers } = setUp();
    pipeline.takeOutput(text('a'));
    pipeline.takeOutput(text('bye?'));
    pipeline.beginEnd();
    pipeline.finish(3);
    expect(shownText()).toBe('abye*');
    expect(shown.at(-1)).toEqual({ kind: 'ended' });
    expect(recorder.events.at(-1)).toEqual({ kind: 'exit', atMs: 1_000_000, status: 3 });
    timers.advance(1000);
    expect(timers.pending).toBe(0);
  });

  it('ends under a cover without showing what came under it', () => {
    const { pipeline, source, recorder, shown } = setUp();
    pipeline.setCovered(true);
    pipeline.beginEnd();
    expect(source.isPaused).toBe(false);
    pipeline.takeOutput(text('last words'));
    pipeline.finish(null);
    expect(shown).toEqual([{ kind: 'ended' }]);
    expect(recorder.events.map(event => event.kind)).toEqual(['output']);
  });
});
