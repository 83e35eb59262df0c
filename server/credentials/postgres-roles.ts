import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantScope } from '../../contract/grant.ts';
import { hasTableLimits } from '../../core/scope/scope-limits.ts';
import { grantWithinScope, revokeOwnRights } from './postgres-scope-rights.ts';
import { scramVerifier } from './scram.ts';

/** How the server reaches a target database as its administrator. */
export interface PostgresAdmin {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
}

export interface PostgresRole {
  readonly name: string;
  readonly password: string;
  readonly memberOf: readonly string[];
  readonly validUntilMs: number;
  readonly scope: GrantScope;
}

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A session's program, its cancel requests, and a second of each while it reconnects. */
const CONNECTION_LIMIT = 5;
/** Membership that gives the rights but not `SET ROLE`, so that taking it away reaches a running session at once. */
const MEMBERSHIP_OPTIONS_SINCE = 160_000;

/**
 * Makes the role of a grant, or brings it to these terms. Where the scope limits tables or columns, or is read-only, it gets these
 * rights of its groups itself (read-only: SELECT and nothing else); else it is their member.
 * Throws `target-unreachable` or `credential-refused`.
 */
export async function openPostgresRole(admin: PostgresAdmin, role: PostgresRole): Promise<void> {
  await withAdmin(admin, async (client, version) => {
    const name = escapeIdentifier(role.name);
    if (!(await exists(client, role.name))) await client.query(`CREATE ROLE ${name} NOLOGIN`);
    // Who is no superuser may end the connections, and give away the belongings, only of a role that it is a member of.
    await client.query(`GRANT ${name} TO CURRENT_USER`);
    await client.query(
      role.scope.readOnly
        ? `ALTER ROLE ${name} SET default_transaction_read_only = on`
        : `ALTER ROLE ${name} RESET default_transaction_read_only`,
    );
    const options = version >= MEMBERSHIP_OPTIONS_SINCE ? ' WITH INHERIT TRUE, SET FALSE' : '';
    if (hasOwnRights(role.scope)) await grantWithinScope(client, role);
    else {
      for (const group of role.memberOf) {
        await client.query(`GRANT ${escapeIdentifier(group)} TO ${name}${options}`);
      }
    }
    const until = escapeLiteral(new Date(role.validUntilMs).toISOString());
    const password = escapeLiteral(scramVerifier(role.password));
    await client.query(
      `ALTER ROLE ${name} LOGIN PASSWORD ${password} VALID UNTIL ${until} CONNECTION LIMIT ${CONNECTION_LIMIT}`,
    );
  });
}

/**
 * Takes away what the role may do, at the end of its grant: no new login, no right, running statements cancelled. Its
 * connections stay for the grace of the session, in which an extension may open the role again.
 */
export async function closePostgresRole(
  admin: PostgresAdmin,
  role: Pick<PostgresRole, 'name' | 'memberOf' | 'scope'>,
): Promise<void> {
  await withAdmin(admin, async client => {
    if (!(await exists(client, role.name))) return;
    const name = escapeIdentifier(role.name);
    await client.query(`ALTER ROLE ${name} NOLOGIN`);
    for (const group of role.memberOf) await client.query(`REVOKE ${escapeIdentifier(group)} FROM ${name}`);
    if (hasOwnRights(role.scope)) await revokeOwnRights(client, role.name);
    await client.query('SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role.name]);
  });
}

/** Ends the role's connections and removes it; what it owned goes to the administrator. Fine when it is gone already. */
export async function dropPostgresRole(admin: PostgresAdmin, roleName: string): Promise<void> {
  await withAdmin(admin, async client => {
    if (!(await exists(client, roleName))) return;
    const name = escapeIdentifier(roleName);
    await client.query(`ALTER ROLE ${name} NOLOGIN`);
    await client.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1', [
      roleName,
    ]);
    await revokeOwnRights(client, roleName);
    await client.query(`REASSIGN OWNED BY ${name} TO CURRENT_USER`);
    await client.query(`DROP OWNED BY ${name}`);
    await client.query(`DROP ROLE ${name}`);
  });
}

/** Whether a role has rights of its own instead of being a member of the groups. */
function hasOwnRights(scope: GrantScope): boolean {
  return hasTableLimits(scope) || scope.readOnly;
}

async function exists(client: Client, roleName: string): Promise<boolean> {
  return (await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [roleName])).rowCount === 1;
}

async function withAdmin(
  admin: PostgresAdmin,
  work: (client: Client, version: number) => Promise<void>,
): Promise<void> {
  const { username: user, ...rest } = admin;
  const client = new Client({
    ...rest,
    user,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that breaks between two statements: the next one says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    );
    // Each statement for itself: every step may be done again, and a login that is closed must be so before anything else.
    await work(client, Number(rows[0]?.version));
  } catch (error) {
    throw describe(admin, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function describe(admin: PostgresAdmin, error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const where = `${admin.host}:${admin.port}`;
  // SQLSTATE classes: 28 is a refused login, 42 a missing right or role.
  if (/^(28|42)/.test(code)) {
    return new SallyportError(
      'credential-refused',
      `The database at ${where} refused the server's administrator login or what it may do (${code}). Check the target's credential.`,
      { cause: error },
    );
  }
  return new SallyportError(
    'target-unreachable',
    `The database at ${where} cannot be reached or did not answer (${code === '' ? 'no answer' : code}). Try again, or tell its administrator.`,
    { cause: error },
  );
}
