import type { Span } from '../../../core/recording/spans.ts';
import { mergeSpans } from '../../../core/recording/spans.ts';

/** Where a replay is, as the tracker needs it. */
export interface WatchedMoment {
  readonly positionMs: number;
  readonly isPlaying: boolean;
  /** counts jumps: two moments with the same count are joined by playing */
  readonly seeks: number;
}

/** Notes which parts of a recording were played, so that they can be reported. */
export interface WatchTracker {
  /** The replay is here now. */
  at(moment: WatchedMoment): void;
  /** What was played since this was asked last; empty where nothing was. */
  take(): [number, number][];
}

/** @param durationMs of the recording */
export function createWatchTracker(durationMs: () => number): WatchTracker {
  let played: Span[] = [];
  let last: WatchedMoment | null = null;
  return {
    at(moment) {
      const isJoined =
        last !== null && last.isPlaying && last.seeks === moment.seeks && moment.positionMs > last.positionMs;
      if (last !== null && isJoined) {
        const open = played.at(-1);
        if (open !== undefined && open[1] === last.positionMs)
          played[played.length - 1] = [open[0], moment.positionMs];
        else played.push([last.positionMs, moment.positionMs]);
      }
      last = moment;
    },
    take() {
      const spans = mergeSpans(played, durationMs());
      played = [];
      return spans;
    },
  };
}
