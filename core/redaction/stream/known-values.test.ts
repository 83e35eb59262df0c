import { describe, expect, it } from 'vitest';
import { KnownValues } from './known-values.ts';

describe('values that were masked before', () => {
  it('are told by their end and by their beginning, as whole words', () => {
    const known = new KnownValues();
    known.add('henrik.dahl@posten.no');
    expect(known.tailAtStart('dahl@posten.no | 7')).toBe(14);
    expect(known.tailAtStart('dahl@posten.north')).toBe(0);
    expect(known.headAtEnd('7 | henrik.d')).toBe(4);
    expect(known.headAtEnd('7 | xhenrik.d')).toBe(-1);
    expect(known.tailAtStart('.no | 7')).toBe(0);
  });

  it('go on behind their known part where the edge had cut them off', () => {
    const known = new KnownValues();
    known.add('SG.DW1TR3HDqUazQ87KV', true);
    expect(known.tailAtStart('qUazQ87KVUzJp0._klIg | 4')).toBe(20);
    const whole = new KnownValues();
    whole.add('SG.DW1TR3HDqUazQ87KV');
    expect(whole.tailAtStart('qUazQ87KVUzJp0._klIg | 4')).toBe(0);
  });

  it('are as long as tokens, and not longer', () => {
    const known = new KnownValues();
    known.add('x'.repeat(500) + 'y1234567');
    expect(known.tailAtStart('y1234567')).toBe(8);
    known.add('z'.repeat(513));
    expect(known.tailAtStart('zzzzzzzz')).toBe(0);
  });
});
