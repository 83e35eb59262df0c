import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasJumped, hearClock, MAX_ROUND_TRIP_MS, sampleClock, serverTime, uncertaintyMs } from './clock.ts';

describe('clock', () => {
  test('nothing known is no time', () => {
    expect(serverTime(null, 5)).toBeNaN();
    expect(hearClock(null, 5, 5)).toBeNull();
  });

  test('a round trip gives the time within half of what it took', () => {
    const clock = sampleClock(null, { serverMs: 10_000, sentMs: 0, receivedMs: 40 });
    expect(serverTime(clock, 40)).toBe(10_020);
    expect(clock === null ? null : uncertaintyMs(clock, 40)).toBe(20);
  });

  test.each([MAX_ROUND_TRIP_MS + 1, -1, Number.NaN])('a round trip of %d ms says nothing', tookMs => {
    expect(sampleClock(null, { serverMs: 10_000, sentMs: 0, receivedMs: tookMs })).toBeNull();
  });

  test('a round trip of exactly the limit counts', () => {
    expect(sampleClock(null, { serverMs: 1, sentMs: 0, receivedMs: MAX_ROUND_TRIP_MS })).not.toBeNull();
  });

  test('a delayed message never sets the clock back', () => {
    const clock = sampleClock(null, { serverMs: 10_000, sentMs: 0, receivedMs: 10 });
    const heard = hearClock(clock, 10_000, 5000);
    expect(serverTime(heard, 5000)).toBeGreaterThanOrEqual(14_994);
  });

  test('a sample that contradicts what was known replaces it', () => {
    const clock = sampleClock(null, { serverMs: 10_000, sentMs: 0, receivedMs: 10 });
    const moved = sampleClock(clock, { serverMs: 90_000, sentMs: 100, receivedMs: 110 });
    expect(serverTime(moved, 110)).toBe(90_005);
  });

  test('for any honest samples with any delays, the true time lies within the stated uncertainty', () => {
    const trip = fc.record({
      gapMs: fc.integer({ min: 0, max: 60_000 }),
      outMs: fc.integer({ min: 0, max: 4000 }),
      backMs: fc.integer({ min: 0, max: 4000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2e12 }), fc.array(trip, { minLength: 1 }), (offsetMs, trips) => {
        let clock = null;
        let atMs = 0;
        for (const { gapMs, outMs, backMs } of trips) {
          const sentMs = atMs + gapMs;
          atMs = sentMs + outMs + backMs;
          clock = sampleClock(clock, { serverMs: sentMs + outMs + offsetMs, sentMs, receivedMs: atMs });
        }
        if (clock === null) throw new Error('no clock');
        expect(Math.abs(serverTime(clock, atMs) - (atMs + offsetMs))).toBeLessThanOrEqual(
          uncertaintyMs(clock, atMs) + 0.01,
        );
      }),
    );
  });

  test.each([
    [2000, false],
    [2001, true],
    [-2001, true],
    [Number.NaN, true],
  ])('wall and monotonic clocks %d ms apart: jumped is %s', (apartMs, jumped) => {
    const before = { wallMs: 1e12, monotonicMs: 50 };
    expect(hasJumped(before, { wallMs: 1e12 + 1000 + apartMs, monotonicMs: 1050 })).toBe(jumped);
  });
});
