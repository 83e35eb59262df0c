import { readFileSync } from 'node:fs';
import type { Server } from 'node:net';
import type { Logger } from 'pino';

/** For the database, files of recordings that are being written, logs and what Node keeps for itself. */
const RESERVED = 512;
const SAY_AGAIN_MS = 60_000;

/** How many files and connections this process may have open at once; null where the system does not tell (it does on Linux). */
export function openFilesLimit(path = '/proc/self/limits'): number | null {
  try {
    const count = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync(path, 'utf8'))?.[1];
    return count === undefined ? null : count === 'unlimited' ? Infinity : Number(count);
  } catch {
    return null;
  }
}

/**
 * How many connections fit: beyond, a server could not open its own files any more, and fail in odd places. Where fewer fit than are `wanted`,
 * `warning` says what to do.
 */
export function connectionsThatFit(
  wanted: number,
  limit: number | null,
): { readonly connections: number; readonly warning: string | null } {
  if (limit === null || limit - RESERVED >= wanted) return { connections: wanted, warning: null };
  const connections = Math.max(1, limit - RESERVED);
  return {
    connections,
    warning: `this process may have ${limit} files open, so it takes ${connections} connections in place of ${wanted}: raise LimitNOFILE of its systemd unit, or "ulimit -n", to ${wanted + RESERVED}`,
  };
}

/** Says at most once a minute that connections are turned away, and why. */
export function tellOfDrops(
  server: Server,
  { log, nowMs }: { readonly log: Pick<Logger, 'error'>; readonly nowMs: () => number },
): void {
  let saidMs = -Infinity;
  let dropped = 0;
  server.on('drop', () => {
    dropped += 1;
    if (nowMs() - saidMs < SAY_AGAIN_MS) return;
    saidMs = nowMs();
    log.error(
      { dropped, connections: server.maxConnections },
      `connections are turned away: ${server.maxConnections} are open, and no more are taken. Start another instance, or raise the limit of open files`,
    );
    dropped = 0;
  });
}
