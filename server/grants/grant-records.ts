import type { Kysely, Selectable } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, DeviceId, GrantId } from '../../contract/ids.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import { readAccounts } from '../identity/accounts.ts';

export type GrantRow = Selectable<Database['grants']>;

/** Who reads, and when: the JWS is only for the holder's device, and a grant is over the moment it expires. */
export interface GrantView {
  readonly nowMs: number;
  readonly deviceId: DeviceId | null;
}

/** Newest first. */
export async function listGrantRecords(
  db: Kysely<Database>,
  filter: {
    readonly ownerId?: AccountId;
    readonly state?: GrantRecord['state'] | undefined;
    /** the first grant of a chain */
    readonly chain?: GrantId | undefined;
    readonly limit: number;
  },
  view: GrantView,
): Promise<GrantRecord[]> {
  let query = db.selectFrom('grants').selectAll().orderBy('issued_at_ms', 'desc').limit(filter.limit);
  if (filter.ownerId !== undefined) query = query.where('account_id', '=', filter.ownerId);
  if (filter.chain !== undefined) query = query.where('root_id', '=', filter.chain);
  if (filter.state === 'active') query = query.where('expires_at_ms', '>', view.nowMs);
  if (filter.state === 'expired') {
    query = query.where(({ or, and, eb }) =>
      or([
        eb('state', '=', 'expired'),
        and([eb('state', '=', 'active'), eb('expires_at_ms', '<=', view.nowMs)]),
      ]),
    );
  } else if (filter.state !== undefined) {
    query = query.where('state', '=', filter.state);
  }
  return toGrants(db, await query.execute(), view);
}

/** Throws `not-found`. */
export async function readGrantRow(db: Kysely<Database>, id: GrantId): Promise<GrantRow> {
  return found(await db.selectFrom('grants').selectAll().where('id', '=', id).executeTakeFirst());
}

/** In a transaction: nobody else changes it until the commit. Throws `not-found`. */
export async function lockGrantRow(db: Kysely<Database>, id: GrantId): Promise<GrantRow> {
  return found(await db.selectFrom('grants').selectAll().where('id', '=', id).forUpdate().executeTakeFirst());
}

export async function toGrant(db: Kysely<Database>, row: GrantRow, view: GrantView): Promise<GrantRecord> {
  const [grant] = await toGrants(db, [row], view);
  if (grant === undefined) throw new Error('One row makes one record.');
  return grant;
}

/** The state at a moment: rows are swept to `expired` a little after the fact. */
export function grantState(row: GrantRow, nowMs: number): GrantRecord['state'] {
  return row.state === 'active' && row.expires_at_ms <= nowMs ? 'expired' : row.state;
}

async function toGrants(
  db: Kysely<Database>,
  rows: readonly GrantRow[],
  view: GrantView,
): Promise<GrantRecord[]> {
  if (rows.length === 0) return [];
  const accounts = await readAccounts(
    db,
    rows.flatMap(row => [row.account_id, ...row.claims.approved_by]),
  );
  const requests = await db
    .selectFrom('requests')
    .select(['id', 'target'])
    .where(
      'id',
      'in',
      rows.map(row => row.request_id),
    )
    .execute();
  const targets = new Map(requests.map(row => [row.id, row.target]));
  return rows.map(row => {
    const holder = accounts.get(row.account_id);
    const target = targets.get(row.request_id);
    if (holder === undefined || target === undefined) {
      throw new Error('Every grant has an account and a request (foreign keys hold them).');
    }
    return {
      id: row.id,
      requestId: row.request_id,
      jws: row.device_id === view.deviceId ? row.jws : null,
      holder,
      target,
      account: row.claims.target.account,
      reason: row.claims.reason,
      approvedBy: row.claims.approved_by.flatMap(id => accounts.get(id) ?? []),
      issuedAtMs: row.issued_at_ms,
      expiresAtMs: row.expires_at_ms,
      supersedes: row.supersedes,
      rootId: row.root_id,
      state: grantState(row, view.nowMs),
      revokedAtMs: row.revoked_at_ms,
      revocationMs: row.revocation_ms,
    };
  });
}

function found(row: GrantRow | undefined): GrantRow {
  if (row === undefined) throw new SallyportError('not-found', 'There is no such grant.');
  return row;
}
