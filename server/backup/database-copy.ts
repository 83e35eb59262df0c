import { Client } from 'pg';
import { SCHEMA } from '../database/open-database.ts';
import type { Manifest } from './backup-format.ts';

/** Kept by the migrator itself: a restore makes it anew. */
const NOT_COPIED: readonly string[] = ['kysely_migration', 'kysely_migration_lock'];

export async function connectTo(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, options: `-c search_path=${SCHEMA}` });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The tables with their columns, those that others refer to first (a table may refer to itself). */
export async function listTables(client: Client): Promise<Manifest['tables']> {
  const { rows: columns } = await client.query<{ name: string; column: string }>(
    `SELECT table_name::text AS name, column_name::text AS column FROM information_schema.columns
     WHERE table_schema = $1 ORDER BY table_name, ordinal_position`,
    [SCHEMA],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT DISTINCT a.relname::text AS "from", b.relname::text AS "to" FROM pg_constraint c
     JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
     JOIN pg_namespace n ON n.oid = a.relnamespace
     WHERE c.contype = 'f' AND n.nspname = $1 AND a.oid <> b.oid`,
    [SCHEMA],
  );
  const byName = Map.groupBy(
    columns.filter(({ name }) => !NOT_COPIED.includes(name)),
    ({ name }) => name,
  );
  const ordered: string[] = [];
  const visit = (name: string) => {
    if (ordered.includes(name)) return;
    for (const { from, to } of references) if (from === name) visit(to);
    ordered.push(name);
  };
  for (const name of byName.keys()) visit(name);
  return ordered.map(name => ({ name, columns: (byName.get(name) ?? []).map(({ column }) => column) }));
}

/** The name of the newest migration. */
export async function newestMigration(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM kysely_migration ORDER BY name DESC LIMIT 1',
  );
  return rows[0]?.name ?? '';
}

/** `COPY` of a table in one direction; names are quoted. */
export function copyStatement(
  table: Manifest['tables'][number],
  direction: 'TO STDOUT' | 'FROM STDIN',
): string {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return `COPY ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) ${direction}`;
}

/** Numbers that the database gives out go on after those that are there. */
export async function continueSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; column: string; sequence: string }>(
    `SELECT table_name::text AS name, column_name::text AS column,
       pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name) AS sequence
     FROM information_schema.columns WHERE table_schema = $1
       AND pg_get_serial_sequence(quote_ident(table_schema) || '.' || quote_ident(table_name), column_name) IS NOT NULL`,
    [SCHEMA],
  );
  for (const { name, column, sequence } of rows) {
    const [table, field] = [name, column].map(each => client.escapeIdentifier(each));
    await client.query(`SELECT setval($1, coalesce((SELECT max(${field}) FROM ${table}), 0) + 1, false)`, [
      sequence,
    ]);
  }
}
