import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundleSizes, sizeWords } from './bundle-sizes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-bundle-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'a.css'), 'a { color: red }');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sizeOf = async (of: string) => {
  const found = (await bundleSizes(folder)).find(({ what }) => what === of);
  if (found === undefined) throw new Error(`no ${of}`);
  return found;
};
const scripts = () => sizeOf('scripts');

it('counts every script, gzipped', async () => {
  await writeFile(join(folder, 'assets', 'a.js'), 'x'.repeat(1_000_000));
  await writeFile(join(folder, 'assets', 'b.js'), 'y');
  expect(await scripts()).toMatchObject({ files: 2, bytes: 1_000_001, isWithin: true });
});

it('is over its budget by what cannot be packed', async () => {
  await writeFile(join(folder, 'assets', 'a.js'), randomBytes(441 * 1024));
  const over = await scripts();
  expect(over.isWithin).toBe(false);
  expect(sizeWords(over)).toMatch(/EXCEEDED$/);
});

it('is not within a budget where nothing was built', async () => {
  expect(await scripts()).toMatchObject({ files: 0, isWithin: false });
});

it('counts another language apart from what every window loads', async () => {
  await mkdir(join(folder, 'assets', 'languages'));
  await writeFile(join(folder, 'assets', 'a.js'), 'x');
  await writeFile(join(folder, 'assets', 'languages', 'german.js'), randomBytes(41 * 1024));
  expect(await scripts()).toMatchObject({ files: 1, bytes: 1, isWithin: true });
  expect(await sizeOf('languages')).toMatchObject({ files: 1, isWithin: false });
});
