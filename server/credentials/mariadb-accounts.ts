import { createHash } from 'node:crypto';
import { escape, escapeId } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantScope } from '../../contract/grant.ts';
import type { MariadbPrivilege } from '../../contract/target-secret.ts';
import { hasTableLimits } from '../../core/scope/scope-limits.ts';
import { grantTablesWithinScope } from './mariadb-scope-rights.ts';

/** How the server reaches a target database as its administrator, and what its accounts may do in `database`. */
export interface MariadbAdmin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly privileges: readonly MariadbPrivilege[];
}

export interface MariadbAccount {
  /** letters, digits and "_": also the name of the event that ends it */
  readonly name: string;
  readonly password: string;
  readonly validUntilMs: number;
  readonly scope: GrantScope;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A session's program, and a second one while it reconnects. */
const CONNECTION_LIMIT = 5;
/** A login or a right that is refused, and what is not there to be given rights on. */
const REFUSED =
  /^ER_(ACCESS_DENIED|DBACCESS_DENIED|TABLEACCESS_DENIED|COLUMNACCESS_DENIED|SPECIFIC_ACCESS_DENIED|CANNOT_USER|BAD_DB|NONEXISTING_GRANT)/;

/**
 * Makes the account of a grant with exactly the rights of these terms, or brings it to them. MariaDB knows no end of an account, so an event of
 * the database itself closes it and ends its connections at `validUntilMs`, whatever became of this server. Answers whether that
 * event is in place: not where the event scheduler is off or the administrator may make none.
 * Throws `target-unreachable` or `credential-refused`.
 */
export async function openMariadbAccount(
  admin: MariadbAdmin,
  account: MariadbAccount,
): Promise<{ readonly endsByItself: boolean }> {
  return withAdmin(admin, async connection => {
    const who = accountName(account.name);
    // Never in clear text: the database may log statements.
    const hash = nativeHash(account.password);
    await connection.query(
      `CREATE USER IF NOT EXISTS ${who} IDENTIFIED BY PASSWORD ? WITH MAX_USER_CONNECTIONS ${CONNECTION_LIMIT} ACCOUNT LOCK`,
      [hash],
    );
    await connection.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${who}`);
    await grantRights(connection, admin, account);
    const endsByItself = await planEnd(connection, admin, account);
    await connection.query(`ALTER USER ${who} IDENTIFIED BY PASSWORD ? ACCOUNT UNLOCK`, [hash]);
    return { endsByItself };
  });
}

/**
 * Lets nobody in any more and ends the connections, at the end of the grant: MariaDB takes rights on a whole database from a connection only
 * when that is opened anew. An extension opens the account again, and the client program reconnects.
 */
export async function closeMariadbAccount(admin: MariadbAdmin, name: string): Promise<void> {
  await withAdmin(admin, connection => shut(connection, name));
}

/** Ends the account's connections and removes it. Fine when it is gone already. */
export async function dropMariadbAccount(admin: MariadbAdmin, name: string): Promise<void> {
  await withAdmin(admin, async connection => {
    await shut(connection, name);
    await connection.query(`DROP USER IF EXISTS ${accountName(name)}`);
    await connection.query(`DROP EVENT IF EXISTS ${eventName(admin, name)}`).catch(ignoreNoRight);
  });
}

/** Closed first, so that no connection slips in after the others are ended. */
async function shut(connection: Connection, name: string): Promise<void> {
  const who = accountName(name);
  await connection.query(`ALTER USER IF EXISTS ${who} ACCOUNT LOCK`);
  await connection.query(`KILL HARD CONNECTION USER ${who}`);
}

async function grantRights(
  connection: Connection,
  admin: MariadbAdmin,
  { name, scope }: MariadbAccount,
): Promise<void> {
  const who = accountName(name);
  const privileges = scope.readOnly
    ? admin.privileges.filter(privilege => privilege === 'SELECT' || privilege === 'SHOW VIEW')
    : admin.privileges;
  if (hasTableLimits(scope)) {
    await grantTablesWithinScope(connection, { who, database: admin.database, privileges, scope });
  } else if (privileges.length > 0) {
    await connection.query(
      `GRANT ${privileges.join(', ')} ON ${databasePattern(admin.database)}.* TO ${who}`,
    );
  }
}

/** The database's own fence, for when this server is down at the end. */
async function planEnd(
  connection: Connection,
  admin: MariadbAdmin,
  account: MariadbAccount,
): Promise<boolean> {
  const who = accountName(account.name);
  const [rows] = await connection.query<RowDataPacket[]>('SELECT @@event_scheduler AS scheduler');
  try {
    await connection.query(
      `CREATE OR REPLACE EVENT ${eventName(admin, account.name)}
         ON SCHEDULE AT FROM_UNIXTIME(${Math.floor(account.validUntilMs / 1000)})
         DO BEGIN ALTER USER ${who} ACCOUNT LOCK; KILL HARD CONNECTION USER ${who}; END`,
    );
  } catch (error) {
    ignoreNoRight(error);
    return false;
  }
  return rows[0]?.['scheduler'] === 'ON';
}

async function withAdmin<T>(admin: MariadbAdmin, work: (connection: Connection) => Promise<T>): Promise<T> {
  let connection: Connection | undefined;
  try {
    connection = await createConnection({
      host: admin.host,
      port: admin.port,
      user: admin.username,
      password: admin.password,
      connectTimeout: CONNECT_TIMEOUT_MS,
      // No code made of a server's answers.
      disableEval: true,
    });
    // A connection that breaks between two statements: the next one says so.
    connection.on('error', () => undefined);
    const [rows] = await connection.query<RowDataPacket[]>('SELECT VERSION() AS version');
    const version = String(rows[0]?.['version']);
    if (!version.includes('MariaDB')) {
      throw new SallyportError(
        'credential-refused',
        `The database at ${admin.host}:${admin.port} is no MariaDB (it says "${version.slice(0, 60)}"; MySQL says only its number), and an account per grant can be made on MariaDB only. Give the target a credential of kind "password".`,
      );
    }
    await connection.query(`SET SESSION max_statement_time = ${STATEMENT_TIMEOUT_MS / 1000}`);
    // Each statement for itself: every step may be done again.
    return await work(connection);
  } catch (error) {
    throw describe(admin, error);
  } finally {
    connection?.destroy();
  }
}

function describe(admin: MariadbAdmin, error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const where = `${admin.host}:${admin.port}`;
  if (REFUSED.test(code)) {
    return new SallyportError(
      'credential-refused',
      `The database at ${where} refused the server's administrator login or what it may do (${code}). Check the target's credential, and its rights as docs/deploy/targets.md lists them.`,
      { cause: error },
    );
  }
  return new SallyportError(
    'target-unreachable',
    `The database at ${where} cannot be reached or did not answer (${code === '' ? 'no answer' : code}). Try again, or tell its administrator.`,
    { cause: error },
  );
}

function ignoreNoRight(error: unknown): void {
  if (error instanceof Error && 'code' in error && REFUSED.test(String(error.code))) return;
  throw error;
}

function accountName(name: string): string {
  return `${escape(name)}@'%'`;
}

function eventName(admin: MariadbAdmin, name: string): string {
  return `${escapeId(admin.database, true)}.${escapeId(name, true)}`;
}

/** In a GRANT on a whole database, `_` and `%` of its name would stand for other databases too. */
function databasePattern(database: string): string {
  return escapeId(database.replaceAll(/[_%\\]/g, String.raw`\$&`), true);
}

/** A password as MariaDB keeps it (mysql_native_password). Not salted: `password` has to be random, and long. */
function nativeHash(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}
