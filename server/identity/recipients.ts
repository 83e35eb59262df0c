import type { Selectable } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { Recipient, RecipientInput } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { readAccount } from './accounts.ts';

/** As many as a grant can name (contract/grant.ts, RecordingTerms). */
const MAX_RECIPIENTS = 20;

/**
 * Registers a recipient for a reviewer or an approver: every grant from now on is recorded for it too. Throws `bad-input` when the account is
 * neither's, `conflict` when another account has it, or when there are as many as a grant can name.
 */
export async function putRecipient(
  context: ServerContext,
  caller: Caller,
  input: RecipientInput,
): Promise<Recipient> {
  const accountId = input.accountId ?? caller.account.id;
  authorize(caller, 'recipient.write', { ownerId: accountId });
  return context.changes.run(async change => {
    const account = await readAccount(change.trx, accountId);
    // An approver's is registered by an administrator only: with it, running sessions can be watched.
    if (!account.roles.includes('reviewer') && !account.roles.includes('approver')) {
      throw new SallyportError(
        'bad-input',
        `${account.name} is neither reviewer nor approver and cannot have a recipient.`,
      );
    }
    const active = await change.trx
      .selectFrom('recipients')
      .selectAll()
      .where('retired_at_ms', 'is', null)
      .forUpdate()
      .execute();
    const known = active.find(row => row.recipient === input.recipient);
    if (known !== undefined) {
      if (known.account_id === accountId) return toRecipient(known);
      throw new SallyportError('conflict', 'Another account has registered this recipient.');
    }
    if (active.length >= MAX_RECIPIENTS) {
      throw new SallyportError(
        'conflict',
        `There are ${MAX_RECIPIENTS} recipients, which is the limit. Retire one first.`,
      );
    }
    const row = {
      recipient: input.recipient,
      account_id: accountId,
      added_at_ms: context.nowMs(),
      retired_at_ms: null,
    };
    await change.trx
      .insertInto('recipients')
      .values(row)
      .onConflict(conflict => conflict.column('recipient').doUpdateSet(row))
      .execute();
    change.audit({
      actor: caller,
      action: 'recipient.put',
      subject: accountId,
      detail: { recipient: input.recipient },
    });
    return toRecipient(row);
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
    await change.trx
      .updateTable('recipients')
      .set({ retired_at_ms: context.nowMs() })
      .where('recipient', '=', recipient)
      .execute();
    change.audit({
      actor: caller,
      action: 'recipient.retire',
      subject: row.account_id,
      detail: { recipient },
    });
    return toRecipient(row);
  });
}

export async function listRecipients(context: ServerContext): Promise<Recipient[]> {
  const rows = await context.db
    .selectFrom('recipients')
    .selectAll()
    .where('retired_at_ms', 'is', null)
    .orderBy('added_at_ms')
    .execute();
  return rows.map(toRecipient);
}

function toRecipient(row: Selectable<Database['recipients']>): Recipient {
  return { recipient: row.recipient, accountId: row.account_id, addedAtMs: row.added_at_ms };
}
