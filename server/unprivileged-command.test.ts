import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asUnprivileged, findUnprivilegedUser } from './unprivileged-command.ts';

const isRoot = process.getuid?.() === 0;
const PROBE =
  'fs.accessSync(process.argv[1], fs.constants.R_OK); process.stdout.write(String(process.getuid()));';

let closed = '';
let file = '';

beforeEach(() => {
  closed = realpathSync(mkdtempSync(join(tmpdir(), 'sallyport-closed-')));
  mkdirSync(join(closed, 'inner'), { mode: 0o700 });
  file = join(closed, 'inner', 'file');
  writeFileSync(file, 'here', { mode: 0o644 });
});

afterEach(() => rmSync(closed, { recursive: true, force: true }));

describe('a program that is not to run as root', () => {
  test.skipIf(!isRoot)(
    "reaches, as another user, a checkout under root's closed home, also by access(2)",
    () => {
      const user = findUnprivilegedUser();
      const command = asUnprivileged(user, process.execPath, ['-e', PROBE, file], [file]);
      const run = spawnSync(command.file, command.args, { ...command.identity, cwd: '/', encoding: 'utf8' });
      expect(run.stderr).toBe('');
      expect(run.stdout).toBe(String(user?.uid));
    },
  );

  test('runs as it is where this process is not root', () => {
    expect(asUnprivileged(null, '/bin/echo', ['a'], [file])).toEqual({
      file: '/bin/echo',
      args: ['a'],
      identity: {},
    });
  });
});
