import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import { lockDataFolder } from '../../../server/data-folder-lock.ts';
import { makeFolder, whyUnusable } from '../../vault/make-folder.ts';

const MARK = '.sallyport-demo';
/** Two databases with their logs, the synthetic data and some recordings; less ends in the middle of the set-up. */
const NEEDED_BYTES = 256 * 1024 * 1024;

/** `--data`, else a folder of the demo's own among the user's data (XDG Base Directory). */
export function demoFolder(
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (given !== undefined) return resolve(given);
  const data = environment.XDG_DATA_HOME?.startsWith('/')
    ? environment.XDG_DATA_HOME
    : join(environment.HOME ?? homedir(), '.local', 'share');
  return join(data, 'sallyport-demo');
}

/**
 * Makes the folder empty for a new demo and holds it until the returned function is called. Only an empty folder or that of an earlier
 * demo is emptied: `bad-input` for any other, so that a wrong `--data` cannot delete anything; `conflict` for one that a running demo holds.
 */
export async function takeDemoFolder(
  folder: string,
  freeBytesOf: (folder: string) => number = freeBytes,
): Promise<() => Promise<void>> {
  const entries = existing(folder);
  if (entries.length > 0 && !entries.includes(MARK)) {
    throw new SallyportError(
      'bad-input',
      `${folder} holds files that no demo made. Name an empty folder with --data.`,
    );
  }
  try {
    // The embedded database may run as another user, who has to pass through.
    makeFolder(folder, 0o711);
    writeFileSync(join(folder, MARK), 'Made by "sallyport demo"; emptied by the next one.\n');
  } catch (error) {
    throw unusable(folder, error);
  }
  const release = await hold(folder, folder);
  try {
    // A server that outlives a demo that was killed writes to the folder until it is gone.
    const server = join(folder, 'server');
    if (existsSync(server)) await (await hold(server, folder))();
    for (const entry of entries) {
      if (entry !== MARK) rmSync(join(folder, entry), { recursive: true, force: true });
    }
  } catch (error) {
    await release();
    throw error instanceof SallyportError ? error : unusable(folder, error);
  }
  const free = freeBytesOf(folder);
  if (free < NEEDED_BYTES) {
    await release();
    throw new SallyportError(
      'bad-input',
      `A demo needs ${inMegabytes(NEEDED_BYTES)} and the disk of ${folder} has ${inMegabytes(free)} left. Make room there, or name a folder on another disk with --data.`,
    );
  }
  return release;
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MB`;
}

function existing(folder: string): string[] {
  try {
    return existsSync(folder) ? readdirSync(folder) : [];
  } catch (error) {
    throw unusable(folder, error);
  }
}

async function hold(path: string, folder: string): Promise<() => Promise<void>> {
  try {
    return await lockDataFolder(path);
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error;
    throw new SallyportError(
      'conflict',
      `Another demo runs in ${folder}. End that one first with Ctrl-C, or give this one a folder of its own with --data.`,
      { cause: error },
    );
  }
}

function unusable(folder: string, error: unknown): SallyportError {
  return new SallyportError(
    'bad-input',
    `The folder ${folder} cannot be used for a demo (${whyUnusable(error)}). Name one that this user can write with --data.`,
    { cause: error },
  );
}
