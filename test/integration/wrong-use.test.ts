import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runSallyport } from '../support/run-sallyport.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-wrong-use-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wrong use of a command', () => {
  it.each([
    // An empty path would be the folder that the user stands in.
    [['serve', '--profile', ''], 'An argument after "--profile" is empty. Is a variable not set?'],
    [['demo', '--headless', '--data', ''], 'An argument after "--data" is empty. Is a variable not set?'],
    [['server', 'init', '--data='], '"--data=" has no value. Is a variable not set?'],
    [['verify', ''], 'An argument is empty. Is a variable not set?'],
    [['verify', '--nonsense'], "Unknown option '--nonsense'."],
    [['verify'], 'Name one recording.'],
    [['server', 'start'], 'There is no "server start".'],
    [['server', 'init', 'here'], '"here" is too much.'],
  ])('%j ends with 2 and one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await runSallyport(args);
    expect(stderr).toBe(`sallyport ${args[0] ?? ''}: ${sentence} See "sallyport ${args[0] ?? ''} --help".\n`);
    expect(stdout.toString()).toBe('');
    expect(code).toBe(2);
  });

  it('a demo in a folder with other files ends with 2 and leaves them alone', async () => {
    writeFileSync(join(folder, 'thesis.txt'), '');
    const { code, stderr } = await runSallyport(['demo', '--headless', '--data', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^sallyport demo: .* holds files that no demo made\. .*--data\.\n$/);
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});

/** A file may grow to so many bytes and no further: like a full disk, it takes a part of what is written. */
const ROOM_BYTES = 200;
const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('a full disk', () => {
  it('behind a redirection is told in one sentence', () => {
    const sample = join(folder, 'sample.txt');
    writeFileSync(sample, 'card 4111111111111111\n');
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(
      process.execPath,
      [inProject('main/cli/sallyport.js'), 'scan', '--json', sample],
      { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
    );
    expect(stderr).toMatch(/^sallyport scan: the output cannot be written: ENOSPC[^\n]*\n$/);
    expect(status).toBe(1);
  });

  it('does not leave a part of an export behind a good end', () => {
    const { status, stderr } = spawnSync(
      'prlimit',
      [
        `--fsize=${ROOM_BYTES}`,
        process.execPath,
        inProject('main/cli/sallyport.js'),
        'export',
        inProject('test/fixtures/recordings/whole.sprec'),
        '--identity',
        inProject('test/fixtures/recordings/identity.txt'),
        '--output',
        join(folder, 'whole.cast'),
      ],
      { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
    );
    expect(stderr).toMatch(/whole\.cast cannot be written \(EFBIG\)/);
    expect(status).not.toBe(0);
  });
});
