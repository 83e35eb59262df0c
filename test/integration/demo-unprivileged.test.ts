import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../main/cli/sallyport.js', import.meta.url));

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A system account without a shell of its own, as daemons have: the least that a demo can be started by. */
function findNobody(): User | string {
  if (process.getuid?.() !== 0) return 'only root can be another user';
  const [uid, gid] = ['-u', '-g'].map(flag => Number(execFileSync('id', [flag, 'nobody']).toString()));
  if (uid === undefined || gid === undefined) return 'there is no user "nobody"';
  for (const path of [PROGRAM, process.execPath])
    if (spawnSync('/usr/bin/test', ['-r', path], { uid, gid }).status !== 0)
      return `"nobody" cannot read ${path}`;
  return { uid, gid };
}

const nobody = findNobody();
if (typeof nobody === 'string') console.log(`skipped: the demo of an unprivileged user (${nobody})`);
const home = mkdtempSync(join(tmpdir(), 'sallyport-nobody-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function demo(user: User, folder: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [PROGRAM, 'demo', '--headless', '--json', '--data', folder], {
    ...user,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', HOME: home, SHELL: '/bin/bash' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', piece => (stdout += String(piece)));
  child.stderr.on('data', piece => (stderr += String(piece)));
  return new Promise(resolve => child.once('close', code => resolve({ code, stdout, stderr })));
}

describe.skipIf(typeof nobody === 'string')(
  'the demo of a user without rights and without a login shell',
  () => {
    const user = typeof nobody === 'string' ? { uid: 0, gid: 0 } : nobody;

    test('plays the whole story; where OpenSSH lets the user not in, it says so and goes on without', {
      timeout: 120_000,
    }, async () => {
      chownSync(home, user.uid, user.gid);
      const { code, stdout, stderr } = await demo(user, join(home, 'demo'));
      const summary: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
      expect(summary).toMatchObject({ ok: true, leaks: 0, recording: { verified: true } });
      expect(code).toBe(0);
      // Both are right: it depends on the machine. Nothing else may be complained about.
      const notes = stderr
        .split('\n')
        .filter(line => line !== '' && !/^Note: The database target is left out/.test(line));
      for (const note of notes)
        expect(note).toMatch(/^Note: The SSH host is a server inside the demo, because .+\.$/);
    });

    test('in a folder that it may not write ends at once with 2 and one line', async () => {
      const closed = join(home, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o555);
      const { code, stderr } = await demo(user, join(closed, 'demo'));
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^sallyport demo: The folder .* \(this user may not write there\)\. .*--data\.\n$/,
      );
    });
  },
);
