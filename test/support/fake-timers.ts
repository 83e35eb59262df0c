import type { Timers } from '../../main/timers.ts';

/** Timers that a test moves by hand. `soon` runs with the next `settle` or `advance`. */
export interface FakeTimers extends Timers {
  /** Runs what `soon` was asked for, also what that asks for in turn. */
  settle(): void;
  /** One turn of the event loop: runs what `soon` was asked for until now. */
  turn(): void;
  /** Moves the clock and nothing else: time that passed while the program was busy. */
  skip(ms: number): void;
  /** Moves the clock; timers fire in order, each at its own time. */
  advance(ms: number): void;
  /** How many timers are set. */
  readonly pending: number;
}

export function fakeTimers(startMs = 0): FakeTimers {
  let nowMs = startMs;
  let nextId = 0;
  const timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  let immediates: { run: () => void; isCancelled: boolean }[] = [];
  const turn = (): void => {
    const now = immediates;
    immediates = [];
    for (const immediate of now) if (!immediate.isCancelled) immediate.run();
  };
  const settle = (): void => {
    while (immediates.length > 0) turn();
  };
  return {
    nowMs: () => nowMs,
    get pending() {
      return timers.size;
    },
    after(delayMs, run) {
      const id = nextId++;
      timers.set(id, { atMs: nowMs + Math.max(0, delayMs), run });
      return () => void timers.delete(id);
    },
    soon(run) {
      const immediate = { run, isCancelled: false };
      immediates.push(immediate);
      return () => {
        immediate.isCancelled = true;
      };
    },
    settle,
    turn,
    skip(ms) {
      nowMs += ms;
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        settle();
        const due = [...timers.entries()]
          .filter(([, timer]) => timer.atMs <= untilMs)
          .sort(([idA, a], [idB, b]) => a.atMs - b.atMs || idA - idB)[0];
        if (due === undefined) break;
        const [id, timer] = due;
        timers.delete(id);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.run();
      }
      nowMs = untilMs;
    },
  };
}
