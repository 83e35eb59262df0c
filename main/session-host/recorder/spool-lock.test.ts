import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeSpoolLock } from './spool-lock.ts';

describe('spool lock', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sallyport-lock-'));
    path = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is had by one, and free again after its release', async () => {
    const first = await takeSpoolLock(path);
    expect(first).not.toBeNull();
    expect(await takeSpoolLock(path)).toBeNull();
    await first?.release();
    expect(await takeSpoolLock(path)).not.toBeNull();
  });

  it('of another process that got the same number does not hold', async () => {
    writeFileSync(path, `${process.pid} 00000000-0000-0000-0000-000000000000:1\n`);
    const taken = await takeSpoolLock(path);
    expect(taken === null).toBe(process.platform !== 'linux');
  });

  it('of a process that is gone does not hold', async () => {
    writeFileSync(path, '999999999 -\n');
    expect(await takeSpoolLock(path)).not.toBeNull();
  });

  it.skipIf(process.platform !== 'linux')(
    'of a process that has ended and that nobody has waited for does not hold',
    async () => {
      // The shell starts a child that ends with our end of the pipe, tells its number, and becomes a program that never waits for it.
      const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 30 <&- 3<&-'], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const patience = { timeout: 10_000 };
      try {
        const pid = await new Promise<string>(resolve =>
          parent.stdout.once('data', text => resolve(String(text).trim())),
        );
        await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8'), patience).toBe('sleep\n');
        parent.stdin.end();
        await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), patience).toContain(') Z ');
        writeFileSync(path, `${pid} -\n`);
        expect(await takeSpoolLock(path)).not.toBeNull();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});
