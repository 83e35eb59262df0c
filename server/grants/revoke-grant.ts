import { SallyportError } from '../../contract/errors.ts';
import type { DeviceId, GrantId, TargetId } from '../../contract/ids.ts';
import type { GrantRecord } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import type { ServerContext } from '../server-context.ts';
import type { GrantRow } from './grant-records.ts';
import { grantState, lockGrantRow, toGrant } from './grant-records.ts';

/** How far the client's idea of server time may be off before its report is refused. */
const CLOCK_TOLERANCE_MS = 2_000;

/**
 * Ends a grant now, and pushes that to its holder. Of a chain of extensions the newest is revoked, whichever was named: that is
 * the one that lets the session run. Throws `conflict` when it is over already.
 */
export async function revokeGrant(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: GrantId; readonly reason: string },
): Promise<GrantRecord> {
  return context.changes.run(async change => {
    const nowMs = context.nowMs();
    let row = await lockGrantRow(change.trx, input.id);
    authorize(caller, 'grant.revoke', { ownerId: row.account_id });
    if (row.state === 'superseded') row = await lockNewest(change, row);
    const state = grantState(row, nowMs);
    if (state !== 'active') {
      throw new SallyportError('conflict', `The grant cannot be revoked: it is ${state} already.`);
    }
    const revoked = await markRevoked(change, row, { nowMs, by: caller, reason: input.reason });
    return toGrant(change.trx, revoked, { nowMs, deviceId: caller.deviceId });
  });
}

/** All running grants of a device: when it is revoked. */
export async function revokeGrantsOfDevice(
  change: Change,
  deviceId: DeviceId,
  cause: { readonly nowMs: number; readonly by: Caller; readonly reason: string },
): Promise<void> {
  await revokeActive(change, cause, { column: 'device_id', id: deviceId });
}

/** All running grants on a target; answers how many. */
export async function revokeGrantsOfTarget(
  change: Change,
  targetId: TargetId,
  cause: { readonly nowMs: number; readonly by: Caller; readonly reason: string },
): Promise<number> {
  return revokeActive(change, cause, { column: 'target_id', id: targetId });
}

async function revokeActive(
  change: Change,
  cause: { readonly nowMs: number; readonly by: Caller; readonly reason: string },
  of: { readonly column: 'device_id' | 'target_id'; readonly id: string },
): Promise<number> {
  const rows = await change.trx
    .selectFrom('grants')
    .selectAll()
    .where(({ eb, ref }) => eb(ref(of.column), '=', of.id as never))
    .where('state', '=', 'active')
    .where('expires_at_ms', '>', cause.nowMs)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const row of rows) await markRevoked(change, row, cause);
  return rows.length;
}

/**
 * Stores how long it took from the revocation to frozen input, in milliseconds of server time. Each session under the grant reports: the
 * slowest counts.
 * Throws `conflict` when the grant is not revoked, `bad-input` for a time before the revocation or in the future.
 */
export async function reportFrozen(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: GrantId; readonly frozenAtMs: number },
): Promise<GrantRecord> {
  return context.changes.run(async change => {
    const nowMs = context.nowMs();
    const row = await lockGrantRow(change.trx, input.id);
    authorize(caller, 'grant.use', { ownerId: row.account_id, deviceId: row.device_id });
    if (row.revoked_at_ms === null) throw new SallyportError('conflict', 'The grant was not revoked.');
    const isEarly = input.frozenAtMs < row.revoked_at_ms - CLOCK_TOLERANCE_MS;
    if (isEarly || input.frozenAtMs > nowMs + CLOCK_TOLERANCE_MS) {
      throw new SallyportError(
        'bad-input',
        'The time of freezing is not between the revocation and now. Learn the server time anew.',
      );
    }
    const tookMs = Math.round(Math.max(0, Math.min(input.frozenAtMs, nowMs) - row.revoked_at_ms));
    const revocationMs = Math.max(row.revocation_ms ?? 0, tookMs);
    if (revocationMs !== row.revocation_ms) {
      await change.trx
        .updateTable('grants')
        .set({ revocation_ms: revocationMs })
        .where('id', '=', row.id)
        .execute();
      change.audit({ actor: caller, action: 'grant.frozen', subject: row.id, detail: { revocationMs } });
      change.emit(
        { kind: 'grant-frozen', grantId: row.id, revocationMs },
        { accountIds: [row.account_id], roles: ['approver', 'administrator'] },
      );
    }
    const view = { nowMs, deviceId: caller.deviceId };
    return toGrant(change.trx, { ...row, revocation_ms: revocationMs }, view);
  });
}

async function markRevoked(
  change: Change,
  row: GrantRow,
  cause: { readonly nowMs: number; readonly by: Caller; readonly reason: string },
): Promise<GrantRow> {
  const revoked: GrantRow = { ...row, state: 'revoked', revoked_at_ms: cause.nowMs };
  await change.trx
    .updateTable('grants')
    .set({ state: 'revoked', revoked_at_ms: cause.nowMs })
    .where('id', '=', row.id)
    .execute();
  change.audit({
    actor: cause.by,
    action: 'grant.revoke',
    subject: row.id,
    detail: { reason: cause.reason },
  });
  change.emit(
    {
      kind: 'grant-revoked',
      grantId: row.id,
      rootId: row.root_id,
      revokedAtMs: cause.nowMs,
      by: cause.by.account.name,
      reason: cause.reason,
    },
    { accountIds: [row.account_id], roles: ['approver', 'administrator'] },
  );
  return revoked;
}

async function lockNewest(change: Change, row: GrantRow): Promise<GrantRow> {
  const newest = await change.trx
    .selectFrom('grants')
    .selectAll()
    .where('root_id', '=', row.root_id)
    .where('state', '!=', 'superseded')
    .forUpdate()
    .executeTakeFirst();
  return newest ?? row;
}
