import type { Clock, RoundTrip } from '../../core/access/clock.ts';
import { hasJumped, hearClock, sampleClock, serverTime } from '../../core/access/clock.ts';
import type { Timers } from '../timers.ts';

/** Server time as this client knows it, milliseconds since the epoch. */
export interface ServerTime {
  /** NaN while no signed time was seen: nothing may be open then. */
  nowMs(): number;
  /** Server time minus this machine's wall time; 0 while unknown. */
  offsetMs(): number;
  /** A signed time that was asked for. */
  sample(trip: RoundTrip): void;
  /** A signed time that arrived by itself (a lease). */
  hear(serverMs: number): void;
  /**
   * True once after the machine slept or its clock was set: what is known may be too early by that long. The caller drops its
   * lease and asks for the time anew.
   */
  takeJump(): boolean;
  /** Monotonic time, for `sample`. */
  monotonicMs(): number;
}

export function createServerTime(options: {
  readonly timers: Timers;
  readonly wallNowMs: () => number;
}): ServerTime {
  const { timers, wallNowMs } = options;
  const read = () => ({ wallMs: wallNowMs(), monotonicMs: timers.nowMs() });
  let clock: Clock | null = null;
  let lastRead = read();
  return {
    nowMs: () => serverTime(clock, timers.nowMs()),
    offsetMs: () => {
      const nowMs = serverTime(clock, timers.nowMs());
      return Number.isNaN(nowMs) ? 0 : nowMs - wallNowMs();
    },
    sample: trip => {
      clock = sampleClock(clock, trip);
    },
    hear: serverMs => {
      clock = hearClock(clock, serverMs, timers.nowMs());
    },
    takeJump() {
      const before = lastRead;
      lastRead = read();
      return hasJumped(before, lastRead);
    },
    monotonicMs: () => timers.nowMs(),
  };
}
