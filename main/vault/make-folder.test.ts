import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeFolder, whyUnusable } from './make-folder.ts';

const parent = mkdtempSync(join(tmpdir(), 'sallyport-make-folder-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('a folder', () => {
  test('is made with those above it, which are as private', () => {
    makeFolder(join(parent, 'a', 'b'), 0o700);
    expect(statSync(join(parent, 'a', 'b')).mode & 0o777).toBe(0o700);
    expect(statSync(join(parent, 'a')).mode & 0o777).toBe(0o700);
  });

  test('that is there is left as it is', () => {
    makeFolder(join(parent, 'c'), 0o755);
    writeFileSync(join(parent, 'c', 'x'), '');
    makeFolder(join(parent, 'c'), 0o700);
    expect(existsSync(join(parent, 'c', 'x'))).toBe(true);
    expect(statSync(join(parent, 'c')).mode & 0o777).toBe(0o755);
  });

  test.each([
    ['a file in its place', 'file'],
    ['a file above it', 'file/below'],
  ])('is refused with %s', (_what, path) => {
    writeFileSync(join(parent, 'file'), '');
    expect(() => makeFolder(join(parent, path), 0o700)).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
  });

  // mkdir with "recursive" never comes back from there.
  test.skipIf(process.platform !== 'linux')('is refused where none can be made', () => {
    expect(() => makeFolder('/proc/x/y', 0o700)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  test('that cannot be used is so for a reason in words', () => {
    expect(whyUnusable(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe(
      'this user may not write there',
    );
    expect(whyUnusable(Object.assign(new Error('x'), { code: 'EIO' }))).toBe('EIO');
  });
});
