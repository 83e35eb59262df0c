/**
 * Server time from signed samples and a monotonic clock; the wall clock has no part in it, so setting it back buys nothing.
 *
 * What is kept is an interval that holds `server time − monotonic time`. A round trip that left at `sentMs` and came back at
 * `receivedMs` with server time `s` proves `s − receivedMs ≤ offset ≤ s − sentMs` (Cristian 1989); a message that only arrived
 * proves the lower half. Intervals are intersected, so the best round trip counts and a slow one does no harm; with age an interval
 * widens by what two quartz clocks may drift apart. A sample that contradicts the interval replaces it.
 */
export interface Clock {
  readonly lowMs: number;
  readonly highMs: number;
  /** monotonic time of the last sample */
  readonly atMs: number;
}

export interface RoundTrip {
  readonly serverMs: number;
  /** monotonic times of the client */
  readonly sentMs: number;
  readonly receivedMs: number;
}

/** Two ordinary quartz clocks differ by less than this: 200 ppm. */
const DRIFT = 0.0002;
/** A round trip that took longer says too little about the time. */
export const MAX_ROUND_TRIP_MS = 10_000;

/** Takes a round trip; returns the clock before it where the trip was too slow or ran backwards. */
export function sampleClock(before: Clock | null, trip: RoundTrip): Clock | null {
  const tookMs = trip.receivedMs - trip.sentMs;
  if (!(tookMs >= 0 && tookMs <= MAX_ROUND_TRIP_MS) || !Number.isFinite(trip.serverMs)) return before;
  const lowMs = trip.serverMs - trip.receivedMs;
  const highMs = trip.serverMs - trip.sentMs;
  const fresh = { lowMs, highMs, atMs: trip.receivedMs };
  if (before === null) return fresh;
  const aged = age(before, trip.receivedMs);
  const both = {
    lowMs: Math.max(aged.lowMs, lowMs),
    highMs: Math.min(aged.highMs, highMs),
    atMs: trip.receivedMs,
  };
  return both.lowMs <= both.highMs ? both : fresh;
}

/** Takes a message that was sent at server time `serverMs` and arrived now: it is at least that late. Never sets the clock back. */
export function hearClock(before: Clock | null, serverMs: number, receivedMs: number): Clock | null {
  if (before === null || !Number.isFinite(serverMs)) return before;
  const aged = age(before, receivedMs);
  const lowMs = Math.max(aged.lowMs, serverMs - receivedMs);
  return { lowMs, highMs: Math.max(aged.highMs, lowMs), atMs: receivedMs };
}

/** Server time at monotonic time `monotonicMs`, the middle of what is possible. NaN while nothing is known: that means locked. */
export function serverTime(clock: Clock | null, monotonicMs: number): number {
  return clock === null ? Number.NaN : monotonicMs + (clock.lowMs + clock.highMs) / 2;
}

/** How far `serverTime` may be off, in milliseconds. */
export function uncertaintyMs(clock: Clock, monotonicMs: number): number {
  const aged = age(clock, monotonicMs);
  return (aged.highMs - aged.lowMs) / 2;
}

/** Where the wall clock ran ahead of or behind the monotonic one by more than this, the machine slept or someone set the clock. */
export const MAX_JUMP_MS = 2_000;

/** True where two clocks that were read together twice do not agree about the time between. */
export function hasJumped(
  before: { readonly wallMs: number; readonly monotonicMs: number },
  after: { readonly wallMs: number; readonly monotonicMs: number },
): boolean {
  const apartMs = after.wallMs - before.wallMs - (after.monotonicMs - before.monotonicMs);
  return !(Math.abs(apartMs) <= MAX_JUMP_MS);
}

function age(clock: Clock, monotonicMs: number): Clock {
  const slackMs = Math.max(0, monotonicMs - clock.atMs) * DRIFT;
  return { lowMs: clock.lowMs - slackMs, highMs: clock.highMs + slackMs, atMs: clock.atMs };
}
