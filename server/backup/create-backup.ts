import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { pack } from 'tar-stream';
import type { Pack } from 'tar-stream';
import { openDataFolder } from '../data-folder.ts';
import type { BackupEnd, Manifest } from './backup-format.ts';
import { END, MANIFEST, SERVER_FILE } from './backup-format.ts';
import { connectTo, copyStatement, listTables, newestMigration } from './database-copy.ts';
import type { BackupSeal } from './seal.ts';
import { writeSealed } from './seal.ts';
import { withDatabase } from './with-database.ts';

export interface BackupReport {
  readonly rows: number;
  readonly tables: number;
  readonly keys: number;
  /** in the database; their bytes are not in the backup */
  readonly recordings: number;
}

/** A piece of a table in the archive: what is held in memory of it. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Writes everything of a server but the bytes of its recordings into one sealed file: its database as of one moment, its keys, its name. The server
 * may run meanwhile. Memory does not grow with the database. Throws `SallyportError`.
 */
export async function createBackup(options: {
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly file: string;
  readonly seal: BackupSeal;
  readonly program: string;
  readonly nowMs: () => number;
}): Promise<BackupReport> {
  const folder = await openDataFolder(options.dataFolder);
  return withDatabase(folder, options.databaseUrl, async url => {
    const client = await connectTo(url);
    const archive = pack();
    try {
      const writing = writeArchive(archive, client, { ...options, root: folder.root, keys: folder.keys });
      writing.catch((error: unknown) => archive.destroy(error instanceof Error ? error : undefined));
      await writeSealed(options.file, options.seal, Readable.from(archive, { objectMode: false }));
      return await writing;
    } finally {
      await client.end();
    }
  });
}

async function writeArchive(
  archive: Pack,
  client: Client,
  options: {
    readonly root: string;
    readonly keys: string;
    readonly program: string;
    readonly nowMs: () => number;
  },
): Promise<BackupReport> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const tables = await listTables(client);
  const manifest: Manifest = {
    format: 'sallyport-backup',
    version: 1,
    program: options.program,
    migration: await newestMigration(client),
    atMs: options.nowMs(),
    tables,
  };
  await put(archive, MANIFEST, Buffer.from(JSON.stringify(manifest, null, 2)));
  await put(archive, SERVER_FILE, await readFile(join(options.root, SERVER_FILE)));
  const keys = await keyFiles(options.keys);
  for (const key of keys) await put(archive, `keys/${key}`, await readFile(join(options.keys, key)));
  const end: BackupEnd['tables'] = {};
  for (const table of tables) end[table.name] = await putTable(archive, client, table);
  await put(archive, END, Buffer.from(JSON.stringify({ tables: end } satisfies BackupEnd, null, 2)));
  await client.query('COMMIT');
  archive.finalize();
  return {
    rows: Object.values(end).reduce((sum, { rows }) => sum + rows, 0),
    tables: tables.length,
    keys: keys.length,
    recordings: end['recordings']?.rows ?? 0,
  };
}

async function putTable(
  archive: Pack,
  client: Client,
  table: Manifest['tables'][number],
): Promise<BackupEnd['tables'][string]> {
  const hash = createHash('sha256');
  const stream = client.query(copyTo(copyStatement(table, 'TO STDOUT')));
  let piece: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  const flush = async () => {
    if (bytes === 0) return;
    await put(archive, `tables/${table.name}/${String(number++).padStart(6, '0')}`, Buffer.concat(piece));
    piece = [];
    bytes = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    piece.push(chunk);
    bytes += chunk.length;
    if (bytes >= PIECE_BYTES) await flush();
  }
  await flush();
  return { rows: stream.rowCount, sha256: hash.digest('hex') };
}

/** Resolves when the archive takes more. */
function put(archive: Pack, name: string, content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, mode: 0o600 }, content, error => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Paths below the folder of keys, in order. */
async function keyFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
