import { expect, test } from 'vitest';
import { firstDensity, heights, withEvents } from './density.ts';

const out = (atMs: number, length: number) => ({ kind: 'output' as const, atMs, text: 'x'.repeat(length) });

test('what was written is counted in its slice of the recording', () => {
  const { slices } = withEvents(firstDensity(null), [out(0, 3), out(1, 4), out(24_000, 5)], 24_000);
  expect(slices[0]).toBe(7);
  expect(slices.at(-1)).toBe(5);
});

test('reading the same window twice counts it once', () => {
  const once = withEvents(firstDensity(null), [out(100, 5)], 24_000);
  expect(withEvents(once, [out(100, 5)], 24_000)).toEqual(once);
});

test('heights lie between nothing and all', () => {
  const all = heights(withEvents(firstDensity(null), [out(0, 1000), out(12_000, 10)], 24_000));
  expect(Math.max(...all)).toBe(1);
  expect(all[120]).toBeGreaterThan(0.3);
  expect(all[60]).toBe(0);
});
