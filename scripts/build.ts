import { mkdir, rename, rm } from 'node:fs/promises';
import process from 'node:process';
import { build } from 'vite';
import { desktopBundles } from '../build/desktop-bundles.ts';
import { ensureRenderer } from '../main/shell/renderer-build.ts';
import { bundleSizes, sizeWords } from './bundle-sizes.ts';

/**
 * `npm run build`: the renderer and the three programs of the desktop shell, into out/. Each is built beside its place and then put
 * there, so that whoever uses it meanwhile never sees half of it.
 */
const DESKTOP = 'out/desktop';
const fresh = `${DESKTOP}.${process.pid}.new`;
const old = `${DESKTOP}.${process.pid}.old`;

const renderer = await ensureRenderer(message => process.stdout.write(`${message}\n`));
for (const size of await bundleSizes(renderer)) process.stdout.write(`${sizeWords(size)}\n`);
try {
  for (const bundle of desktopBundles)
    await build({ ...bundle, build: { ...bundle.build, outDir: `${process.cwd()}/${fresh}` } });
  await mkdir('out', { recursive: true });
  await rename(DESKTOP, old).catch(() => undefined);
  await rename(fresh, DESKTOP);
} finally {
  await rm(fresh, { recursive: true, force: true });
  await rm(old, { recursive: true, force: true });
}
process.stdout.write('Built out/renderer and out/desktop\n');
