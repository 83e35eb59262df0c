import { HEARTBEAT_LOST_MS, HEARTBEAT_MS } from '../../contract/access.ts';
import type { Dispose, Timers } from '../timers.ts';

export interface Heartbeat {
  /** The host said something: it is alive. */
  heard(): void;
  dispose: Dispose;
}

/**
 * Asks for a sign of life every `HEARTBEAT_MS`; tells when none came for `HEARTBEAT_LOST_MS`, and when one does again. Silence is counted in beats
 * that were sent and not answered, so that a main which was itself asleep or busy does not take its own absence for the host's.
 */
export function startHeartbeat(options: {
  readonly timers: Timers;
  readonly send: (n: number) => void;
  readonly onSilence: (isSilent: boolean) => void;
}): Heartbeat {
  const maxUnanswered = Math.ceil(HEARTBEAT_LOST_MS / HEARTBEAT_MS);
  let n = 0;
  let unanswered = 0;
  let isSilent = false;
  let isDisposed = false;
  let cancel: Dispose = () => undefined;
  const send = (): void => {
    if (isDisposed) return;
    n += 1;
    unanswered += 1;
    options.send(n);
    cancel = options.timers.after(HEARTBEAT_MS, beat);
  };
  const beat = (): void => {
    if (isSilent || unanswered < maxUnanswered) return send();
    // Answers may be waiting behind this timer: what was received already is heard first.
    cancel = options.timers.soon(() => {
      if (unanswered >= maxUnanswered) {
        isSilent = true;
        options.onSilence(true);
      }
      send();
    });
    return undefined;
  };
  beat();
  return {
    heard() {
      unanswered = 0;
      if (!isSilent) return;
      isSilent = false;
      options.onSilence(false);
    },
    dispose() {
      isDisposed = true;
      cancel();
    },
  };
}
