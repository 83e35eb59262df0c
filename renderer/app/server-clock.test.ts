import { expect, test } from 'vitest';
import { createServerClock } from './server-clock.ts';

function fakeMonotonic() {
  let ms = 1000;
  return { read: () => ms, pass: (by: number) => (ms += by) };
}

test('the server clock runs on from the last told time by the monotonic clock', () => {
  const monotonic = fakeMonotonic();
  const clock = createServerClock(monotonic.read);
  clock.sync(5_000_000);
  monotonic.pass(1500);
  expect(clock.now()).toBe(5_001_500);
});

test('a message that was slightly late does not turn the clock back', () => {
  const monotonic = fakeMonotonic();
  const clock = createServerClock(monotonic.read);
  clock.sync(5_000_000);
  monotonic.pass(1000);
  clock.sync(5_000_900);
  expect(clock.now()).toBe(5_001_000);
});

test('a correction larger than any lateness is followed in both directions', () => {
  const monotonic = fakeMonotonic();
  const clock = createServerClock(monotonic.read);
  clock.sync(5_000_000);
  clock.sync(4_990_000);
  expect(clock.now()).toBe(4_990_000);
  clock.sync(5_100_000);
  expect(clock.now()).toBe(5_100_000);
});
