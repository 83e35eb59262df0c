import type { Keyframe, ReplayEvent } from '../../contract/ipc.ts';
import type { ReadableStore } from '../app/store.ts';
import { createStore } from '../app/store.ts';

/** What a replay plays on: an xterm.js terminal, or a list in a test. */
export interface ReplayScreen {
  /** an empty screen of this size */
  reset(cols: number, rows: number): void;
  resize(cols: number, rows: number): void;
  write(text: string): void;
}

export interface ReplayWindowAnswer {
  readonly keyframe: Keyframe | null;
  readonly events: readonly ReplayEvent[];
  /** the events end here: where the window was asked to end, or earlier */
  readonly upToMs: number;
}

export interface ReplaySchedulerOptions {
  readonly durationMs: number;
  readonly screen: ReplayScreen;
  /** events in [fromMs, toMs); with `fromKeyframe` from the keyframe before on. Rejects with a message for the person. */
  readonly read: (fromMs: number, toMs: number, fromKeyframe: boolean) => Promise<ReplayWindowAnswer>;
  /** monotonic milliseconds */
  readonly now: () => number;
  /** told of every window once it is read: for the density of output along the timeline */
  readonly onRead?: (events: readonly ReplayEvent[]) => void;
}

export interface ReplayState {
  readonly positionMs: number;
  readonly isPlaying: boolean;
  /** waits for a window that is not there yet */
  readonly isWaiting: boolean;
  readonly speed: number;
  readonly skipsIdle: boolean;
  readonly problem: string | null;
  /** counts jumps: while it stays the same, the position moves by playing only */
  readonly seeks: number;
}

/**
 * Plays a recording by windows that it reads ahead. `tick` moves it on by the time that passed; nothing runs by itself, so that
 * a test needs no real clock. States: waiting (a seek or an empty buffer) → paused or playing → at the end, paused.
 */
export interface ReplayScheduler extends ReadableStore<ReplayState> {
  play(): void;
  pause(): void;
  seek(toMs: number): Promise<void>;
  /** Reads once more what could not be read; does nothing where nothing failed. */
  retry(): void;
  /** Pauses at the next output, or the one before; stays where there is none. */
  stepOutput(direction: 'next' | 'previous'): Promise<void>;
  setSpeed(speed: number): void;
  setSkipsIdle(skipsIdle: boolean): void;
  tick(): void;
}

/** Small first windows make a seek quick; larger ones later make few requests. */
const FIRST_WINDOW_MS = 10_000;
const WINDOW_MS = 30_000;
const LONGEST_WINDOW_MS = 10 * 60_000;
/** Real time that the buffer should last; at 64x that is ten minutes of recording. */
const AHEAD_REAL_MS = 10_000;
/** Silence that is longer than this is skipped, down to the lead before the next event. */
const IDLE_MS = 2_000;
const IDLE_LEAD_MS = 500;

export function createReplayScheduler(options: ReplaySchedulerOptions): ReplayScheduler {
  const { durationMs, screen } = options;
  const store = createStore<ReplayState>({
    positionMs: 0,
    isPlaying: false,
    isWaiting: false,
    speed: 1,
    skipsIdle: true,
    problem: null,
    seeks: 0,
  });
  const patch = (change: Partial<ReplayState>) => store.set(previous => ({ ...previous, ...change }));

  let buffer: ReplayEvent[] = [];
  let readUpToMs = 0;
  let windowMs = FIRST_WINDOW_MS;
  let lastTickMs = options.now();
  // each seek makes what was asked for before it worthless
  let generation = 0;
  let isReading = false;
  /** where a seek could not read: until another seek did, the screen is that of an earlier moment */
  let missedMs: number | null = null;

  const isAllRead = () => readUpToMs > durationMs;

  const apply = (upToMs: number) => {
    let count = 0;
    for (const event of buffer) {
      if (event.atMs > upToMs) break;
      if (event.kind === 'output') screen.write(event.text);
      else if (event.kind === 'resize') screen.resize(event.cols, event.rows);
      count += 1;
    }
    if (count > 0) buffer = buffer.slice(count);
  };

  const readNext = async (fromMs: number, isSeek: boolean): Promise<ReplayWindowAnswer | null> => {
    const mine = generation;
    isReading = true;
    // the end of a window is exclusive: the last one reaches beyond the last event
    const toMs = Math.min(fromMs + windowMs, durationMs + 1);
    try {
      const answer = await options.read(fromMs, toMs, isSeek);
      if (mine !== generation) return null;
      readUpToMs = answer.upToMs;
      const isEmpty = answer.events.length === 0;
      windowMs = isEmpty ? Math.min(LONGEST_WINDOW_MS, windowMs * 2) : WINDOW_MS;
      options.onRead?.(answer.events);
      isReading = false;
      return answer;
    } catch (error) {
      if (mine !== generation) return null;
      isReading = false;
      patch({
        isPlaying: false,
        isWaiting: false,
        problem: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
  };

  const readAhead = () => {
    const { positionMs, speed, problem } = store.get();
    if (isReading || isAllRead() || problem !== null) return;
    if (readUpToMs - positionMs > AHEAD_REAL_MS * Math.max(1, speed)) return;
    void readNext(readUpToMs, false).then(answer => {
      if (answer !== null) buffer.push(...answer.events);
    });
  };

  /** Time of the last output in [fromMs, toMs); null where there is none, or it cannot be read. */
  const outputBefore = async (fromMs: number, toMs: number): Promise<number | null> => {
    let found: number | null = null;
    for (let at = fromMs; at < toMs; ) {
      const answer = await options.read(at, toMs, false).catch(() => null);
      if (answer === null) return null;
      found = answer.events.findLast(event => event.kind !== 'mark' && event.atMs < toMs)?.atMs ?? found;
      at = answer.upToMs;
    }
    return found;
  };

  /** Where the position may go by playing: not past what was read, over silence in one step. */
  const advance = (byMs: number): number => {
    const { positionMs, skipsIdle } = store.get();
    const wanted = Math.min(positionMs + byMs, durationMs);
    const next = buffer.find(event => event.kind !== 'mark');
    const bound = Math.min(readUpToMs, durationMs);
    if (skipsIdle) {
      const silentUntil = next?.atMs ?? bound;
      if (silentUntil - positionMs > IDLE_MS)
        return Math.max(wanted, silentUntil - (next === undefined ? 0 : IDLE_LEAD_MS));
    }
    return Math.min(wanted, bound);
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    play() {
      lastTickMs = options.now();
      const { positionMs } = store.get();
      const fromMs = missedMs ?? (positionMs >= durationMs ? 0 : null);
      if (fromMs !== null)
        void this.seek(fromMs).then(() => {
          if (missedMs === null) patch({ isPlaying: true });
        });
      else patch({ isPlaying: true, problem: null });
    },
    pause: () => patch({ isPlaying: false }),
    retry() {
      if (store.get().problem === null) return;
      if (missedMs !== null) void this.seek(missedMs);
      else patch({ problem: null });
    },
    setSpeed: speed => patch({ speed }),
    setSkipsIdle: skipsIdle => patch({ skipsIdle }),
    async seek(toMs) {
      const target = Math.min(Math.max(0, toMs), durationMs);
      generation += 1;
      windowMs = FIRST_WINDOW_MS;
      buffer = [];
      patch({ positionMs: target, isWaiting: true, problem: null, seeks: store.get().seeks + 1 });
      missedMs = target;
      const answer = await readNext(target, true);
      if (answer === null) return;
      missedMs = null;
      if (answer.keyframe !== null) {
        screen.reset(answer.keyframe.cols, answer.keyframe.rows);
        screen.write(answer.keyframe.text);
      }
      buffer = [...answer.events];
      apply(target);
      lastTickMs = options.now();
      patch({ isWaiting: false });
    },
    async stepOutput(direction) {
      patch({ isPlaying: false });
      const { positionMs } = store.get();
      if (direction === 'next') {
        for (;;) {
          const next = buffer.find(event => event.kind !== 'mark' && event.atMs > positionMs);
          if (next !== undefined) {
            apply(next.atMs);
            patch({ positionMs: next.atMs });
            return;
          }
          if (isAllRead() || isReading) return;
          const answer = await readNext(readUpToMs, false);
          if (answer === null) return;
          buffer.push(...answer.events);
        }
      }
      for (let lengthMs = FIRST_WINDOW_MS, toMs = positionMs; toMs > 0; lengthMs *= 2) {
        const fromMs = Math.max(0, toMs - lengthMs);
        const before = await outputBefore(fromMs, toMs);
        if (before !== null) return this.seek(before);
        toMs = fromMs;
      }
    },
    tick() {
      const nowMs = options.now();
      const elapsedMs = nowMs - lastTickMs;
      lastTickMs = nowMs;
      const { isPlaying, isWaiting, positionMs, speed } = store.get();
      if (isWaiting && buffer.length === 0 && isReading) return;
      readAhead();
      if (!isPlaying) return;
      const next = advance(elapsedMs * speed);
      apply(next);
      const isStarved = next < durationMs && next >= readUpToMs;
      const isAtEnd = next >= durationMs && isAllRead() && buffer.length === 0;
      patch({ positionMs: Math.max(positionMs, next), isWaiting: isStarved, isPlaying: !isAtEnd });
    },
  };
}
