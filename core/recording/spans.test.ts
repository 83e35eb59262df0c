import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coveredShare, mergeSpans } from './spans.ts';

describe('parts of a recording', () => {
  it.each([
    [
      'apart',
      [
        [0, 10_000],
        [20_000, 30_000],
      ],
      [
        [0, 10_000],
        [20_000, 30_000],
      ],
    ],
    [
      'in any order and overlapping',
      [
        [5_000, 12_000],
        [0, 6_000],
      ],
      [[0, 12_000]],
    ],
    [
      'one inside the other',
      [
        [0, 9_000],
        [2_000, 3_000],
      ],
      [[0, 9_000]],
    ],
    [
      'a second apart',
      [
        [0, 1_000],
        [2_000, 3_000],
      ],
      [[0, 3_000]],
    ],
    [
      'a second and a millisecond apart',
      [
        [0, 1_000],
        [2_001, 3_000],
      ],
      [
        [0, 1_000],
        [2_001, 3_000],
      ],
    ],
    [
      'beyond the end',
      [
        [50_000, 70_000],
        [80_000, 90_000],
      ],
      [[50_000, 60_000]],
    ],
    ['none', [], []],
  ] as const)('%s', (_name, spans, expected) => {
    expect(mergeSpans(spans, 60_000)).toEqual(expected);
  });

  it('merging what was merged changes nothing, whatever was reported in whatever pieces', () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 20_000 }))
      .map(([from, length]) => [from, from + length] as const);
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (first, second) => {
        const together = mergeSpans([...first, ...second], 90_000);
        expect(mergeSpans([...mergeSpans(first, 90_000), ...second], 90_000)).toEqual(together);
        expect(coveredShare(together, 90_000)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('says how much of a recording they are', () => {
    expect(
      coveredShare(
        [
          [0, 15_000],
          [30_000, 45_000],
        ],
        60_000,
      ),
    ).toBe(0.5);
    expect(coveredShare([], 60_000)).toBe(0);
    expect(coveredShare([[0, 0]], 0)).toBe(1);
  });
});
