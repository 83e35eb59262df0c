import { useEffect } from 'react';
import { RecordingId } from '../../../contract/ids.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { useServices } from '../../app/services-context.tsx';
import type { ReplayScheduler } from '../replay-scheduler.ts';
import { createWatchTracker } from './watch-tracker.ts';

const REPORT_EVERY_MS = 30_000;

interface WatchReportsOptions {
  /** null: nothing is told */
  readonly scheduler: ReplayScheduler | null;
  readonly recordingId: string;
  readonly durationMs: number;
  readonly onReported: () => void;
}

/** Tells the server which parts were played: at each pause, at the end of the view, and every half minute between. */
export function useWatchReports(options: WatchReportsOptions): void {
  const { scheduler, recordingId, durationMs, onReported } = options;
  const { bridge } = useServices();
  useEffect(() => {
    if (scheduler === null) return;
    const tracker = createWatchTracker(() => durationMs);
    let wasPlaying = false;
    const report = () => reportWatched(bridge, recordingId, tracker.take());
    const look = () => {
      const { positionMs, isPlaying, seeks } = scheduler.get();
      tracker.at({ positionMs, isPlaying, seeks });
      if (wasPlaying && !isPlaying) void report().then(isTold => isTold && onReported());
      wasPlaying = isPlaying;
    };
    look();
    const stop = scheduler.subscribe(look);
    const timer = setInterval(() => void report(), REPORT_EVERY_MS);
    return () => {
      stop();
      clearInterval(timer);
      void report();
    };
  }, [bridge, scheduler, recordingId, durationMs, onReported]);
}

/** Resolves to whether there was something to tell, and it was told. A report that is lost makes the coverage smaller, never larger. */
export async function reportWatched(
  bridge: Bridge,
  recordingId: string,
  spans: [number, number][],
): Promise<boolean> {
  if (spans.length === 0) return false;
  const outcome = await bridge.request('review.watched', {
    recordingId: RecordingId.parse(recordingId),
    watched: { spans },
  });
  return outcome.ok;
}
