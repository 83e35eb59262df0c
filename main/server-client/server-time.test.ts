import { expect, test } from 'vitest';
import { fakeTimers } from '../../test/support/fake-timers.ts';
import { createServerTime } from './server-time.ts';

function setUp() {
  const timers = fakeTimers(100);
  const wall = { nowMs: 5_000_000 };
  const time = createServerTime({ timers, wallNowMs: () => wall.nowMs });
  const pass = (ms: number) => {
    timers.advance(ms);
    wall.nowMs += ms;
  };
  return { timers, wall, time, pass };
}

test('there is no time before a signed one was seen', () => {
  const { time } = setUp();
  expect(time.nowMs()).toBeNaN();
  time.hear(9_000_000);
  expect(time.nowMs()).toBeNaN();
});

test('setting the local clock back, or forward, does not move the time', () => {
  const { time, wall, pass } = setUp();
  time.sample({ serverMs: 9_000_000, sentMs: 100, receivedMs: 100 });
  expect(time.offsetMs()).toBe(4_000_000);
  pass(1_000);
  wall.nowMs -= 3_600_000;
  expect(time.nowMs()).toBe(9_001_000);
  wall.nowMs += 7_200_000;
  expect(time.nowMs()).toBe(9_001_000);
});

test('a clock that was set, and a machine that slept, are noticed once', () => {
  const { time, wall, pass } = setUp();
  pass(60_000);
  expect(time.takeJump()).toBe(false);
  wall.nowMs += 30_000;
  expect(time.takeJump()).toBe(true);
  expect(time.takeJump()).toBe(false);
  wall.nowMs -= 30_000;
  expect(time.takeJump()).toBe(true);
});

test('a lease that arrives late never sets the time back', () => {
  const { time, pass } = setUp();
  time.sample({ serverMs: 9_000_000, sentMs: 100, receivedMs: 100 });
  pass(10_000);
  time.hear(9_004_000);
  expect(time.nowMs()).toBeGreaterThanOrEqual(9_009_990);
});
