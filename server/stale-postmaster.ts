import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SallyportError } from '../contract/errors.ts';

const END_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/**
 * After a kill -9 of its owner a postmaster may still run, or its `postmaster.pid` may name a process that is somebody else's
 * by now. Ends the first, removes the second; touches no process but a postgres on exactly this cluster.
 */
export async function endStalePostmaster(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (!isPostmasterOf(pid, cluster)) {
    await rm(pidFile, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; isPostmasterOf(pid, cluster); waitedMs += POLL_MS) {
    if (waitedMs >= END_TIMEOUT_MS) {
      throw new SallyportError(
        'server-failed',
        `The database process ${pid} of an earlier run does not end. End it, then start again.`,
      );
    }
    await delay(POLL_MS);
  }
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  const words = commandLine(pid);
  const [program] = words;
  const folder = words[words.indexOf('-D') + 1];
  return program !== undefined && /postgres(\.exe)?$/.test(program) && folder === cluster;
}

function commandLine(pid: number): readonly string[] {
  try {
    if (existsSync('/proc/self/cmdline')) {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    }
    // The folder may contain spaces, which ps does not tell apart: such a process is left alone, and PostgreSQL itself refuses.
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
      .split(' ');
  } catch {
    return [];
  }
}
