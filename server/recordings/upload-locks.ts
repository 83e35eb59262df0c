import type { Lock, Locker, RequestRelease } from '@tus/server';
import { UploadError } from './upload-error.ts';

const TIMEOUT_MS = 30_000;

interface Held {
  /** asks the holder to come to an end */
  readonly requestRelease: RequestRelease;
  readonly waiting: (() => void)[];
}

/**
 * One request at a time for each upload (tus 1.0, "the Server MAY lock an upload"), in the order in which they came. Who has to wait asks the one who holds
 * it to come to an end: it may hang on a connection that is long gone.
 */
export function createUploadLocks(timeoutMs = TIMEOUT_MS): Locker {
  const held = new Map<string, Held>();

  async function acquire(id: string, signal: AbortSignal, requestRelease: RequestRelease): Promise<void> {
    const holder = held.get(id);
    if (holder === undefined) {
      held.set(id, { requestRelease, waiting: [] });
      return;
    }
    await holder.requestRelease();
    await turn(id, { signal, requestRelease });
  }

  function turn(
    id: string,
    { signal, requestRelease }: { readonly signal: AbortSignal; readonly requestRelease: RequestRelease },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const holder = held.get(id);
      if (holder === undefined) {
        held.set(id, { requestRelease, waiting: [] });
        resolve();
        return;
      }
      const settle = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        act();
      };
      const giveUp = () => {
        const current = held.get(id);
        const at = current?.waiting.indexOf(take) ?? -1;
        if (at >= 0) current?.waiting.splice(at, 1);
        settle(() => reject(new UploadError(423, BUSY)));
      };
      const take = () =>
        settle(() => {
          const waiting = held.get(id)?.waiting ?? [];
          held.set(id, { requestRelease, waiting });
          resolve();
          if (waiting.length > 0) void requestRelease();
        });
      const timer = setTimeout(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp);
      holder.waiting.push(take);
    });
  }

  function release(id: string): void {
    const next = held.get(id)?.waiting.shift();
    if (next === undefined) held.delete(id);
    else next();
  }

  return {
    newLock(id): Lock {
      return {
        lock: (signal, requestRelease) => acquire(id, signal, requestRelease),
        unlock: () => Promise.resolve(release(id)),
      };
    },
  };
}

const BUSY =
  'Another request for this recording is under way. Ask for its offset in a moment, and go on from there.';
