import type { RecordingId } from '../../../contract/ids.ts';
import type { EventOf, RequestOutputOf, RequestParsedOf, SearchHit } from '../../../contract/ipc.ts';
import type { Replay } from '../replay.ts';

/** How often the windows hear how far a search is. */
const TOLD_EVERY_MS = 200;

/** The searches that run, one for a recording. */
export interface Searches {
  search(
    replay: Pick<Replay, 'search'>,
    input: RequestParsedOf<'replay.search'>,
  ): Promise<RequestOutputOf<'replay.search'>>;
  stop(recordingId: RecordingId): void;
}

export function createSearches(options: {
  /** monotonic milliseconds */
  readonly nowMs: () => number;
  readonly onSearched: (found: EventOf<'replay.searched'>) => void;
}): Searches {
  const { nowMs, onSearched } = options;
  const running = new Map<RecordingId, AbortController>();
  const stop = (recordingId: RecordingId): void => {
    running.get(recordingId)?.abort();
    running.delete(recordingId);
  };
  return {
    stop,
    async search(replay, { recordingId, query, isAnywhere, fromMs }) {
      stop(recordingId);
      const controller = new AbortController();
      running.set(recordingId, controller);
      const hits: SearchHit[] = [];
      let toldHits = 0;
      let toldAtMs = nowMs();
      try {
        const outcome = await replay.search({
          query,
          isAnywhere,
          fromMs,
          signal: controller.signal,
          onProgress({ hits: found, done, total }) {
            for (const hit of found) hits.push(hit);
            if (controller.signal.aborted || nowMs() - toldAtMs < TOLD_EVERY_MS) return;
            toldAtMs = nowMs();
            onSearched({ recordingId, hits: hits.slice(toldHits), done, total });
            toldHits = hits.length;
          },
        });
        return { hits, ...outcome };
      } finally {
        if (running.get(recordingId) === controller) running.delete(recordingId);
      }
    },
  };
}
