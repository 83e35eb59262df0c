/** A token bucket: `perSecond` on average, `burst` at once. */
export interface RateLimit {
  /** False where the sender is over its limit. */
  take(): boolean;
}

export function createRateLimit(options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly nowMs: () => number;
}): RateLimit {
  const { perSecond, burst, nowMs } = options;
  let left = burst;
  let lastMs = nowMs();
  return {
    take() {
      const atMs = nowMs();
      left = Math.min(burst, left + ((atMs - lastMs) / 1000) * perSecond);
      lastMs = atMs;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
