import { readFile, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';

/**
 * Says which process has a spool in hand, so that no other closes it as unfinished or uploads it at the same time. The lock of a
 * process that is gone does not hold; on Linux the process's start time tells a new process that got the same number.
 */
export interface SpoolLock {
  release(): Promise<void>;
}

/** Null where a living process has it. `path`: the lock file. */
export async function takeSpoolLock(path: string): Promise<SpoolLock | null> {
  const own = `${process.pid} ${(await startTimeOf(process.pid)) ?? '-'}\n`;
  const release = () => rm(path, { force: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(path, own, { flag: 'wx', mode: 0o600 });
      return { release };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (await isHeld(path)) return null;
    await rm(path, { force: true });
  }
  return null;
}

async function isHeld(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const [pid, startTime] = text.trim().split(' ');
  if (pid === undefined || !/^[1-9]\d*$/.test(pid)) return false;
  if (!isAlive(Number(pid))) return false;
  const now = await startTimeOf(Number(pid));
  if (now === ENDED) return false;
  return now === null || startTime === '-' || startTime === now;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const ENDED = 'ended';

/** Clock ticks since boot at which the process began (proc(5), field 22) with the boot's id; null where there is no /proc, `ENDED` for a zombie. */
async function startTimeOf(pid: number): Promise<string | null> {
  try {
    const [status, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in parentheses may hold spaces; fields are counted after it.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    // A process that has ended keeps its number until its parent asks for it.
    if (fields[0] === 'Z') return ENDED;
    const ticks = fields[19];
    return ticks === undefined ? null : `${boot.trim()}:${ticks}`;
  } catch {
    return null;
  }
}
