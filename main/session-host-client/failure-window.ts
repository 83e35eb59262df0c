/** This many failures within the window mean that something is wrong that another start does not cure. */
const MAX_FAILURES = 5;
const WINDOW_MS = 60_000;

/** Bounds restarts: counts failures of hosts in a sliding window. Times: a monotonic clock, milliseconds. */
export interface FailureWindow {
  failed(nowMs: number): void;
  /** Milliseconds until a host may be started again; 0: now. */
  waitMs(nowMs: number): number;
}

export function createFailureWindow(): FailureWindow {
  let failuresMs: number[] = [];
  return {
    failed(nowMs) {
      failuresMs = [...failuresMs, nowMs].slice(-MAX_FAILURES);
    },
    waitMs(nowMs) {
      const oldest = failuresMs[0];
      if (oldest === undefined || failuresMs.length < MAX_FAILURES) return 0;
      return Math.max(0, oldest + WINDOW_MS - nowMs);
    },
  };
}
