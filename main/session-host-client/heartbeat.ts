import { HEARTBEAT_LOST_MS, HEARTBEAT_MS } from '../../contract/access.ts';
import type { Dispose, Timers } from '../timers.ts';

export interface Heartbeat {
  /** The host said something: it is alive. */
  heard(): void;
  dispose: Dispose;
}

/**
 * Asks for a sign of life every `HEARTBEAT_MS`; calls `onLost` once when none came for `HEARTBEAT_LOST_MS`. Silence is counted in beats
 * that were sent and not answered, so that a main which was itself asleep or busy does not take its own absence for the host's.
 */
export function startHeartbeat(options: {
  readonly timers: Timers;
  readonly send: (n: number) => void;
  readonly onLost: () => void;
}): Heartbeat {
  const maxUnanswered = Math.ceil(HEARTBEAT_LOST_MS / HEARTBEAT_MS);
  let n = 0;
  let unanswered = 0;
  let cancel: Dispose = () => undefined;
  const beat = (): void => {
    if (unanswered >= maxUnanswered) {
      // Answers may be waiting behind this timer: what was received already is heard first.
      cancel = options.timers.soon(() => {
        if (unanswered >= maxUnanswered) options.onLost();
        else beat();
      });
      return;
    }
    n += 1;
    unanswered += 1;
    options.send(n);
    cancel = options.timers.after(HEARTBEAT_MS, beat);
  };
  beat();
  return {
    heard() {
      unanswered = 0;
    },
    dispose: () => cancel(),
  };
}
