import type { Client } from 'pg';
import { escapeIdentifier } from 'pg';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantScope } from '../../contract/grant.ts';
import { deniedColumns, fits, isAllowedTable, isDeniedTable } from '../../core/scope/scope-limits.ts';

interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly privileges: readonly Privilege[];
}

type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
const READS: readonly Privilege[] = ['SELECT'];
const WRITES: readonly Privilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
/** SQLSTATE of the warning "no privileges were granted": whoever grants holds the right without the right to give it. */
const NOT_GRANTED = '01007';

/**
 * Gives a role what its groups may do on the tables and columns of a scope, and nothing else: not their membership. What reads a table that is
 * left out (a view) or is part of one (a partition) is left out too, unless the scope allows it by name. Everything or nothing, in one
 * transaction. Tables that are made later are not among them; what everybody may do (PUBLIC) stays. Throws `credential-refused` where the
 * administrator may not give these rights away.
 */
export async function grantWithinScope(
  client: Client,
  role: { readonly name: string; readonly memberOf: readonly string[]; readonly scope: GrantScope },
): Promise<void> {
  const { name, memberOf, scope } = role;
  const to = escapeIdentifier(name);
  let notGranted = '';
  const onNotice = (notice: { code?: string | undefined; message?: string | undefined }): void => {
    if (notice.code === NOT_GRANTED) notGranted = notice.message ?? 'no privileges were granted';
  };
  client.on('notice', onNotice);
  await client.query('BEGIN');
  try {
    await revokeOwnRights(client, name);
    for (const group of memberOf) await client.query(`REVOKE ${escapeIdentifier(group)} FROM ${to}`);
    const relations = await readRelations(client, memberOf, scope.readOnly ? READS : WRITES);
    const closed = await closedRelations(client, relations, scope);
    const schemas = new Set<string>();
    for (const relation of relations) {
      if (closed.has(relation.oid) || relation.privileges.length === 0) continue;
      schemas.add(relation.schema);
      await client.query(grantText(relation, scope, to));
    }
    for (const schema of schemas)
      await grantSchema(client, { schema, name, to, readOnly: scope.readOnly, memberOf });
    if (notGranted !== '') {
      throw new SallyportError(
        'credential-refused',
        `The target's administrator login holds rights without the right to give them away (${notGranted}). Have them granted to it WITH GRANT OPTION, or let it own the tables.`,
      );
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.off('notice', onNotice);
  }
}

/**
 * Takes every right on tables, sequences and schemas that a role was given itself in this database. One by one: DROP OWNED fails on a sequence
 * of which the administrator may give away only some rights.
 */
export async function revokeOwnRights(client: Client, roleName: string): Promise<void> {
  const { rows } = await client.query<{ revoke: string }>(
    `WITH me AS (SELECT oid FROM pg_roles WHERE rolname = $1)
     SELECT DISTINCT format('REVOKE %s ON %s %I.%I FROM %I',
         CASE WHEN c.relkind = 'S' THEN 'USAGE' ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
         CASE WHEN c.relkind = 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname, $1) AS revoke
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, me
       WHERE EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = me.oid)
          OR EXISTS (SELECT FROM pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid = c.oid AND a.grantee = me.oid)
     UNION ALL
     SELECT format('REVOKE USAGE ON SCHEMA %I FROM %I', n.nspname, $1) FROM pg_namespace n, me
       WHERE EXISTS (SELECT FROM aclexplode(n.nspacl) a WHERE a.grantee = me.oid)`,
    [roleName],
  );
  for (const { revoke } of rows) await client.query(revoke);
}

async function readRelations(
  client: Client,
  groups: readonly string[],
  privileges: readonly Privilege[],
): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(
    `SELECT c.oid::int8::int AS oid, n.nspname AS schema, c.relname AS table, c.relkind AS kind,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
         AS columns,
       ARRAY(SELECT p FROM unnest($2::text[]) p WHERE EXISTS (
         SELECT FROM unnest($1::text[]) g WHERE has_table_privilege(g, c.oid, p))) AS privileges
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     ORDER BY c.oid`,
    [[...groups], [...privileges]],
  );
  return rows;
}

/** What a role under the scope gets nothing of. */
async function closedRelations(
  client: Client,
  relations: readonly Relation[],
  scope: GrantScope,
): Promise<ReadonlySet<number>> {
  const closed = new Set<number>();
  /** with columns left out: itself open, what reads it is not */
  const partly = new Set<number>();
  for (const relation of relations) {
    if (isDeniedTable(scope, relation) || !isAllowedTable(scope, relation, 'public'))
      closed.add(relation.oid);
    else if (openColumns(relation, scope).length < relation.columns.length) partly.add(relation.oid);
  }
  const { rows } = await client.query<{ reader: number; source: number }>(
    `SELECT r.ev_class::int8::int AS reader, d.refobjid::int8::int AS source FROM pg_rewrite r
       JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
       WHERE d.refobjid <> r.ev_class
     UNION SELECT inhrelid::int8::int, inhparent::int8::int FROM pg_inherits`,
  );
  // Allowed by name, a view is what somebody chose to show.
  const isChosen = (oid: number) => scope.allowTables.length > 0 && !closed.has(oid);
  for (let found = true; found; ) {
    found = false;
    for (const { reader, source } of rows) {
      if (closed.has(reader) || isChosen(reader)) continue;
      if (!closed.has(source) && !partly.has(source)) continue;
      closed.add(reader);
      found = true;
    }
  }
  return closed;
}

function openColumns(relation: Relation, scope: GrantScope): readonly string[] {
  const denied = deniedColumns(scope).filter(({ table }) => table === null || fits(table, relation.table));
  return relation.columns.filter(name => !denied.some(({ column }) => fits(column, name)));
}

function grantText(relation: Relation, scope: GrantScope, to: string): string {
  const open = openColumns(relation, scope);
  const list =
    open.length === relation.columns.length
      ? ''
      : ` (${open.map(column => escapeIdentifier(column)).join(', ')})`;
  const rights = relation.privileges
    // A row is deleted whole; without an open column nothing else is left to grant.
    .filter(privilege => privilege === 'DELETE' || open.length > 0)
    .map(privilege => (privilege === 'DELETE' ? privilege : `${privilege}${list}`));
  const table = `${escapeIdentifier(relation.schema)}.${escapeIdentifier(relation.table)}`;
  return rights.length === 0 ? 'SELECT 1' : `GRANT ${rights.join(', ')} ON ${table} TO ${to}`;
}

async function grantSchema(
  client: Client,
  options: {
    readonly schema: string;
    readonly name: string;
    readonly to: string;
    readonly readOnly: boolean;
    readonly memberOf: readonly string[];
  },
): Promise<void> {
  const { schema, name, to, readOnly, memberOf } = options;
  const { rows } = await client.query<{ has: boolean }>('SELECT has_schema_privilege($1, $2, $3) AS has', [
    name,
    schema,
    'USAGE',
  ]);
  if (rows[0]?.has !== true) await client.query(`GRANT USAGE ON SCHEMA ${escapeIdentifier(schema)} TO ${to}`);
  if (readOnly) return;
  const sequences = await client.query<{ sequence: string }>(
    `SELECT c.relname AS sequence FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND n.nspname = $2 AND EXISTS (
       SELECT FROM unnest($1::text[]) g WHERE has_sequence_privilege(g, c.oid, 'USAGE'))`,
    [[...memberOf], schema],
  );
  for (const { sequence } of sequences.rows) {
    await client.query(
      `GRANT USAGE ON SEQUENCE ${escapeIdentifier(schema)}.${escapeIdentifier(sequence)} TO ${to}`,
    );
  }
}
