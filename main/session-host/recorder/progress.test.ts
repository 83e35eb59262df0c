import { expect, it } from 'vitest';
import type { RecordingHealth } from '../../../contract/recording.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { createProgress } from './progress.ts';

it('a change of state is told at once, numbers at most twice a second and the newest in the end', () => {
  const timers = fakeTimers();
  const told: RecordingHealth[] = [];
  const progress = createProgress({
    startedAtMs: 0,
    hasUpload: true,
    spoolQuotaBytes: 1e9,
    timers,
    onHealth: health => told.push(health),
  });
  const shown = () => told.map(({ state, segments }) => `${state} ${String(segments)}`);
  for (let segments = 1; segments <= 4; segments++)
    progress.spooled({ bytes: segments * 100, segments, endMs: segments });
  expect(shown()).toEqual(['recording 1']);
  timers.advance(500);
  expect(shown()).toEqual(['recording 1', 'recording 4']);
  progress.reachable(false);
  expect(shown().at(-1)).toBe('offline 4');
  progress.spooled({ bytes: 500, segments: 5, endMs: 5 });
  progress.entered('sealed');
  expect(shown()).toEqual(['recording 1', 'recording 4', 'offline 4', 'sealed 5']);
  timers.advance(1_000);
  expect(told).toHaveLength(4);
});
