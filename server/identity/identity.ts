import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, DeviceId } from '../../contract/ids.ts';
import type { EnrolAnswer, EnrolInput } from '../../contract/server-api.ts';
import type { AccountInput, AccountRecord, Device, EnrolCode } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import { revokeGrantsOfDevice } from '../grants/revoke-grant.ts';
import type { ServerContext } from '../server-context.ts';
import { makeDevice, renewDevice } from './make-device.ts';
import { consumeEnrolCode, insertAccount, insertEnrolCode, lockAccount } from './accounts.ts';

/** Turns a one-time code into a device. Throws `not-signed-in` for a code that is not good, `conflict` for a key that is known. */
export async function enrolDevice(context: ServerContext, input: EnrolInput): Promise<EnrolAnswer> {
  const nowMs = context.nowMs();
  return context.changes.run(async change => {
    const accountId = await consumeEnrolCode(change.trx, input.code, nowMs);
    if (accountId === null) {
      throw new SallyportError(
        'not-signed-in',
        'The enrolment code is unknown, used or expired. Ask an administrator for a new one.',
      );
    }
    const { disabledAtMs, ...account } = await lockAccount(change.trx, accountId);
    if (disabledAtMs !== null)
      throw new SallyportError(
        'not-signed-in',
        'This account was disabled. Ask an administrator for another.',
      );
    const { deviceName, devicePublicKey } = input;
    const { localMs } = context.signInTerms;
    const signedInUntilMs = localMs === null ? null : nowMs + localMs;
    const known = await renewDevice(context, change, { account, devicePublicKey, signedInUntilMs });
    if (known !== null) return known;
    return makeDevice(context, change, { account, device: { deviceName, devicePublicKey, signedInUntilMs } });
  });
}

/** Makes an account and the code for its first device. `caller` null: by `sallyport server init`. */
export async function createAccount(
  context: Pick<ServerContext, 'changes' | 'nowMs'>,
  caller: Caller | null,
  input: AccountInput,
): Promise<EnrolCode> {
  if (caller !== null) authorize(caller, 'account.write');
  const nowMs = context.nowMs();
  return context.changes.run(async change => {
    const account = await insertAccount(change.trx, input, nowMs);
    change.audit({
      actor: caller ?? 'server',
      action: 'account.create',
      subject: account.id,
      detail: { name: account.name, roles: account.roles },
    });
    return { account, ...(await insertEnrolCode(change.trx, account.id, nowMs)) };
  });
}

/** A code for a further device of an account. */
export async function createEnrolCode(
  context: Pick<ServerContext, 'changes' | 'nowMs'>,
  caller: Caller | null,
  accountId: AccountId,
): Promise<EnrolCode> {
  if (caller !== null) authorize(caller, 'account.write');
  return context.changes.run(async change => {
    const { disabledAtMs, ...account } = await lockAccount(change.trx, accountId);
    if (disabledAtMs !== null)
      throw new SallyportError(
        'conflict',
        `The account of ${account.name} was disabled: it gets no further device. Make a new account.`,
      );
    change.audit({
      actor: caller ?? 'server',
      action: 'account.enrol-code',
      subject: accountId,
      detail: { name: account.name },
    });
    return { account, ...(await insertEnrolCode(change.trx, accountId, context.nowMs())) };
  });
}

export async function listAccounts(context: ServerContext, limit: number): Promise<AccountRecord[]> {
  return context.db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles', 'groups', 'disabled_at_ms as disabledAtMs'])
    .orderBy('name')
    .limit(limit)
    .execute();
}

/** Own devices, or all for whoever may see them. */
export async function listDevices(context: ServerContext, caller: Caller, limit: number): Promise<Device[]> {
  let query = context.db.selectFrom('devices').selectAll().orderBy('created_at_ms', 'desc').limit(limit);
  if (!caller.account.roles.includes('administrator')) {
    query = query.where('account_id', '=', caller.account.id);
  }
  return (await query.execute()).map(toDevice);
}

/** Ends a device: its proofs, its event streams and its grants. Revoking it again changes nothing. */
export async function revokeDevice(
  context: ServerContext,
  caller: Caller,
  input: { readonly deviceId: DeviceId; readonly reason: string },
): Promise<Device> {
  const nowMs = context.nowMs();
  const device = await context.changes.run(async change => {
    const row = await change.trx
      .selectFrom('devices')
      .selectAll()
      .where('id', '=', input.deviceId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new SallyportError('not-found', 'There is no such device.');
    authorize(caller, 'device.revoke', { ownerId: row.account_id });
    if (row.revoked_at_ms !== null) return toDevice(row);
    await endDevice(change, row.id, { nowMs, by: caller, reason: input.reason });
    return toDevice({ ...row, revoked_at_ms: nowMs });
  });
  // After the commit, whose events tell the device's own stream about its grants first.
  context.hub.endDevice(device.id);
  return device;
}

/** Revokes a device and its grants; its streams end with `hub.endDevice` after the commit. */
export async function endDevice(
  change: Change,
  id: DeviceId,
  cause: { readonly nowMs: number; readonly by: Caller; readonly reason: string },
): Promise<void> {
  await change.trx.updateTable('devices').set({ revoked_at_ms: cause.nowMs }).where('id', '=', id).execute();
  await revokeGrantsOfDevice(change, id, cause);
  change.audit({ actor: cause.by, action: 'device.revoke', subject: id, detail: { reason: cause.reason } });
}

function toDevice(row: {
  readonly id: DeviceId;
  readonly account_id: AccountId;
  readonly name: string;
  readonly created_at_ms: number;
  readonly revoked_at_ms: number | null;
}): Device {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    createdAtMs: row.created_at_ms,
    revokedAtMs: row.revoked_at_ms,
  };
}
