import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyStreamQuery } from 'pg-copy-streams';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import { createDataFolder, writeDurably } from '../data-folder.ts';
import type { DataFolder } from '../data-folder.ts';
import { migrateUpTo, openDatabase, SCHEMA } from '../database/open-database.ts';
import { makeFolder } from '../make-folder.ts';
import type { Manifest } from './backup-format.ts';
import {
  BackupEnd,
  END,
  KEY_ENTRY,
  MANIFEST,
  Manifest as ManifestSchema,
  SERVER_FILE,
  TABLE_ENTRY,
} from './backup-format.ts';
import { connectTo, continueSequences, copyStatement } from './database-copy.ts';
import type { BackupKey } from './seal.ts';
import { readSealed } from './seal.ts';
import { withDatabase } from './with-database.ts';

export interface RestoreReport {
  readonly atMs: number;
  readonly program: string;
  readonly rows: number;
  /** that the database knows; their bytes have to be put back apart */
  readonly recordings: number;
}

/**
 * Makes a server of a backup: in a data folder that is not there yet, and a database that holds nothing of a server. Everything in the file is checked
 * before anything of it counts: where it is damaged, cut short or of a newer program, nothing is left behind. Throws `SallyportError`.
 */
export async function restoreBackup(options: {
  readonly file: string;
  readonly key: BackupKey;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
}): Promise<RestoreReport> {
  const { dataFolder, databaseUrl } = options;
  await requireFree(dataFolder);
  const entries = readEntries(options.file, options.key);
  const manifest = await readManifest(entries);
  makeFolder(dirname(dataFolder));
  const building = `${dataFolder}.restoring-${randomBytes(4).toString('hex')}`;
  try {
    const folder = await createDataFolder(building);
    const report = await withDatabase(folder, databaseUrl, async url => {
      await requireEmpty(url);
      try {
        await migrateUpTo(url, manifest.migration);
        const filled = await fill(url, { manifest, folder, entries });
        await (await openDatabase(url)).destroy();
        return filled;
      } catch (error) {
        if (databaseUrl !== null) await forget(url);
        throw error;
      }
    });
    await rename(building, dataFolder);
    return report;
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
}

interface Entry {
  readonly name: string;
  /** in pieces; whole entries are small but for tables */
  readonly content: AsyncIterable<Buffer>;
}

/** The entries one after the other; each must be read before the next is asked for. Damage of any kind is told in one way. */
async function* readEntries(file: string, key: BackupKey): AsyncGenerator<Entry, void> {
  const plain = await readSealed(file, key);
  const archive = extract();
  plain.on('error', error => archive.destroy(error));
  plain.pipe(archive);
  try {
    for await (const entry of archive) yield { name: entry.header.name, content: contentOf(entry, file) };
  } catch (cause) {
    if (cause instanceof SallyportError) throw cause;
    throw damaged(file, 'it was altered or cut short', cause);
  } finally {
    plain.destroy();
  }
}

/** Damage may show in the middle of an entry. */
async function* contentOf(entry: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer, void> {
  try {
    yield* entry;
  } catch (cause) {
    throw damaged(file, 'it was altered or cut short', cause);
  }
}

async function readManifest(entries: AsyncGenerator<Entry, void>): Promise<Manifest> {
  const first = await entries.next();
  const name = first.done === true ? '' : first.value.name;
  const parsed =
    first.done !== true && name === MANIFEST
      ? ManifestSchema.safeParse(parseJson(await whole(first.value)))
      : null;
  if (parsed?.success === true) return parsed.data;
  throw new SallyportError(
    'server-failed',
    'The file is sealed as a backup is, but holds none that this version of Sallyport can read. Use the version that made it.',
  );
}

/** Keys and tables, in one transaction. */
async function fill(
  url: string,
  parts: {
    readonly manifest: Manifest;
    readonly folder: DataFolder;
    readonly entries: AsyncGenerator<Entry, void>;
  },
): Promise<RestoreReport> {
  const { manifest, folder, entries } = parts;
  const client = await connectTo(url);
  try {
    await client.query('BEGIN');
    // What the migrations themselves wrote into new tables is in the backup, too.
    const writer = createTableWriter(client, manifest);
    let end: BackupEnd | null = null;
    for await (const entry of entries) {
      if (end !== null) throw damaged(entry.name, 'something stands after its end');
      const [, table] = TABLE_ENTRY.exec(entry.name) ?? [];
      if (table !== undefined) await writer.write(table, entry.content);
      else if (entry.name === END) end = BackupEnd.parse(parseJson(await whole(entry)));
      else await putFile(folder, entry);
    }
    const rows = await writer.finish();
    requireWhole(end, rows);
    await continueSequences(client);
    await client.query('COMMIT');
    return {
      atMs: manifest.atMs,
      program: manifest.program,
      rows: [...rows.values()].reduce((sum, each) => sum + each.rows, 0),
      recordings: rows.get('recordings')?.rows ?? 0,
    };
  } catch (error) {
    if (error instanceof z.ZodError) throw damaged('', 'its end cannot be read', error);
    throw error;
  } finally {
    await client.end();
  }
}

interface WrittenTable {
  readonly rows: number;
  readonly sha256: string;
}

function createTableWriter(client: Client, manifest: Manifest) {
  const written = new Map<string, WrittenTable>();
  let open: {
    readonly name: string;
    readonly stream: CopyStreamQuery;
    readonly hash: ReturnType<typeof createHash>;
  } | null = null;

  async function finishOpen(): Promise<void> {
    if (open === null) return;
    const { name, stream, hash } = open;
    open = null;
    stream.end();
    await once(stream, 'finish');
    written.set(name, { rows: stream.rowCount, sha256: hash.digest('hex') });
  }

  return {
    async write(name: string, content: AsyncIterable<Buffer>): Promise<void> {
      if (open?.name !== name) {
        await finishOpen();
        const table = manifest.tables.find(each => each.name === name);
        if (table === undefined || written.has(name))
          throw damaged(name, `its table "${name}" is out of place`);
        const stream = client.query(copyFrom(copyStatement(table, 'FROM STDIN')));
        // Told by whoever waits for it.
        stream.on('error', () => undefined);
        open = { name, stream, hash: createHash('sha256') };
      }
      for await (const chunk of content) {
        open.hash.update(chunk);
        if (!open.stream.write(chunk)) await once(open.stream, 'drain');
      }
    },
    /** Tables without rows have no entry. */
    async finish(): Promise<ReadonlyMap<string, WrittenTable>> {
      await finishOpen();
      const nothing = { rows: 0, sha256: createHash('sha256').digest('hex') };
      for (const { name } of manifest.tables) if (!written.has(name)) written.set(name, nothing);
      return written;
    },
  };
}

function requireWhole(end: BackupEnd | null, written: ReadonlyMap<string, WrittenTable>): void {
  if (end === null) throw damaged('', 'its end is missing');
  for (const [name, { rows, sha256 }] of written) {
    const expected = end.tables[name];
    if (expected?.rows !== rows || expected.sha256 !== sha256)
      throw damaged(name, `its table "${name}" is not whole`);
  }
}

async function putFile(folder: DataFolder, entry: Entry): Promise<void> {
  const isServerFile = entry.name === SERVER_FILE;
  if (!isServerFile && !KEY_ENTRY.test(entry.name)) throw damaged(entry.name, 'something in it has no place');
  const path = join(folder.root, entry.name);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeDurably(path, await whole(entry));
}

/** Where a backup is put must be nobody's yet. */
async function requireFree(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (names === null) return;
  if (names.length === 0) {
    await rm(folder, { recursive: true });
    return;
  }
  throw new SallyportError(
    'conflict',
    `${folder} is not empty. Choose a folder that is not there yet with --data.`,
  );
}

async function requireEmpty(url: string): Promise<void> {
  const client = await connectTo(url);
  try {
    const { rows } = await client.query(
      'SELECT 1 FROM information_schema.tables WHERE table_schema = $1 LIMIT 1',
      [SCHEMA],
    );
    if (rows.length === 0) return;
  } finally {
    await client.end();
  }
  throw new SallyportError(
    'conflict',
    'The database that DATABASE_URL names holds a server already. Restore into one that holds none.',
  );
}

/** What was begun in a database of one's own. */
async function forget(url: string): Promise<void> {
  const client = await connectTo(url);
  await client.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`).finally(() => client.end());
}

async function whole({ content }: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function damaged(what: string, why: string, cause?: unknown): SallyportError {
  const file = what === '' ? 'The backup' : `The backup (${what})`;
  return new SallyportError(
    'server-failed',
    `${file} is damaged: ${why}. Nothing was restored; use another copy.`,
    { cause },
  );
}
