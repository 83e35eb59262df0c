import { chmod, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SallyportError } from '../contract/errors.ts';
import { makeFolder } from './make-folder.ts';
import { newId } from './new-id.ts';

/** Where everything of one server is; nothing of it is outside of its root. */
export interface DataFolder {
  readonly root: string;
  readonly keys: string;
  readonly database: string;
  readonly recordings: string;
  /** Issuer and audience of what this server signs: stays the same when its address changes. */
  readonly serverName: string;
}

const ServerFile = z.strictObject({ version: z.literal(1), serverName: z.string().min(1) });
const SERVER_FILE = 'server.json';

/** Makes the folder where it is not yet one; leaves what is there. Throws `server-failed` when it cannot be written. */
export async function createDataFolder(root: string): Promise<DataFolder> {
  try {
    for (const each of [root, join(root, 'keys'), join(root, 'recordings')]) makeFolder(each);
    // As root, the database runs as another user, who must be able to pass through; every secret is 0600 or in a 0700 folder.
    await chmod(root, process.getuid?.() === 0 ? 0o711 : 0o700);
    if ((await stat(join(root, SERVER_FILE)).catch(() => null)) === null) {
      const file = { version: 1, serverName: `sallyport-${newId()}` };
      await writeDurably(join(root, SERVER_FILE), JSON.stringify(file));
    }
  } catch (error) {
    throw unusable(root, error);
  }
  return openDataFolder(root);
}

/** Throws `server-failed` where there is none, it cannot be used, or it was made by another version. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  let text: string;
  try {
    text = await readFile(join(root, SERVER_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new SallyportError(
        'server-failed',
        `${root} is not the data folder of a server. Make one with "sallyport server init --data ${root} --admin NAME".`,
      );
    }
    throw unusable(root, error);
  }
  const parsed = ServerFile.safeParse(safeJson(text));
  if (!parsed.success) {
    throw new SallyportError(
      'server-failed',
      `${join(root, SERVER_FILE)} is damaged or of another version of Sallyport. Restore it from a backup.`,
    );
  }
  const probe = join(root, `.writable-${randomBytes(4).toString('hex')}`);
  try {
    await writeFile(probe, '', { mode: 0o600 });
    await unlink(probe);
  } catch (error) {
    throw unusable(root, error);
  }
  return {
    root,
    keys: join(root, 'keys'),
    database: join(root, 'database'),
    recordings: join(root, 'recordings'),
    serverName: parsed.data.serverName,
  };
}

/** Writes a 0600 file so that after a crash it is there whole or not at all. */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(beside, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function unusable(root: string, error: unknown): SallyportError {
  const why = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  return new SallyportError(
    'server-failed',
    `The data folder ${root} cannot be used (${why}). Choose a folder that this user can write.`,
    { cause: error },
  );
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
