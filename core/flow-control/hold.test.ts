import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHeld, NO_HOLD, nextHold } from './hold.ts';

const marks = { output: { highBytes: 100, lowBytes: 40 }, recorder: { highBytes: 200, lowBytes: 50 } };
const idle = { outputBytes: 0, recorderBytes: 0, isCovered: false };

describe('a hold', () => {
  it.each([
    ['below the high watermark of the output', { outputBytes: 99 }, false],
    ['at the high watermark of the output', { outputBytes: 100 }, true],
    ['below the high watermark of the recorder', { recorderBytes: 199 }, false],
    ['at the high watermark of the recorder', { recorderBytes: 200 }, true],
    ['covered', { isCovered: true }, true],
    ['idle', {}, false],
  ])('%s', (_name, levels, expected) => {
    expect(isHeld(nextHold(NO_HOLD, { ...idle, ...levels }, marks))).toBe(expected);
  });

  it('stays until the level is below the low watermark', () => {
    const full = nextHold(NO_HOLD, { ...idle, outputBytes: 100, recorderBytes: 200 }, marks);
    const atLow = nextHold(full, { ...idle, outputBytes: 40, recorderBytes: 50 }, marks);
    expect(atLow).toEqual({ isOutputFull: true, isRecorderFull: true, isCovered: false });
    expect(isHeld(nextHold(atLow, { ...idle, outputBytes: 39, recorderBytes: 50 }, marks))).toBe(true);
    expect(isHeld(nextHold(atLow, { ...idle, outputBytes: 39, recorderBytes: 49 }, marks))).toBe(false);
  });

  it('lets never more than the high watermark and one message out, and always ends once everything was taken', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('send' as const), bytes: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ kind: fc.constant('ack' as const), bytes: fc.nat(120) }),
      fc.record({ kind: fc.constant('persist' as const), bytes: fc.nat(300) }),
      fc.record({ kind: fc.constant('cover' as const), isCovered: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), steps => {
        let hold = NO_HOLD;
        let levels = idle;
        for (const s of steps) {
          if (s.kind === 'send' && !isHeld(hold)) {
            levels = {
              ...levels,
              outputBytes: levels.outputBytes + s.bytes,
              recorderBytes: levels.recorderBytes + s.bytes,
            };
          } else if (s.kind === 'ack') {
            levels = { ...levels, outputBytes: Math.max(0, levels.outputBytes - s.bytes) };
          } else if (s.kind === 'persist') {
            levels = { ...levels, recorderBytes: Math.max(0, levels.recorderBytes - s.bytes) };
          } else if (s.kind === 'cover') levels = { ...levels, isCovered: s.isCovered };
          hold = nextHold(hold, levels, marks);
          expect(levels.outputBytes).toBeLessThan(marks.output.highBytes + 30);
          expect(levels.recorderBytes).toBeLessThan(marks.recorder.highBytes + 30);
        }
        expect(isHeld(nextHold(hold, idle, marks))).toBe(false);
      }),
    );
  });
});
