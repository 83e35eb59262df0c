import { describe, expect, it } from 'vitest';
import type { SegmentContent } from '../../../core/recording/segment.ts';
import { decodeSegment } from '../../../core/recording/segment.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import type { CutSegment } from './segment-cutter.ts';
import { costOf, createSegmentCutter } from './segment-cutter.ts';

function cutterWith() {
  const timers = fakeTimers();
  const cuts: CutSegment[] = [];
  const cutter = createSegmentCutter({
    cols: 80,
    rows: 24,
    timers,
    marginMs: () => 50,
    onCut: segment => cuts.push(segment),
    onFault(error) {
      throw error;
    },
  });
  let seq = 0;
  const output = (text: string | Uint8Array) => {
    seq += 1;
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    cutter.add({ kind: 'output', atMs: timers.nowMs(), seq, bytes });
    return bytes.length;
  };
  const contents = (): SegmentContent[] => cuts.flatMap(cut => decodeSegment(cut.plain) ?? []);
  return { timers, cuts, cutter, output, contents };
}

describe('segments', () => {
  it('close before 250 ms of output are not durable, so that sealing has its time', () => {
    const { timers, cuts, output } = cutterWith();
    output('a');
    timers.advance(199);
    output('b');
    expect(cuts).toHaveLength(0);
    timers.advance(1);
    expect(cuts).toHaveLength(1);
    expect(cuts[0]).toMatchObject({ startMs: 0, endMs: 199 });
    timers.advance(60_000);
    expect(cuts).toHaveLength(1);
  });

  it('close after 10 s where there is no output in them', () => {
    const { timers, cuts, cutter } = cutterWith();
    cutter.add({ kind: 'resize', atMs: 0, cols: 90, rows: 30 });
    timers.advance(9_999);
    expect(cuts).toHaveLength(0);
    timers.advance(1);
    expect(cuts).toHaveLength(1);
  });

  it('close at once at 256 KiB, and never hold more unless one event does', () => {
    const { cuts, cutter, output } = cutterWith();
    for (let n = 0; n < 20; n += 1) output('x'.repeat(60_000));
    cutter.cut();
    for (const cut of cuts) expect(cut.plain.length).toBeLessThan(256 * 1024 + 70_000);
    expect(cuts.length).toBeGreaterThanOrEqual(5);
  });

  it('give back exactly the costs that were taken', () => {
    const { cuts, cutter } = cutterWith();
    const marker = { kind: 'marker', atMs: 0, marker: { kind: 'alert', text: 'x' } } as const;
    const text = { kind: 'output', atMs: 0, seq: 1, bytes: new Uint8Array(1000) } as const;
    cutter.add(marker);
    cutter.add(text);
    cutter.cut();
    expect(cuts[0]?.costBytes).toBe(costOf(marker) + costOf(text));
  });

  it('number outputs on, and keep a character whole that was cut between two of them', () => {
    const { cutter, output, contents } = cutterWith();
    output(Uint8Array.of(0x61, 0xe2, 0x82));
    cutter.cut();
    output(Uint8Array.of(0xac, 0x62));
    cutter.cut();
    const [first, second] = contents();
    expect(first?.events).toMatchObject([{ seq: 1, bytes: new TextEncoder().encode('a') }]);
    expect(second?.events).toMatchObject([{ seq: 2, bytes: new TextEncoder().encode('€b') }]);
  });

  it('have a keyframe at first, then after 10 s or 256 KiB, with the screen so far', () => {
    const { timers, cuts, cutter, output, contents } = cutterWith();
    output('one');
    cutter.cut();
    output('two');
    cutter.cut();
    timers.advance(10_000);
    output('three');
    cutter.cut();
    for (let n = 0; n < 5; n += 1) output(`${'y'.repeat(60_000)}`);
    cutter.cut();
    output('last');
    cutter.cut();
    const screens = contents().map(content => content.keyframe?.screen ?? null);
    expect(screens.slice(0, 3)).toEqual([
      expect.not.stringContaining('one'),
      null,
      expect.stringContaining('onetwo'),
    ]);
    expect(cuts.at(-1)?.hasKeyframe).toBe(true);
    expect(screens.at(-1)).toContain('yyyy');
  });

  it('begin with the size of their time', () => {
    const { cutter, output, contents } = cutterWith();
    output('a');
    cutter.add({ kind: 'resize', atMs: 0, cols: 100, rows: 30 });
    cutter.cut();
    output('b');
    cutter.cut();
    expect(contents().map(({ cols, rows }) => [cols, rows])).toEqual([
      [80, 24],
      [100, 30],
    ]);
  });
});
