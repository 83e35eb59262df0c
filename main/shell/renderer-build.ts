import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { SallyportError } from '../../contract/errors.ts';

const CONFIG = join('build', 'renderer.vite.config.ts');
/** What the built renderer is made from. */
const SOURCES = ['renderer', 'core', 'contract', CONFIG, 'package-lock.json'];

/**
 * The folder of the built renderer. In a checkout it is built when it is missing or older than its sources; a packaged program brings
 * it along. Throws `internal` where it can be neither found nor built.
 */
export async function ensureRenderer(onBuild: (message: string) => void): Promise<string> {
  const root = programRoot();
  const folder = join(root, 'out', 'renderer');
  const isBuilt = existsSync(join(folder, 'index.html'));
  const hasSources = existsSync(join(root, CONFIG)) && existsSync(join(root, 'renderer', 'index.html'));
  if (!hasSources && !isBuilt)
    throw new SallyportError('internal', `The user interface is missing in ${root}. Install Sallyport anew.`);
  if (!hasSources || (isBuilt && builtAtMs(folder) >= newestMs(root))) return folder;
  onBuild('Building the user interface (once) …');
  await build(root, folder);
  return folder;
}

/** Built beside and then put in place, so that whoever serves it meanwhile never sees half of it. */
async function build(root: string, folder: string): Promise<void> {
  const fresh = `${folder}.${process.pid}.new`;
  const old = `${folder}.${process.pid}.old`;
  try {
    const vite = await import('vite');
    await vite.build({
      configFile: join(root, CONFIG),
      logLevel: 'error',
      build: { outDir: fresh, emptyOutDir: true },
    });
    await mkdir(dirname(folder), { recursive: true });
    if (existsSync(folder)) await rename(folder, old);
    await rename(fresh, folder);
  } catch (cause) {
    throw new SallyportError(
      'internal',
      `The user interface could not be built (${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown reason'}). Run "npm ci" and try again.`,
      { cause },
    );
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

function programRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

const builtAtMs = (folder: string): number => statSync(join(folder, 'index.html')).mtimeMs;

function newestMs(root: string): number {
  const times = SOURCES.map(name => join(root, name))
    .filter(path => existsSync(path))
    .flatMap(path =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, withFileTypes: true })
            .filter(entry => entry.isFile())
            .map(entry => statSync(join(entry.parentPath, entry.name)).mtimeMs)
        : [statSync(path).mtimeMs],
    );
  return Math.max(0, ...times);
}
