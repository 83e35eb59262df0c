import { performance } from 'node:perf_hooks';

/** Undoes a subscription or a timer; calling it twice is fine. */
export type Dispose = () => void;

/** Time as a parameter: a monotonic clock and timers. */
export interface Timers {
  /** Milliseconds on a clock that never goes back; only differences mean something. */
  nowMs(): number;
  after(delayMs: number, run: () => void): Dispose;
  /** Once, after the input and output that is waiting now was handled. */
  soon(run: () => void): Dispose;
}

/** `setTimeout` fires at once for a longer delay than this (2^31 - 1 ms, about 24.8 days). */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const systemTimers: Timers = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    let timer: NodeJS.Timeout | undefined;
    const wait = (leftMs: number): void => {
      const partMs = Math.min(leftMs, MAX_DELAY_MS);
      timer = setTimeout(() => (leftMs > partMs ? wait(leftMs - partMs) : run()), partMs);
    };
    wait(Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
  soon(run) {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  },
};
