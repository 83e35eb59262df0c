import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk } from './chunk-map.ts';
import { chunkName, coverOf, mergeable, parseChunkName } from './chunk-map.ts';

const chunk = (start: number, end: number): Chunk => ({ start, end });

describe('the chunks of a recording', () => {
  it.each<[string, readonly Chunk[], readonly Chunk[]]>([
    ['nothing', [], []],
    ['in order', [chunk(0, 5), chunk(5, 9)], [chunk(0, 5), chunk(5, 9)]],
    ['listed in any order', [chunk(5, 9), chunk(0, 5)], [chunk(0, 5), chunk(5, 9)]],
    ['a merged one beside what it was made of', [chunk(0, 5), chunk(0, 9), chunk(5, 9)], [chunk(0, 9)]],
    [
      'one that was sent twice, longer the second time',
      [chunk(0, 5), chunk(5, 9), chunk(5, 12)],
      [chunk(0, 5), chunk(5, 12)],
    ],
    ['one that begins inside of another', [chunk(0, 5), chunk(3, 9)], [chunk(0, 5), chunk(3, 9)]],
    ['what stands behind a hole', [chunk(0, 5), chunk(6, 9)], [chunk(0, 5)]],
    ['no beginning', [chunk(1, 5)], []],
  ])('%s', (_what, chunks, cover) => {
    expect(coverOf(chunks)).toEqual(cover);
  });

  it('have names that are read back and sort by start', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 1e9 }), (start, length) => {
        expect(parseChunkName(chunkName(chunk(start, start + length)))).toEqual(chunk(start, start + length));
      }),
    );
    expect([chunkName(chunk(10, 11)), chunkName(chunk(9, 10))].sort()).toEqual([
      chunkName(chunk(9, 10)),
      chunkName(chunk(10, 11)),
    ]);
    for (const name of ['facts.json', '1-2', chunkName(chunk(5, 5))]) expect(parseChunkName(name)).toBeNull();
  });

  it('are merged once there are enough small ones at the end, and large ones are left alone', () => {
    const limits = { count: 2, maxBytes: 10 };
    expect(mergeable([chunk(0, 2), chunk(2, 4)], limits)).toEqual([]);
    expect(mergeable([chunk(0, 2), chunk(2, 4), chunk(4, 6)], limits)).toHaveLength(3);
    expect(mergeable([chunk(0, 90), chunk(90, 92), chunk(92, 94), chunk(94, 96)], limits)).toEqual([
      chunk(90, 92),
      chunk(92, 94),
      chunk(94, 96),
    ]);
    expect(mergeable([chunk(0, 90)], limits)).toEqual([]);
  });
});
