import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '../../contract/errors.ts';
import { lockDataFolder } from '../data-folder-lock.ts';
import type { DataFolder } from '../data-folder.ts';
import { startEmbeddedDatabase, SUPERUSER } from '../embedded-database.ts';
import { embeddedUrl, prepareEmbedded } from '../server-core.ts';

/**
 * Runs something on the database of a data folder as it is, without bringing its schema up: one's own, that of a server that runs on the
 * folder, or else the embedded one, started for it.
 */
export async function withDatabase<T>(
  folder: DataFolder,
  databaseUrl: string | null,
  run: (url: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== null) return run(databaseUrl);
  const release = await lockDataFolder(folder.root).catch((error: unknown) => {
    if (error instanceof SallyportError && error.code === 'conflict') return null;
    throw error;
  });
  if (release === null) return run(await urlOfRunning(folder));
  try {
    const embedded = await startEmbeddedDatabase({ folder: folder.database, port: 0 });
    try {
      return await run(await prepareEmbedded(embedded));
    } finally {
      await embedded.stop();
    }
  } finally {
    await release();
  }
}

/** A running postmaster writes its port into the fourth line of `postmaster.pid`. */
async function urlOfRunning(folder: DataFolder): Promise<string> {
  try {
    const lines = (await readFile(join(folder.database, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
    const password = (await readFile(join(folder.database, 'password'), 'utf8')).trim();
    const port = Number(lines[3]);
    if (Number.isInteger(port) && port > 0)
      return embeddedUrl({ host: '127.0.0.1', port, superuser: SUPERUSER, password });
  } catch (cause) {
    throw new SallyportError(
      'server-failed',
      `A server runs on ${folder.root}, but its database cannot be found. If it has one of its own, set DATABASE_URL as it is set there.`,
      { cause },
    );
  }
  throw new SallyportError(
    'server-failed',
    `The server on ${folder.root} is just starting. Try again in a moment.`,
  );
}
