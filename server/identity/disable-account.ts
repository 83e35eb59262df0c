import type { Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId } from '../../contract/ids.ts';
import type { Role } from '../../contract/server-api.ts';
import type { DisabledAccount } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { endSessionsOfAccount } from '../sessions/sessions.ts';
import { readAccount } from './accounts.ts';
import { endDevice } from './identity.ts';

/** Without anybody in these nobody could let anybody in any more. */
const NEEDED_ROLES: readonly Role[] = ['administrator', 'approver'];

/**
 * Ends an account for good, in one step: its devices with their grants, sessions and event streams, its one-time codes, its recipients and its
 * places in groups. A break-glass key that is registered for it stays: its shares belong to others. Throws `not-found`, `conflict` where
 * it is disabled already or the last one of a role that must not be empty.
 */
export async function disableAccount(
  context: ServerContext,
  caller: Caller,
  { id, reason }: { readonly id: AccountId; readonly reason: string },
): Promise<DisabledAccount> {
  authorize(caller, 'account.write');
  const nowMs = context.nowMs();
  const { disabled, devices } = await context.changes.run(async change => {
    const { trx } = change;
    const rest = await lockOthers(trx, id);
    const account = await readAccount(trx, id);
    if (account.disabledAtMs !== null)
      throw new SallyportError('conflict', `The account of ${account.name} is disabled already.`);
    const last = account.roles.find(
      role => NEEDED_ROLES.includes(role) && !rest.some(({ roles }) => roles.includes(role)),
    );
    if (last !== undefined) {
      throw new SallyportError(
        'conflict',
        `${account.name} is the last ${last} with a device: without one nobody could go on. Make another ${last} first, and have them enrol.`,
      );
    }
    await trx.updateTable('accounts').set({ disabled_at_ms: nowMs }).where('id', '=', id).execute();
    await trx
      .deleteFrom('enrol_codes')
      .where('account_id', '=', id)
      .where('used_at_ms', 'is', null)
      .execute();
    const devices = await trx
      .selectFrom('devices')
      .select('id')
      .where('account_id', '=', id)
      .where('revoked_at_ms', 'is', null)
      .forUpdate()
      .execute();
    for (const device of devices) await endDevice(change, device.id, { nowMs, by: caller, reason });
    const sessions = await endSessionsOfAccount(change, id, { nowMs, by: caller });
    const retired = await trx
      .updateTable('recipients')
      .set({ retired_at_ms: nowMs })
      .where('account_id', '=', id)
      .where('retired_at_ms', 'is', null)
      .where('is_break_glass', '=', false)
      .returning('recipient')
      .execute();
    const left = await trx
      .deleteFrom('reviewer_group_members')
      .where('account_id', '=', id)
      .returning('group_id')
      .execute();
    const disabled: DisabledAccount = {
      account: { ...account, disabledAtMs: nowMs },
      devices: devices.length,
      sessions,
      retired: retired.map(({ recipient }) => recipient),
      leftGroups: left.map(({ group_id }) => group_id).sort(),
    };
    for (const recipient of disabled.retired)
      change.audit({ actor: caller, action: 'recipient.retire', subject: id, detail: { recipient } });
    change.audit({
      actor: caller,
      action: 'account.disable',
      subject: id,
      detail: {
        name: account.name,
        reason,
        devices: devices.length,
        sessions,
        leftGroups: disabled.leftGroups,
      },
    });
    return { disabled, devices };
  });
  // After the commit, whose events tell the devices' own streams about their grants first.
  for (const device of devices) context.hub.endDevice(device.id);
  return disabled;
}

/** The other accounts that somebody can act as; of two that are disabled at once the second sees what the first did. */
async function lockOthers(
  trx: Transaction<Database>,
  id: AccountId,
): Promise<{ readonly roles: readonly Role[] }[]> {
  const rows = await trx
    .selectFrom('accounts')
    .select(['id', 'roles'])
    .where('disabled_at_ms', 'is', null)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('accounts.id', '=', id),
        exists(
          selectFrom('devices')
            .select('devices.id')
            .whereRef('devices.account_id', '=', 'accounts.id')
            .where('devices.revoked_at_ms', 'is', null),
        ),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.filter(row => row.id !== id);
}
