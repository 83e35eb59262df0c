import type { ErrorCode, Failure, Outcome } from '../../contract/errors.ts';
import type { LiveCheck, LivePiece } from '../../contract/ipc.ts';
import { mergeSpans } from '../../core/recording/spans.ts';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';
import type { ReplayScreen } from '../review/replay-scheduler.ts';

/**
 * States: connecting → waiting (nothing is on the server yet) → live ⇄ lost (asked again by itself) → ended; from any of them refused,
 * where asking again is of no use.
 */
export type LivePhase = 'connecting' | 'waiting' | 'live' | 'lost' | 'ended' | 'refused';

export interface LiveState {
  readonly phase: LivePhase;
  /** how long ago the newest of what is shown was recorded, when it arrived; null before there was any */
  readonly behindMs: number | null;
  /** server time of the newest output that is shown, milliseconds since the epoch */
  readonly newestAtMs: number | null;
  readonly failure: Failure | null;
  /** how far the chain is checked; null before there was anything to check */
  readonly check: LiveCheck | null;
}

export interface LiveFeedOptions {
  /** what came since an offset; waits for something new */
  readonly read: (fromOffset: number | null) => Promise<Outcome<LivePiece>>;
  readonly screen: ReplayScreen;
  readonly wait: (ms: number) => Promise<void>;
}

/** Follows a running recording onto a screen until it ends or is disposed. */
export interface LiveFeed extends ReadableStore<LiveState> {
  /** Parts of the recording that were shown since this was asked last. */
  takeShown(): [number, number][];
  /** Resolves when nothing more will be shown. */
  readonly over: Promise<void>;
  dispose(): void;
}

const RETRY_MS = 2_000;
const FOR_GOOD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'identity-missing',
  'passphrase-wrong',
  'recording-unreadable',
  'recording-corrupt',
  'not-allowed',
  'not-found',
  'bad-input',
]);

export function startLiveFeed({ read, screen, wait }: LiveFeedOptions): LiveFeed {
  const store = createStore<LiveState>({
    phase: 'connecting',
    behindMs: null,
    newestAtMs: null,
    failure: null,
    check: null,
  });
  const patch = (change: Partial<LiveState>) => store.set(previous => ({ ...previous, ...change }));
  let isDisposed = false;
  let nextOffset: number | null = null;
  let isScreenSized = false;
  let lastShownMs: number | null = null;
  let shown: [number, number][] = [];

  const show = ({ header, keyframe, events }: LivePiece): void => {
    if (header === null) return;
    if (keyframe !== null || !isScreenSized) {
      const { cols, rows } = keyframe ?? header;
      screen.reset(cols, rows);
      isScreenSized = true;
      if (keyframe !== null) screen.write(keyframe.text);
    }
    for (const event of events) {
      if (event.kind === 'output') screen.write(event.text);
      else if (event.kind === 'resize') screen.resize(event.cols, event.rows);
    }
    const [first] = events;
    const newest = events.at(-1);
    if (first === undefined || newest === undefined) return;
    shown.push([lastShownMs ?? first.atMs, newest.atMs]);
    lastShownMs = newest.atMs;
  };

  const take = (piece: LivePiece): void => {
    show(piece);
    nextOffset = piece.nextOffset;
    const { header, behindMs, check, state } = piece;
    const newest = piece.events.findLast(event => event.kind === 'output');
    const isNew = header !== null && newest !== undefined;
    patch({
      phase: state !== 'running' ? 'ended' : header === null ? 'waiting' : 'live',
      failure: null,
      check: check ?? store.get().check,
      ...(behindMs === null ? {} : { behindMs }),
      ...(isNew ? { newestAtMs: header.startedAtMs + newest.atMs } : {}),
    });
  };

  const run = async (): Promise<void> => {
    while (!isDisposed) {
      const outcome = await read(nextOffset);
      if (isDisposed) return;
      if (outcome.ok) {
        take(outcome.value);
        if (store.get().phase === 'ended') return;
        continue;
      }
      const { error } = outcome;
      if (FOR_GOOD.has(error.code)) return patch({ phase: 'refused', failure: error });
      patch({ phase: 'lost', failure: error });
      await wait(RETRY_MS);
    }
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    takeShown() {
      const spans = mergeSpans(shown, Number.MAX_SAFE_INTEGER);
      shown = [];
      return spans;
    },
    over: run(),
    dispose() {
      isDisposed = true;
    },
  };
}
