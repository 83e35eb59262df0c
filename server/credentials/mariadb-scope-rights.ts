import { escapeId } from 'mysql2';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { GrantScope } from '../../contract/grant.ts';
import type { MariadbPrivilege } from '../../contract/target-secret.ts';
import { deniedColumns, fits, isAllowedTable, isDeniedTable } from '../../core/scope/scope-limits.ts';

interface Table {
  readonly name: string;
  readonly isView: boolean;
  readonly columns: readonly string[];
}

/** What can be given on one table; of these, DELETE is the only one that knows no columns. */
const ON_TABLES: readonly MariadbPrivilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/**
 * Gives an account the privileges on the tables and columns of a scope, and nothing else. A view runs with the rights of who made it and the
 * catalogue does not say what it reads: it is left out unless `allowTables` names it. Tables that are made later are not among them.
 * Rejects with what the database answers.
 */
export async function grantTablesWithinScope(
  connection: Connection,
  options: {
    /** the account, quoted */
    readonly who: string;
    readonly database: string;
    readonly privileges: readonly MariadbPrivilege[];
    readonly scope: GrantScope;
  },
): Promise<void> {
  const { who, database, scope } = options;
  const privileges = options.privileges.filter(privilege => ON_TABLES.includes(privilege));
  for (const table of await readTables(connection, database)) {
    if (!isOpen(table, database, scope)) continue;
    const rights = rightsOn(table, { privileges, scope });
    if (rights.length === 0) continue;
    const name = `${escapeId(database, true)}.${escapeId(table.name, true)}`;
    await connection.query(`GRANT ${rights.join(', ')} ON ${name} TO ${who}`);
  }
}

async function readTables(connection: Connection, database: string): Promise<Table[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT t.table_name AS name, t.table_type = 'VIEW' AS view, c.column_name AS columnName
       FROM information_schema.tables t
       JOIN information_schema.columns c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
       WHERE t.table_schema = ? ORDER BY t.table_name, c.ordinal_position`,
    [database],
  );
  const tables = new Map<string, { name: string; isView: boolean; columns: string[] }>();
  for (const row of rows) {
    const name = String(row['name']);
    const table = tables.get(name) ?? { name, isView: row['view'] === 1, columns: [] };
    table.columns.push(String(row['columnName']));
    tables.set(name, table);
  }
  return [...tables.values()];
}

function isOpen({ name, isView }: Table, database: string, scope: GrantScope): boolean {
  const table = { schema: database, table: name };
  if (isDeniedTable(scope, table) || !isAllowedTable(scope, table, database)) return false;
  return !isView || scope.allowTables.length > 0;
}

function rightsOn(
  table: Table,
  options: { readonly privileges: readonly MariadbPrivilege[]; readonly scope: GrantScope },
): string[] {
  const denied = deniedColumns(options.scope).filter(
    column => column.table === null || fits(column.table, table.name),
  );
  const open = table.columns.filter(name => !denied.some(({ column }) => fits(column, name)));
  if (open.length === table.columns.length) return [...options.privileges];
  const list = open.map(column => escapeId(column, true)).join(', ');
  // A row is deleted whole; without an open column nothing else is left to give.
  return options.privileges
    .filter(privilege => privilege === 'DELETE' || open.length > 0)
    .map(privilege => (privilege === 'DELETE' ? privilege : `${privilege} (${list})`));
}
