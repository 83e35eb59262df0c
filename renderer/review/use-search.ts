import { useEffect, useMemo, useState } from 'react';
import { RecordingId } from '../../contract/ids.ts';
import type { SearchHit } from '../../contract/ipc.ts';
import { useServices } from '../app/services-context.tsx';

export interface SearchState {
  /** what was searched for last; empty before */
  readonly query: string;
  readonly hits: readonly SearchHit[];
  /** of the blocks that are to be read; null while nothing runs */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** where a search for more goes on */
  readonly nextMs: number | null;
  readonly isByIndex: boolean;
  readonly isAnywhere: boolean;
  readonly unreadSegments: number;
  readonly problem: string | null;
}

export interface RecordingSearch {
  readonly state: SearchState;
  find(query: string, isAnywhere: boolean): void;
  more(): void;
  stop(): void;
}

const NOTHING: SearchState = {
  query: '',
  hits: [],
  progress: null,
  nextMs: null,
  isByIndex: true,
  isAnywhere: false,
  unreadSegments: 0,
  problem: null,
};

/** Has main search the recording; hits come as they are found. */
export function useSearch(recordingId: string): RecordingSearch {
  const { bridge } = useServices();
  const [state, setState] = useState(NOTHING);
  useEffect(
    () =>
      bridge.on('replay.searched', ({ recordingId: about, hits, done, total }) => {
        if (about !== recordingId) return;
        setState(previous =>
          previous.progress === null
            ? previous
            : { ...previous, hits: [...previous.hits, ...hits], progress: { done, total } },
        );
      }),
    [bridge, recordingId],
  );
  return useMemo(() => {
    const input = { recordingId: RecordingId.parse(recordingId) };
    const search = async (from: SearchState, fromMs: number) => {
      const { query, isAnywhere, hits: before } = from;
      const begun = { ...from, progress: { done: 0, total: 0 }, problem: null };
      setState(begun);
      const outcome = await bridge.request('replay.search', { ...input, query, isAnywhere, fromMs });
      setState(previous => {
        // another search was begun since
        if (previous.query !== query || previous.isAnywhere !== isAnywhere) return previous;
        if (!outcome.ok) return { ...previous, progress: null, problem: outcome.error.message };
        const { hits, ...facts } = outcome.value;
        return { ...previous, ...facts, hits: [...before, ...hits], progress: null };
      });
    };
    return {
      state,
      find(query, isAnywhere) {
        const wanted = query.trim();
        if (wanted === '') setState(NOTHING);
        else void search({ ...NOTHING, query: wanted, isAnywhere }, 0);
      },
      more() {
        if (state.nextMs !== null) void search(state, state.nextMs);
      },
      stop: () => void bridge.request('replay.stop-search', input),
    };
  }, [bridge, recordingId, state]);
}
