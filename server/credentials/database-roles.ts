import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { GrantId, TargetId } from '../../contract/ids.ts';
import type { Credential } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import type { GrantRow } from '../grants/grant-records.ts';
import type { ServerContext } from '../server-context.ts';
import { readTarget, readTargetSecrets } from '../targets/targets.ts';
import type { AdminSecret } from './role-engine.ts';
import { isAdminSecret, roleEngineOf } from './role-engine.ts';

type RoleRow = Selectable<Database['database_roles']>;
/** After a failure, so that a target that is down is not asked every second. */
const RETRY_MS = 15_000;
/** Keeps these advisory locks apart from others on the same database. */
const ROLE_LOCK = 0x52_4f_4c_45;

/** Logins of grants on target databases: one role for a chain of extensions, the same password for all its sessions. */
export interface DatabaseRoles {
  /** Makes the role, or finds it open. Throws what the target answers. */
  open(grant: GrantRow, secret: AdminSecret): Promise<Credential>;
  /**
   * Closes the roles whose grant has ended, removes those that are revoked or past the grace, opens those whose grant was
   * extended. What fails (a database that is down) is tried again by a later call.
   */
  sweep(): Promise<void>;
}

export function createDatabaseRoles(context: ServerContext): DatabaseRoles {
  const { db, secrets } = context;
  const locked = createTargetLock(context);
  const retryAtMs = new Map<GrantId, number>();

  async function open(grant: GrantRow, secret: AdminSecret): Promise<Credential> {
    await noteRole(context, grant);
    return locked(grant.target_id, async trx => {
      const row = await trx
        .selectFrom('database_roles')
        .selectAll()
        .where('root_grant_id', '=', grant.root_id)
        .executeTakeFirst();
      if (row === undefined) throw new SallyportError('conflict', 'The grant ended meanwhile.');
      const password = String(secrets.open(row.sealed_password, roleContext(row.root_grant_id)));
      if (row.open_until_ms < grant.expires_at_ms) await openRole(context, trx, { row, grant, secret });
      return { kind: 'password', username: row.role_name, password, validUntilMs: grant.expires_at_ms };
    });
  }

  async function sweep(): Promise<void> {
    const rows = await db.selectFrom('database_roles').selectAll().execute();
    for (const row of rows) {
      const { root_grant_id: rootId } = row;
      if ((retryAtMs.get(rootId) ?? 0) > context.nowMs()) continue;
      try {
        if ((await planFor(db, row, context.nowMs())) === null) continue;
        const done = await locked(row.target_id, trx => settleRole(context, trx, rootId));
        if (done !== null) await auditEnd(context, row, done);
        retryAtMs.delete(rootId);
      } catch (error) {
        retryAtMs.set(rootId, context.nowMs() + RETRY_MS);
        context.log.warn(
          { grantId: rootId, reason: error instanceof Error ? error.message : 'unknown' },
          'a database role could not be brought in line with its grant; it is tried again',
        );
      }
    }
  }

  return { open, sweep };
}

type TargetLock = <T>(targetId: TargetId, work: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;

/**
 * One change at a time to the roles of a target: PostgreSQL refuses concurrent changes of one role. In this process by a queue
 * (so that waiting takes no connection), between instances by an advisory lock.
 */
function createTargetLock({ db }: ServerContext): TargetLock {
  const tails = new Map<TargetId, Promise<unknown>>();
  return (targetId, work) => {
    const run = () =>
      db.transaction().execute(async trx => {
        await sql`SELECT pg_advisory_xact_lock(hashtextextended(${targetId}, ${ROLE_LOCK}))`.execute(trx);
        return work(trx);
      });
    const mine = (tails.get(targetId) ?? Promise.resolve()).then(run, run);
    tails.set(targetId, mine);
    const forget = () => {
      if (tails.get(targetId) === mine) tails.delete(targetId);
    };
    mine.then(forget, forget);
    return mine;
  };
}

/** Noted, and committed, before it is made: a server that is killed in between still removes it. */
async function noteRole({ db, secrets }: ServerContext, grant: GrantRow): Promise<void> {
  const fresh = randomBytes(24).toString('base64url');
  await db
    .insertInto('database_roles')
    .values({
      root_grant_id: grant.root_id,
      target_id: grant.target_id,
      role_name: `sp_${grant.root_id}`.toLowerCase().slice(0, 63),
      sealed_password: secrets.seal(fresh, roleContext(grant.root_id)),
      open_until_ms: 0,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

interface Plan {
  readonly kind: 'open' | 'close' | 'drop';
  readonly grant: GrantRow;
}

/** What is to be done about a role; null when it is as its grant wants it. */
async function planFor(db: Kysely<Database>, row: RoleRow, nowMs: number): Promise<Plan | null> {
  const grant = await db
    .selectFrom('grants')
    .selectAll()
    .where('root_id', '=', row.root_grant_id)
    .where('state', '!=', 'superseded')
    .executeTakeFirst();
  if (grant === undefined) return null;
  const wanted = wantedState(grant, nowMs);
  if (wanted === 'gone') return { kind: 'drop', grant };
  if (wanted === 'closed') return row.open_until_ms === 0 ? null : { kind: 'close', grant };
  return row.open_until_ms >= grant.expires_at_ms ? null : { kind: 'open', grant };
}

/** Under the lock: looks again, and does it. Answers what was done. */
async function settleRole(
  context: ServerContext,
  trx: Transaction<Database>,
  rootId: GrantId,
): Promise<Plan | null> {
  const row = await trx
    .selectFrom('database_roles')
    .selectAll()
    .where('root_grant_id', '=', rootId)
    .executeTakeFirst();
  const plan = row === undefined ? null : await planFor(trx, row, context.nowMs());
  if (row === undefined || plan === null) return null;
  const { secret } = await readTargetSecrets(trx, context.secrets, row.target_id);
  if (!isAdminSecret(secret)) {
    throw new SallyportError('server-failed', 'The target has no administrator login any more.');
  }
  if (plan.kind === 'open') {
    await openRole(context, trx, { row, grant: plan.grant, secret });
    return plan;
  }
  const { target } = await readTarget(trx, row.target_id);
  const engine = roleEngineOf(target, secret);
  if (plan.kind === 'drop') {
    await engine.drop(row.role_name);
    await trx.deleteFrom('database_roles').where('root_grant_id', '=', rootId).execute();
  } else {
    await engine.close({ name: row.role_name, scope: plan.grant.claims.scope });
    await setOpenUntil(trx, rootId, 0);
  }
  return plan;
}

async function openRole(
  context: ServerContext,
  trx: Transaction<Database>,
  options: { readonly row: RoleRow; readonly grant: GrantRow; readonly secret: AdminSecret },
): Promise<void> {
  const { row, grant, secret } = options;
  const { endsByItself } = await roleEngineOf(grant.claims.target, secret).open({
    name: row.role_name,
    password: String(context.secrets.open(row.sealed_password, roleContext(row.root_grant_id))),
    validUntilMs: grant.expires_at_ms,
    scope: grant.claims.scope,
  });
  if (!endsByItself) {
    context.log.warn(
      { grantId: grant.id, targetId: row.target_id },
      'the database does not end this account by itself: should the server be down at the end of the grant, it ends when the server is back (docs/deploy/targets.md says what is missing)',
    );
  }
  await setOpenUntil(trx, row.root_grant_id, grant.expires_at_ms);
}

async function setOpenUntil(trx: Transaction<Database>, rootId: GrantId, untilMs: number): Promise<void> {
  await trx
    .updateTable('database_roles')
    .set({ open_until_ms: untilMs })
    .where('root_grant_id', '=', rootId)
    .execute();
}

async function auditEnd(context: ServerContext, row: RoleRow, done: Plan): Promise<void> {
  await context.changes.run(change => {
    change.audit({
      actor: 'server',
      action: `database-role.${done.kind}`,
      subject: done.grant.id,
      detail: { role: row.role_name },
    });
    return Promise.resolve();
  });
}

/** `closed`: the grace in which an extension may come. */
function wantedState(grant: GrantRow, nowMs: number): 'open' | 'closed' | 'gone' {
  if (grant.state === 'revoked') return 'gone';
  if (grant.state === 'active' && grant.expires_at_ms > nowMs) return 'open';
  return grant.expires_at_ms + grant.claims.session.graceMs > nowMs ? 'closed' : 'gone';
}

/** What is sealed for one chain of grants opens for no other. */
function roleContext(rootId: GrantId): string {
  return `database-role:${rootId}`;
}
