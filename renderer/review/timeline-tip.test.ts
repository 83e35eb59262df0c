import { describe, expect, it } from 'vitest';
import { gapAt } from './gaps.ts';
import type { MarkGroup } from './marks.ts';
import { tipAt } from './timeline-tip.ts';

const group = (change: Partial<MarkGroup>): MarkGroup => ({
  atMs: 60_000,
  kind: 'command',
  entity: null,
  count: 1,
  text: '',
  reasons: [],
  ...change,
});

describe('the tip of the timeline', () => {
  it('says the time, and what stands near it: gaps and alerts first, masks by type', () => {
    const groups = [
      group({ text: 'select *\n  from customers' }),
      group({ atMs: 60_400, kind: 'mask', entity: 'email', count: 3 }),
      group({ atMs: 60_900, kind: 'mask', entity: 'email', count: 2 }),
      group({ atMs: 61_000, kind: 'alert', text: 'Bulk read' }),
      group({ atMs: 62_500, kind: 'gap', text: 'too far' }),
    ];
    expect(tipAt(groups, 60_000, 1_000)).toEqual({
      time: '1:00',
      lines: ['Alert: Bulk read', expect.stringMatching(/^5 e-mail .*masked$/), '$ select * from customers'],
    });
    expect(tipAt(groups, 0, 1_000)).toEqual({ time: '0:00', lines: [] });
  });

  it('stays small however much there is', () => {
    const groups = Array.from({ length: 9 }, () => group({ text: 'x'.repeat(200) }));
    const { lines } = tipAt(groups, 60_000, 0);
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('and 4 more');
    expect(Math.max(...lines.map(line => line.length))).toBeLessThan(90);
  });
});

describe('a gap', () => {
  it('is told where the replay stands in it, and no longer than some seconds after', () => {
    const groups = [group({}), group({ atMs: 61_000, kind: 'gap', text: 'missing' })];
    expect(gapAt(groups, 60_999)).toBeNull();
    expect(gapAt(groups, 61_000)).toBe(1);
    expect(gapAt(groups, 65_999)).toBe(1);
    expect(gapAt(groups, 66_000)).toBeNull();
  });
});
