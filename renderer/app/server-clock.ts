/** Server time as main last told it, carried on by a monotonic clock: this machine's wall clock plays no part. */
export interface ServerClock {
  /** milliseconds since the epoch in server time; before the first `sync` the countdowns have nothing to show and this is 0 */
  now(): number;
  sync(serverNowMs: number): void;
}

/** A told time is at most this late in normal running; being later than that means that main corrected its own clock. */
const LATENESS_MS = 200;

/** @param monotonicMs e.g. `() => performance.now()` */
export function createServerClock(monotonicMs: () => number): ServerClock {
  let offsetMs: number | null = null;
  return {
    now: () => (offsetMs === null ? 0 : monotonicMs() + offsetMs),
    sync(serverNowMs) {
      const told = serverNowMs - monotonicMs();
      // a late message says a time that has passed: within the usual lateness the earlier, prompter one is the better
      if (offsetMs === null || told > offsetMs || told < offsetMs - LATENESS_MS) offsetMs = told;
    },
  };
}
