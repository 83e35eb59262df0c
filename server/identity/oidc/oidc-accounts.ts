import { SallyportError } from '../../../contract/errors.ts';
import type { Account } from '../../../contract/server-api.ts';
import type { Change } from '../../changes/changes.ts';
import { insertAccount } from '../accounts.ts';
import type { ProvenPerson } from './map-claims.ts';

/**
 * The account of somebody who signed in: made at the first time, and with the name, roles and groups that the provider says now. Never one
 * that was made here, whatever its name: a provider that lets people choose names would hand it out. Throws `conflict` for a name that
 * another account has, `not-allowed` for a disabled account.
 */
export async function accountOf(change: Change, person: ProvenPerson, nowMs: number): Promise<Account> {
  const { trx } = change;
  const known = await trx
    .selectFrom('accounts')
    .selectAll()
    .where('subject', '=', person.subject)
    .forUpdate()
    .executeTakeFirst();
  const roles = [...person.roles];
  const groups = [...person.groups];
  if (known === undefined) {
    const account = await insertAccount(trx, person, nowMs);
    await trx
      .updateTable('accounts')
      .set({ subject: person.subject, groups })
      .where('id', '=', account.id)
      .execute();
    change.audit({
      actor: 'server',
      action: 'account.create',
      subject: account.id,
      detail: { name: account.name, roles, groups, signIn: person.subject },
    });
    return account;
  }
  if (known.disabled_at_ms !== null) {
    throw new SallyportError(
      'not-allowed',
      `The account of ${known.name} was disabled. Ask an administrator.`,
    );
  }
  const isSame = known.name === person.name && sameSet(known.roles, roles) && sameSet(known.groups, groups);
  if (isSame) return { id: known.id, name: known.name, roles: known.roles };
  const other = await trx
    .selectFrom('accounts')
    .select('id')
    .where(({ eb, fn, val }) => eb(fn('lower', ['name']), '=', fn('lower', [val(person.name)])))
    .where('id', '!=', known.id)
    .executeTakeFirst();
  // Somebody else has the new name: the account keeps the old one.
  const name = other === undefined ? person.name : known.name;
  await trx.updateTable('accounts').set({ name, roles, groups }).where('id', '=', known.id).execute();
  change.audit({
    actor: 'server',
    action: 'account.update',
    subject: known.id,
    detail: { name, roles, groups, was: { name: known.name, roles: known.roles, groups: known.groups } },
  });
  return { id: known.id, name, roles };
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(each => b.includes(each));
}
