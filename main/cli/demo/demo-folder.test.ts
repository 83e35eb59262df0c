import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDataFolder } from '../../../server/data-folder-lock.ts';
import { takeDemoFolder } from './demo-folder.ts';

let parent = '';
let folder = '';

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'sallyport-demo-folder-')));
  folder = join(parent, 'demo');
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("the demo's folder", () => {
  test('of an earlier demo is emptied', async () => {
    await (await takeDemoFolder(folder))();
    writeFileSync(join(folder, 'left'), '');
    await (await takeDemoFolder(folder))();
    expect(existsSync(join(folder, 'left'))).toBe(false);
  });

  test('with files of somebody else is refused and left alone', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'thesis.txt'), '');
    await expect(takeDemoFolder(folder)).rejects.toThrow('holds files that no demo made');
    expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
  });

  test('of a demo that runs is refused and left alone', async () => {
    const release = await takeDemoFolder(folder);
    writeFileSync(join(folder, 'recording'), '');
    await expect(takeDemoFolder(folder)).rejects.toThrow('Another demo runs');
    expect(existsSync(join(folder, 'recording'))).toBe(true);
    await release();
  });

  test('is left alone while the server of a killed demo has not ended', async () => {
    await (await takeDemoFolder(folder))();
    mkdirSync(join(folder, 'server'));
    const release = await lockDataFolder(join(folder, 'server'));
    await expect(takeDemoFolder(folder)).rejects.toThrow('Another demo runs');
    expect(existsSync(join(folder, 'server'))).toBe(true);
    await release();
    await (await takeDemoFolder(folder))();
    expect(existsSync(join(folder, 'server'))).toBe(false);
  });

  test('that is a file is refused in words', async () => {
    writeFileSync(folder, '');
    await expect(takeDemoFolder(folder)).rejects.toThrow(
      /cannot be used for a demo \(a file stands in its place/,
    );
  });

  // mkdir with "recursive" never comes back from there.
  test.skipIf(process.platform !== 'linux')('where none can be made is refused in words', async () => {
    await expect(takeDemoFolder('/proc/x')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('no folder can be made there'),
    });
  });

  test('on a disk that is too full is refused before anything is set up, and free for the next', async () => {
    const refused = takeDemoFolder(folder, () => 20 * 1024 * 1024);
    await expect(refused).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/^A demo needs 256 MB and the disk of .* has 20 MB left\. Make room/),
    });
    await (await takeDemoFolder(folder))();
  });
});
