import type { RecordingId } from '../../contract/ids.ts';

/** Wakes who waits for more of a recording, inside one instance of the server. */
export interface ProgressBell {
  ring(id: RecordingId): void;
  /** Resolves at the next ring, after `forMs`, or when the bell is closed. */
  wait(id: RecordingId, forMs: number): Promise<void>;
  readonly isClosed: boolean;
  /** The server ends: nobody waits any longer. */
  close(): void;
}

export function createProgressBell(): ProgressBell {
  const waiting = new Map<RecordingId, Set<() => void>>();
  let isClosed = false;
  return {
    ring(id) {
      for (const wake of waiting.get(id) ?? []) wake();
    },
    wait(id, forMs) {
      if (isClosed) return Promise.resolve();
      return new Promise(resolve => {
        const waiters = waiting.get(id) ?? new Set();
        waiting.set(id, waiters);
        const timer = setTimeout(wake, forMs);
        function wake() {
          clearTimeout(timer);
          waiters.delete(wake);
          if (waiters.size === 0 && waiting.get(id) === waiters) waiting.delete(id);
          resolve();
        }
        waiters.add(wake);
      });
    },
    get isClosed() {
      return isClosed;
    },
    close() {
      isClosed = true;
      for (const waiters of [...waiting.values()]) for (const wake of [...waiters]) wake();
    },
  };
}
