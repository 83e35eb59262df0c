import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Client, Pool, types } from 'pg';
import { SallyportError } from '../../contract/errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Database } from './schema.ts';

/** Everything of this server is in a schema of its own, so that a shared database keeps its other tables to itself. */
export const SCHEMA = 'sallyport';
const INT8 = 20;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens the database behind a connection string, and brings it to the newest schema; several servers may do so at once (the
 * migrator holds an advisory lock). Throws `server-failed` when it cannot be reached, or is newer than this program.
 */
export async function openDatabase(connectionString: string): Promise<Kysely<Database>> {
  return connect(connectionString, db => migrate(db, null));
}

/**
 * Brings an empty database to the schema of a migration and no further, as a backup of that time needs it. Throws `server-failed` where this program
 * does not know the migration.
 */
export async function migrateUpTo(connectionString: string, migration: string): Promise<void> {
  if (!Object.hasOwn(MIGRATIONS, migration)) {
    throw new SallyportError(
      'server-failed',
      `The backup was made by a newer version of Sallyport (its database is at "${migration}"). Restore it with that version.`,
    );
  }
  const db = await connect(connectionString, each => migrate(each, migration));
  await db.destroy();
}

async function connect(
  connectionString: string,
  prepare: (db: Kysely<Database>) => Promise<void>,
): Promise<Kysely<Database>> {
  const pool = new Pool({
    connectionString,
    max: 16,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    options: `-c search_path=${SCHEMA}`,
    types: {
      // Every bigint here is a time, a size or a number in a sequence: all within 2^53.
      getTypeParser: (oid, format) => (oid === INT8 ? Number : types.getTypeParser(oid, format)),
    },
  });
  // A connection that breaks while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  // Likewise one that breaks while it is in use: the query itself reports it.
  pool.on('connect', client => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`SELECT 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw new SallyportError(
      'server-failed',
      `The database cannot be reached (${reason(error)}). Check DATABASE_URL and that PostgreSQL runs.`,
      { cause: error },
    );
  }
  try {
    await prepare(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return db;
}

/** `migration`: the last one; null for all. */
async function migrate(db: Kysely<Database>, migration: string | null): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableSchema: SCHEMA,
  });
  const { error } = await (migration === null ? migrator.migrateToLatest() : migrator.migrateTo(migration));
  if (error === undefined) return;
  throw new SallyportError(
    'server-failed',
    `The database could not be brought to this version of Sallyport (${reason(error)}). If a newer version has used it, run that one.`,
    { cause: error },
  );
}

/** Makes the database `name` on a PostgreSQL unless it is there. */
export async function ensureDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function reason(error: unknown): string {
  if (error instanceof Error) return error.message || ('code' in error ? String(error.code) : error.name);
  return String(error);
}
