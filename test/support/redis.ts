import { spawn } from 'node:child_process';
import { findServerProgram, freePort, missingPrograms, stopChild, whenWritten } from './server-process.ts';

/** Null when server and client are there, else the reason for skipping, in words. */
export function redisMissing(): string | null {
  const missing = missingPrograms(['redis-server', 'redis-cli']);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')} (apt install redis-server)`;
}

export interface TestRedis {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly username: 'default';
  readonly password: string;
  readonly stop: () => Promise<void>;
}

/** A real Redis in memory on an ephemeral loopback port, with a password. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const password = 'redis-s3cret';
  const child = spawn(findServerProgram('redis-server') ?? 'redis-server', ['-'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // By standard input: the password stands in no argument.
  child.stdin.end(
    [
      `port ${String(port)}`,
      'bind 127.0.0.1',
      `requirepass ${password}`,
      'save ""',
      'appendonly no',
      'dir /tmp',
      '',
    ].join('\n'),
  );
  await whenWritten(child, /Ready to accept connections/);
  return { host: '127.0.0.1', port, username: 'default', password, stop: () => stopChild(child) };
}
