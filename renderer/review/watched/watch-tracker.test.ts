import { expect, it } from 'vitest';
import { createWatchTracker } from './watch-tracker.ts';

function played(...moments: readonly [positionMs: number, isPlaying: boolean, seeks: number][]) {
  const tracker = createWatchTracker(() => 60_000);
  for (const [positionMs, isPlaying, seeks] of moments) tracker.at({ positionMs, isPlaying, seeks });
  return tracker;
}

it('what was played through is one part, whatever the frames, and is told once', () => {
  const tracker = played([0, true, 1], [16, true, 1], [32, true, 1], [4_000, true, 1], [9_000, false, 1]);
  expect(tracker.take()).toEqual([[0, 9_000]]);
  expect(tracker.take()).toEqual([]);
  tracker.at({ positionMs: 9_000, isPlaying: true, seeks: 1 });
  tracker.at({ positionMs: 12_000, isPlaying: true, seeks: 1 });
  expect(tracker.take()).toEqual([[9_000, 12_000]]);
});

it('a jump is not what was seen between, whether it plays or stands', () => {
  const tracker = played(
    [0, true, 1],
    [2_000, true, 1],
    [30_000, true, 2],
    [33_000, true, 2],
    [50_000, false, 3],
  );
  expect(tracker.take()).toEqual([
    [0, 2_000],
    [30_000, 33_000],
  ]);
});

it('a picture that stands still is no part that was played', () => {
  expect(played([0, false, 1], [20_000, false, 2]).take()).toEqual([]);
});
