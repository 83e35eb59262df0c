import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, GrantId, SessionId } from '../../contract/ids.ts';
import type { SessionRecord } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import { readAccounts } from '../identity/accounts.ts';

function sessionQuery(db: Kysely<Database>) {
  return db
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .innerJoin('requests', 'requests.id', 'grants.request_id')
    .selectAll('sessions')
    .select(['requests.target', 'requests.login', 'grants.root_id']);
}

export type SessionRow = Awaited<ReturnType<ReturnType<typeof sessionQuery>['execute']>>[number];

/** Newest first. */
export async function listSessionRecords(
  db: Kysely<Database>,
  filter: {
    readonly ownerId?: AccountId;
    readonly isRunning?: boolean | undefined;
    /** the first grant of a chain */
    readonly chain?: GrantId | undefined;
    readonly limit: number;
  },
): Promise<SessionRecord[]> {
  let query = sessionQuery(db).orderBy('sessions.started_at_ms', 'desc').limit(filter.limit);
  if (filter.ownerId !== undefined) query = query.where('sessions.account_id', '=', filter.ownerId);
  if (filter.chain !== undefined) query = query.where('grants.root_id', '=', filter.chain);
  if (filter.isRunning === true) query = query.where('sessions.ended_at_ms', 'is', null);
  if (filter.isRunning === false) query = query.where('sessions.ended_at_ms', 'is not', null);
  return toSessions(db, await query.execute());
}

/** By id; what is not there is absent. */
export async function readSessionRecords(
  db: Kysely<Database>,
  ids: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, SessionRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await sessionQuery(db)
    .where('sessions.id', 'in', [...ids])
    .execute();
  return new Map((await toSessions(db, rows)).map(session => [session.id, session]));
}

/** Throws `not-found`. */
export async function readSessionRow(db: Kysely<Database>, id: SessionId): Promise<SessionRow> {
  return found(await sessionQuery(db).where('sessions.id', '=', id).executeTakeFirst());
}

/** In a transaction: nobody else changes it until the commit. Throws `not-found`. */
export async function lockSessionRow(db: Kysely<Database>, id: SessionId): Promise<SessionRow> {
  return found(await sessionQuery(db).where('sessions.id', '=', id).forUpdate('sessions').executeTakeFirst());
}

export async function toSession(db: Kysely<Database>, row: SessionRow): Promise<SessionRecord> {
  const [session] = await toSessions(db, [row]);
  if (session === undefined) throw new Error('One row makes one record.');
  return session;
}

async function toSessions(db: Kysely<Database>, rows: readonly SessionRow[]): Promise<SessionRecord[]> {
  if (rows.length === 0) return [];
  const accounts = await readAccounts(
    db,
    rows.map(row => row.account_id),
  );
  const alerts = await db
    .selectFrom('alerts')
    .selectAll()
    .where(
      'session_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('at_ms')
    .execute();
  const bySession = Map.groupBy(alerts, alert => alert.session_id);
  return rows.map(row => {
    const operator = accounts.get(row.account_id);
    if (operator === undefined) throw new Error('Every session has an account (a foreign key holds it).');
    return {
      id: row.id,
      grantId: row.grant_id,
      operator,
      target: row.target,
      account: row.login,
      startedAtMs: row.started_at_ms,
      endedAtMs: row.ended_at_ms,
      endCause: row.end_cause,
      masked: row.masked,
      lockReasons: [...row.lock_reasons],
      isSuspended: row.is_suspended,
      budgetLiftedAtMs: row.budget_lifted_at_ms,
      alerts: (bySession.get(row.id) ?? []).map(({ rule, text, at_ms }) => ({ rule, text, atMs: at_ms })),
    };
  });
}

function found(row: SessionRow | undefined): SessionRow {
  if (row === undefined) throw new SallyportError('not-found', 'There is no such session.');
  return row;
}
