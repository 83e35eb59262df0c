import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

/** What a client that is to be killed tells of itself (test/support/chaos-client-child.ts). Times: milliseconds since the epoch. */
export type ChaosClientMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'opened'; readonly sessionId: string }
  | { readonly kind: 'shown'; readonly sessionId: string; readonly atMs: number; readonly base64: string }
  | {
      readonly kind: 'safe';
      readonly sessionId: string;
      readonly uploadedBytes: number;
      readonly safeUpToMs: number | null;
    };

/** What was shown of a session at one time. */
export interface Shown {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

/** One session as its client told it, up to the moment in which the client was killed. */
export interface WatchedSession {
  readonly id: string;
  readonly shown: Shown[];
  acknowledgedBytes: number;
}

export interface ChaosClient {
  readonly pid: number;
  /** Opens a session whose program prints without end; resolves when it is there. */
  open(grantId: string): Promise<WatchedSession>;
  /** Ends the session in order. */
  close(): void;
  /** The process that records the session; null where it is gone. */
  hostOf(sessionId: string): number | null;
  /** Processes that it started to hold sessions. */
  hosts(): readonly number[];
  /** Resolves when the process is gone and everything that it told was read. */
  readonly gone: Promise<void>;
}

const CHILD = join(import.meta.dirname, '../support/chaos-client-child.ts');

export async function startChaosClient(profileFolder: string, accountId: string): Promise<ChaosClient> {
  const child = spawn(process.execPath, [CHILD, profileFolder, accountId], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', LANG: 'C.UTF-8' },
  });
  child.stdin.on('error', () => undefined);
  const sessions = new Map<string, WatchedSession>();
  const ready = Promise.withResolvers<void>();
  let opening = Promise.withResolvers<WatchedSession>();
  opening.promise.catch(() => undefined);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', line => {
    const message = parse(line);
    switch (message?.kind) {
      case 'ready':
        return ready.resolve();
      case 'refused':
        return opening.reject(new Error(message.message));
      case 'opened': {
        const session = { id: message.sessionId, shown: [], acknowledgedBytes: 0 };
        sessions.set(session.id, session);
        return opening.resolve(session);
      }
      case 'shown':
        return void sessions
          .get(message.sessionId)
          ?.shown.push({ atMs: message.atMs, bytes: Buffer.from(message.base64, 'base64') });
      case 'safe': {
        const session = sessions.get(message.sessionId);
        if (session !== undefined)
          session.acknowledgedBytes = Math.max(session.acknowledgedBytes, message.uploadedBytes);
        return undefined;
      }
      case undefined:
        return undefined;
    }
  });
  const gone = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(() => {
    ready.reject(new Error('the client ended before it was ready'));
    opening.reject(new Error('the client ended before the session was open'));
  });
  await ready.promise;
  const pid = pidOf(child);
  return {
    pid,
    open(grantId) {
      opening = Promise.withResolvers<WatchedSession>();
      child.stdin.write(`${grantId}\n`);
      return opening.promise;
    },
    close: () => void child.stdin.write('close\n'),
    hostOf: sessionId => hostsOf(pid).find(host => hasOpen(host, `${sessionId}.sprec`)) ?? null,
    hosts: () => hostsOf(pid),
    gone,
  };
}

export function isAlive(pid: number): boolean {
  try {
    // The state after the name in parentheses (proc(5)); a zombie is gone.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function hostsOf(pid: number): number[] {
  return childrenOf(pid).filter(child => commandOf(child).includes('session-host/process'));
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(task =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function hasOpen(pid: number, fileName: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`).endsWith(`/${fileName}`);
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

/** Null for the line in which it was killed. */
function parse(line: string): ChaosClientMessage | null {
  try {
    // Our own child wrote it.
    return JSON.parse(line) as ChaosClientMessage;
  } catch {
    return null;
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the client could not be started');
  return child.pid;
}
