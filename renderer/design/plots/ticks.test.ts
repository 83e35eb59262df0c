import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisTicks, labelledIndexes } from './ticks.ts';

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [4, [0, 1, 2, 3, 4]],
  [5, [0, 2, 4, 6]],
  [80, [0, 20, 40, 60, 80]],
  [81, [0, 50, 100]],
  [1234, [0, 500, 1000, 1500]],
])('an axis up to %i has the ticks %j', (most, ticks) => {
  expect(axisTicks(most)).toEqual(ticks);
});

test('an axis holds its largest value, in few whole steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), most => {
      const ticks = axisTicks(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }),
  );
});

test.each([
  [0, 4, []],
  [3, 7, [0, 1, 2]],
  [7, 7, [0, 1, 2, 3, 4, 5, 6]],
  [30, 7, [4, 9, 14, 19, 24, 29]],
])('of %i things, at most %i labels: %j', (count, most, indexes) => {
  expect(labelledIndexes(count, most)).toEqual(indexes);
});
