import { SallyportError } from '../../contract/errors.ts';
import type { Dispose, Timers } from '../timers.ts';
import { systemTimers } from '../timers.ts';
import { createHandle } from './create-handle.ts';
import { endOrphans as endOrphansOf } from './end-orphans.ts';
import { createFailureWindow } from './failure-window.ts';
import type { ForkHost, SessionHostHandle, SessionHostPool } from './session-host-client.ts';

/** A process that is not ready by then will not be. */
const READY_DEADLINE_MS = 20_000;
const DISPOSE_DEADLINE_MS = 1_000;
/** At the start and after a `take` the processor is for what a person waits for: the window, the first prompt. The next spare comes so much later. */
const SPARE_AFTER_MS = 1_500;

export interface SessionHostPoolOptions {
  readonly fork: ForkHost;
  readonly timers?: Timers;
  /** default true; false where no further session is to be expected: then `prepare` and `take` start what they need */
  readonly keepsSpare?: boolean;
  /** Ends what a host that died left of its session on this machine. */
  readonly endOrphans?: (sessionId: string) => void;
}

interface Starting {
  readonly ready: Promise<SessionHostHandle>;
  readonly close: (deadlineMs: number) => Promise<void>;
}

/**
 * Keeps one started host in reserve, which holds nothing of any session. Hosts that die (or are not ready in time) are replaced, but not more than
 * five in a minute: then `take` rejects with `host-failed` until the minute is over.
 * `dispose` ends the spare only; handles that were taken are closed by whoever took them.
 */
export function createSessionHostPool(options: SessionHostPoolOptions): SessionHostPool {
  const { fork, timers = systemTimers, keepsSpare = true, endOrphans = endOrphansOf } = options;
  const failures = createFailureWindow();
  let spare: Starting | null = null;
  let isDisposed = false;

  const start = (): Starting => {
    const ready = Promise.withResolvers<SessionHostHandle>();
    // A spare that dies while nobody waits for it is no unhandled rejection: `take` finds it gone.
    ready.promise.catch(() => undefined);
    const host = fork();
    const handle = createHandle({
      process: host,
      timers,
      endOrphans,
      onReady() {
        cancel();
        ready.resolve(handle);
      },
      onGone(isExpected) {
        cancel();
        if (!isExpected) failures.failed(timers.nowMs());
        ready.reject(hostFailed('could not be started'));
        if (spare === own) {
          spare = null;
          if (keepsSpare && !isDisposed) ensureSpare();
        }
      },
    });
    const cancel: Dispose = timers.after(READY_DEADLINE_MS, () => host.kill());
    const own: Starting = { ready: ready.promise, close: deadlineMs => handle.close(deadlineMs) };
    return own;
  };

  const ensureSpare = (): void => {
    if (spare === null && failures.waitMs(timers.nowMs()) === 0) spare = start();
  };
  let cancelSpare: Dispose = () => undefined;
  const spareLater = (): void => {
    cancelSpare();
    if (keepsSpare && !isDisposed) cancelSpare = timers.after(SPARE_AFTER_MS, ensureSpare);
  };
  spareLater();

  return {
    prepare() {
      if (!isDisposed) ensureSpare();
    },
    async take() {
      if (isDisposed) throw hostFailed('cannot be started: the client is closing');
      for (;;) {
        const waitMs = failures.waitMs(timers.nowMs());
        ensureSpare();
        const taken = spare;
        if (taken === null) {
          throw hostFailed(
            `ended unexpectedly several times within a minute. Try again in ${Math.ceil(waitMs / 1000)} seconds; if it goes on, reinstall Sallyport or report it`,
          );
        }
        spare = null;
        spareLater();
        const handle = await taken.ready.catch(() => null);
        if (handle !== null) return handle;
      }
    },
    async dispose() {
      isDisposed = true;
      cancelSpare();
      await spare?.close(DISPOSE_DEADLINE_MS);
      spare = null;
    },
  };
}

function hostFailed(why: string): SallyportError {
  return new SallyportError('host-failed', `The process that carries sessions ${why}.`);
}
