import type { Kysely, Selectable } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, RequestId } from '../../contract/ids.ts';
import type { AccessRequest } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import { readAccounts } from '../identity/accounts.ts';
import { readApprovals } from './approval-records.ts';

export type RequestRow = Selectable<Database['requests']>;

/** Newest first. */
export async function listRequestRecords(
  db: Kysely<Database>,
  filter: {
    readonly ownerId?: AccountId;
    readonly state?: AccessRequest['state'] | undefined;
    readonly limit: number;
  },
): Promise<AccessRequest[]> {
  let query = db.selectFrom('requests').selectAll().orderBy('created_at_ms', 'desc').limit(filter.limit);
  if (filter.ownerId !== undefined) query = query.where('account_id', '=', filter.ownerId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  return toRequests(db, await query.execute());
}

/** Throws `not-found`. */
export async function readRequestRow(db: Kysely<Database>, id: RequestId): Promise<RequestRow> {
  return found(await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst());
}

/** In a transaction: nobody else decides on it until the commit. Throws `not-found`. */
export async function lockRequestRow(db: Kysely<Database>, id: RequestId): Promise<RequestRow> {
  return found(
    await db.selectFrom('requests').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
  );
}

export async function toRequest(db: Kysely<Database>, row: RequestRow): Promise<AccessRequest> {
  const [request] = await toRequests(db, [row]);
  if (request === undefined) throw new Error('One row makes one record.');
  return request;
}

async function toRequests(db: Kysely<Database>, rows: readonly RequestRow[]): Promise<AccessRequest[]> {
  const approvals = await readApprovals(
    db,
    rows.map(row => row.id),
  );
  const accounts = await readAccounts(db, [
    ...rows.flatMap(row => (row.decided_by === null ? [row.account_id] : [row.account_id, row.decided_by])),
    ...approvals.map(approval => approval.account_id),
  ]);
  return rows.map(row => {
    const requester = accounts.get(row.account_id);
    if (requester === undefined) throw new Error('Every request has an account (a foreign key holds it).');
    return {
      id: row.id,
      requester,
      deviceId: row.device_id,
      target: row.target,
      account: row.login,
      reason: row.reason,
      ticket: row.ticket,
      durationS: row.duration_s,
      readOnly: row.read_only,
      supersedes: row.supersedes,
      state: row.state,
      createdAtMs: row.created_at_ms,
      decidedAtMs: row.decided_at_ms,
      decidedBy: row.decided_by === null ? null : (accounts.get(row.decided_by) ?? null),
      decisionNote: row.decision_note,
      grantId: row.grant_id,
      approvals: {
        required: row.approvals_required,
        by: approvals
          .filter(approval => approval.request_id === row.id)
          .flatMap(({ account_id }) => accounts.get(account_id) ?? []),
      },
      rule: row.policy_rule,
    };
  });
}

function found(row: RequestRow | undefined): RequestRow {
  if (row === undefined) throw new SallyportError('not-found', 'There is no such request.');
  return row;
}
