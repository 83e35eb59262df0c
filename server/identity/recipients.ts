import type { Selectable } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { Recipient, RecipientInput } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { readAccount } from './accounts.ts';
import { refuseTooManyRecipients } from './sealed-to.ts';

/**
 * Registers a recipient for a reviewer or an approver: grants from now on are recorded for it too, where their target is for the account, or
 * all of them where it is a break-glass key. Throws `bad-input` when the account is neither's or was disabled, `conflict` when another account
 * has it, or when a grant could not name them all.
 */
export async function putRecipient(
  context: ServerContext,
  caller: Caller,
  input: RecipientInput,
): Promise<Recipient> {
  const accountId = input.accountId ?? caller.account.id;
  const { isBreakGlass } = input;
  authorize(caller, 'recipient.write', { ownerId: accountId });
  if (isBreakGlass) authorize(caller, 'recipient.write-break-glass', { ownerId: accountId });
  return context.changes.run(async change => {
    const account = await readAccount(change.trx, accountId);
    // An approver's is registered by an administrator only: with it, running sessions can be watched.
    if (!account.roles.includes('reviewer') && !account.roles.includes('approver')) {
      throw new SallyportError(
        'bad-input',
        `${account.name} is neither reviewer nor approver and cannot have a recipient.`,
      );
    }
    if (account.disabledAtMs !== null)
      throw new SallyportError('bad-input', `The account of ${account.name} was disabled.`);
    const active = await change.trx
      .selectFrom('recipients')
      .selectAll()
      .where('retired_at_ms', 'is', null)
      .forUpdate()
      .execute();
    const known = active.find(row => row.recipient === input.recipient);
    if (known !== undefined) {
      if (known.account_id === accountId && known.is_break_glass === isBreakGlass)
        return toRecipient(known, account.name);
      // What every recording is sealed to in the end is not changed by the account that it is registered for.
      if (known.is_break_glass) authorize(caller, 'recipient.write-break-glass', { ownerId: accountId });
      if (known.account_id !== accountId)
        throw new SallyportError('conflict', 'Another account has registered this recipient.');
    }
    const row = {
      recipient: input.recipient,
      account_id: accountId,
      added_at_ms: context.nowMs(),
      retired_at_ms: null,
      is_break_glass: isBreakGlass,
    };
    await change.trx
      .insertInto('recipients')
      .values(row)
      .onConflict(conflict => conflict.column('recipient').doUpdateSet(row))
      .execute();
    await refuseTooManyRecipients(change.trx);
    change.audit({
      actor: caller,
      action: 'recipient.put',
      subject: accountId,
      detail: { recipient: input.recipient, isBreakGlass },
    });
    return toRecipient(row, account.name);
  });
}

/** From now on grants leave it out. Throws `not-found`. */
export async function retireRecipient(
  context: ServerContext,
  caller: Caller,
  recipient: string,
): Promise<Recipient> {
  return context.changes.run(async change => {
    const row = await change.trx
      .selectFrom('recipients')
      .selectAll()
      .where('recipient', '=', recipient)
      .where('retired_at_ms', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new SallyportError('not-found', 'There is no such active recipient.');
    authorize(caller, 'recipient.write', { ownerId: row.account_id });
    if (row.is_break_glass) authorize(caller, 'recipient.write-break-glass', { ownerId: row.account_id });
    const retired = { ...row, retired_at_ms: context.nowMs() };
    await change.trx
      .updateTable('recipients')
      .set({ retired_at_ms: retired.retired_at_ms })
      .where('recipient', '=', recipient)
      .execute();
    change.audit({
      actor: caller,
      action: 'recipient.retire',
      subject: row.account_id,
      detail: { recipient },
    });
    return toRecipient(retired, (await readAccount(change.trx, row.account_id)).name);
  });
}

/** Oldest first; `withRetired`: also those that grants leave out. */
export async function listRecipients(
  { db }: Pick<ServerContext, 'db'>,
  withRetired: boolean,
): Promise<Recipient[]> {
  let query = db
    .selectFrom('recipients')
    .innerJoin('accounts', 'accounts.id', 'recipients.account_id')
    .selectAll('recipients')
    .select('accounts.name')
    .orderBy('added_at_ms');
  if (!withRetired) query = query.where('retired_at_ms', 'is', null);
  const rows = await query.execute();
  const unlocks = await db
    .selectFrom('audit')
    .select(['subject', 'actor', 'at_ms'])
    .where('action', '=', 'break-glass.unlock')
    .where('subject', 'in', ['', ...rows.filter(row => row.is_break_glass).map(row => row.recipient)])
    .orderBy('sequence')
    .execute();
  const lastUnlock = new Map(
    unlocks.map(({ subject, actor, at_ms }) => [subject, { by: actor, atMs: at_ms }]),
  );
  return rows.map(({ name, ...row }) => ({
    ...toRecipient(row, name),
    unlocked: lastUnlock.get(row.recipient) ?? null,
  }));
}

function toRecipient(row: Selectable<Database['recipients']>, accountName: string): Recipient {
  return {
    recipient: row.recipient,
    accountId: row.account_id,
    accountName,
    addedAtMs: row.added_at_ms,
    retiredAtMs: row.retired_at_ms,
    isBreakGlass: row.is_break_glass,
    unlocked: null,
  };
}
