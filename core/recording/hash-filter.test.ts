import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './encoding.ts';
import { encodeFilter, mayHold, readFilters } from './hash-filter.ts';
import { createHashSet } from './hash-set.ts';

const hash = fc.integer({ min: 1, max: 2 ** 32 - 1 });

describe('a filter of hashes', () => {
  it('holds every hash that was put in, beside other filters', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(hash, { maxLength: 300 }), { maxLength: 4 }), lists => {
        const bytes = lists.map(list => encodeFilter(Uint32Array.from(list).sort(), 0));
        const filters = readFilters(concatBytes(bytes)) ?? [];
        expect(filters.length).toBe(lists.length);
        for (const [index, list] of lists.entries())
          for (const each of list)
            expect(filters[index] !== undefined && mayHold(filters[index], each, 0)).toBe(true);
      }),
    );
  });

  it('answers wrongly for about one in 128 others, in about nine bits a hash', () => {
    const set = createHashSet();
    let state = 1;
    const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) || 1;
    while (set.size < 20_000) set.add(next());
    const hashes = set.takeSorted();
    const bytes = encodeFilter(hashes, 0);
    expect((bytes.length * 8) / hashes.length).toBeLessThan(9);
    const [filter] = readFilters(bytes) ?? [];
    const known = new Set(hashes);
    let wrong = 0;
    for (let i = 0; i < 2_000; i += 1) {
      const other = Math.imul(i + 7, 2_654_435_761) >>> 0 || 1;
      if (!known.has(other) && filter !== undefined && mayHold(filter, other, 0)) wrong += 1;
    }
    expect(wrong).toBeLessThan(60);
  });

  it('is null for bytes that are none', () => {
    expect(readFilters(Uint8Array.of(5, 200, 1, 0))).toBeNull();
    expect(readFilters(Uint8Array.of(255, 255, 255, 255, 255, 255))).toBeNull();
    expect(readFilters(new Uint8Array(0))).toEqual([]);
  });
});

describe('a set of hashes', () => {
  it('gives each once, in order, and is empty afterwards', () => {
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 3_000 }), list => {
        const set = createHashSet();
        for (const each of list) set.add(each);
        expect([...set.takeSorted()]).toEqual([...new Set(list)].sort((a, b) => a - b));
        expect(set.takeSorted().length).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
