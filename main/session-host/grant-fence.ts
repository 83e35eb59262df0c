import { LEASE_MS } from '../../contract/access.ts';
import type { Dispose, Timers } from '../timers.ts';

/** Main closes at the end of the grant; this long after it the host closes by itself. */
const CLOSE_MARGIN_MS = 1_000;
/** Main ends a session at the end of the grace; this long after it the host ends it by itself. */
const END_MARGIN_MS = 5_000;

/**
 * The session host's own fence, for a main that is stuck or wrong: the grant's end on the host's clock, and a sign of life from main.
 * It only ever closes and ends; opening stays with main.
 */
export interface GrantFence {
  /** A sign of life from main. */
  heard(): void;
  /** A later end, seconds since the epoch; an earlier one changes nothing. */
  extend(exp: number): void;
  dispose(): void;
}

export function createGrantFence(options: {
  readonly timers: Timers;
  /** server time, milliseconds since the epoch, measured by a monotonic clock */
  readonly serverNowMs: () => number;
  /** seconds since the epoch */
  readonly exp: number;
  readonly graceMs: number;
  /** the grant is over and main was to have closed the gate */
  readonly onExpired: () => void;
  /** the grace is over and main was to have ended the session */
  readonly onOverdue: () => void;
  /** nothing from main for as long as a lease lasts; once for each silence */
  readonly onSilent: () => void;
}): GrantFence {
  const { timers, serverNowMs, graceMs } = options;
  let expiresAtMs = options.exp * 1000;
  let deadlines: Dispose[] = [];
  let silence: Dispose = () => undefined;

  const arm = (): void => {
    for (const dispose of deadlines) dispose();
    const leftMs = expiresAtMs - serverNowMs();
    deadlines = [
      timers.after(leftMs + CLOSE_MARGIN_MS, options.onExpired),
      timers.after(leftMs + graceMs + END_MARGIN_MS, options.onOverdue),
    ];
  };
  const listen = (): void => {
    silence();
    silence = timers.after(LEASE_MS, options.onSilent);
  };
  arm();
  listen();

  return {
    heard: listen,
    extend(exp) {
      if (exp * 1000 <= expiresAtMs) return;
      expiresAtMs = exp * 1000;
      arm();
    },
    dispose() {
      for (const dispose of [...deadlines, silence]) dispose();
    },
  };
}
