import type { Timers } from '../../timers.ts';

/** Timers whose time is that of something recorded: it passes as fast as the recording is read. */
export interface VirtualTimers extends Timers {
  /** Moves the clock on; what falls due runs in order, each at its own time. */
  advanceTo(atMs: number): void;
}

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Few timers are set at any time: the one that is due next is looked for. */
export function createVirtualTimers(): VirtualTimers {
  let nowMs = 0;
  const timers = new Set<Timer>();
  let turns: Set<() => void> = new Set();

  const settle = (): void => {
    while (turns.size > 0) {
      const now = turns;
      turns = new Set();
      for (const run of now) run();
    }
  };
  const nextUntil = (atMs: number): Timer | null => {
    let next: Timer | null = null;
    for (const timer of timers)
      if (timer.atMs <= atMs && (next === null || timer.atMs < next.atMs)) next = timer;
    return next;
  };

  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + Math.max(0, delayMs), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    soon(run) {
      const turn = () => run();
      turns.add(turn);
      return () => void turns.delete(turn);
    },
    advanceTo(atMs) {
      settle();
      for (let timer = nextUntil(atMs); timer !== null; timer = nextUntil(atMs)) {
        timers.delete(timer);
        nowMs = Math.max(nowMs, timer.atMs);
        timer.run();
        settle();
      }
      nowMs = Math.max(nowMs, atMs);
    },
  };
}
