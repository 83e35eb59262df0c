import { expect, test } from 'vitest';
import type { Outcome } from '../../contract/errors.ts';
import type { LivePiece } from '../../contract/ipc.ts';
import { startLiveFeed } from './live-feed.ts';

const header = { cols: 80, rows: 24, startedAtMs: 1_000_000 } as LivePiece['header'];
const output = (atMs: number, text: string) => ({ kind: 'output' as const, atMs, text });
const piece = (change: Partial<LivePiece>): Outcome<LivePiece> => ({
  ok: true,
  value: {
    ...{ header, keyframe: null, events: [], nextOffset: 10, behindMs: null, check: null, state: 'running' },
    ...change,
  },
});
const failed = (code: 'server-unreachable' | 'recording-unreadable'): Outcome<LivePiece> => ({
  ok: false,
  error: { code, message: code },
});

function follow(...answers: Outcome<LivePiece>[]) {
  const screen: string[] = [];
  const asked: (number | null)[] = [];
  const phases: string[] = [];
  const feed = startLiveFeed({
    read(fromOffset) {
      asked.push(fromOffset);
      const next = answers.shift();
      if (next === undefined) throw new Error('asked once too often');
      return Promise.resolve(next);
    },
    screen: {
      reset: (cols, rows) => screen.push(`reset ${cols}x${rows}`),
      resize: (cols, rows) => screen.push(`resize ${cols}x${rows}`),
      write: text => screen.push(text),
    },
    wait: () => Promise.resolve(),
  });
  feed.subscribe(() => {
    const { phase } = feed.get();
    if (phases.at(-1) !== phase) phases.push(phase);
  });
  return { feed, screen, asked, phases };
}

test('begins with the keyframe, goes on from where the piece before ended, and stops at the end', async () => {
  const { feed, screen, asked, phases } = follow(
    piece({ header: null, nextOffset: null }),
    piece({
      keyframe: { atMs: 4_000, cols: 100, rows: 30, text: 'screen' },
      events: [output(5_000, 'a')],
      nextOffset: 50,
      behindMs: 900,
    }),
    piece({ nextOffset: 50 }),
    piece({
      events: [{ kind: 'resize', atMs: 6_000, cols: 90, rows: 20 }, output(6_500, 'b')],
      nextOffset: 70,
      behindMs: 700,
    }),
    piece({ nextOffset: 80, state: 'complete' }),
  );
  await feed.over;
  expect(asked).toEqual([null, null, 50, 50, 70]);
  expect(screen).toEqual(['reset 100x30', 'screen', 'a', 'resize 90x20', 'b']);
  expect(phases).toEqual(['waiting', 'live', 'ended']);
  expect(feed.get()).toMatchObject({ behindMs: 700, newestAtMs: 1_006_500 });
  expect(feed.takeShown()).toEqual([[5_000, 6_500]]);
  expect(feed.takeShown()).toEqual([]);
});

test('a recording of which only the header is there begins with an empty screen of its size', async () => {
  const { feed, screen } = follow(
    piece({}),
    piece({ events: [output(10, 'first')] }),
    piece({ state: 'interrupted' }),
  );
  await feed.over;
  expect(screen).toEqual(['reset 80x24', 'first']);
});

test('asks again after a break, from the same place', async () => {
  const { feed, asked, phases } = follow(
    piece({ nextOffset: 30 }),
    failed('server-unreachable'),
    piece({ nextOffset: 40 }),
    piece({ state: 'complete' }),
  );
  await feed.over;
  expect(asked).toEqual([null, 30, 30, 40]);
  expect(phases).toEqual(['live', 'lost', 'live', 'ended']);
  expect(feed.get().failure).toBeNull();
});

test('does not ask again where the key does not open it', async () => {
  const { feed, asked } = follow(failed('recording-unreadable'));
  await feed.over;
  expect(asked).toEqual([null]);
  expect(feed.get()).toMatchObject({ phase: 'refused', failure: { code: 'recording-unreadable' } });
});
