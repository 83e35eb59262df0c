import { createHash, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import { AccountId } from '../../contract/ids.ts';
import type { AccountRecord } from '../../contract/server-administration.ts';
import type { Account, Role } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import { newId } from '../new-id.ts';

/** A one-time code is good for a day: long enough to hand over, short enough to be of no use when found later. */
export const ENROL_CODE_MS = 24 * 3600 * 1000;

/** Makes an account. Throws `conflict` when the name is taken (in any case of its letters). */
export async function insertAccount(
  trx: Transaction<Database>,
  input: { readonly name: string; readonly roles: readonly Role[] },
  nowMs: number,
): Promise<Account> {
  const account = { id: AccountId.parse(newId()), name: input.name, roles: [...new Set(input.roles)] };
  const made = await trx
    .insertInto('accounts')
    .values({ ...account, created_at_ms: nowMs })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) {
    throw new SallyportError('conflict', `There is an account "${input.name}" already. Choose another name.`);
  }
  return account;
}

/** Makes a one-time code for a device of the account; only its hash is kept. */
export async function insertEnrolCode(
  trx: Transaction<Database>,
  accountId: AccountId,
  nowMs: number,
): Promise<{ readonly enrolCode: string; readonly expiresAtMs: number }> {
  const enrolCode = randomBytes(20).toString('base64url');
  const expiresAtMs = nowMs + ENROL_CODE_MS;
  await trx
    .insertInto('enrol_codes')
    .values({
      code_hash: hashCode(enrolCode),
      account_id: accountId,
      expires_at_ms: expiresAtMs,
      used_at_ms: null,
    })
    .execute();
  return { enrolCode, expiresAtMs };
}

/** Uses a code up; null when it is unknown, used or expired. Of two at the same moment, one wins. */
export async function consumeEnrolCode(
  trx: Transaction<Database>,
  code: string,
  nowMs: number,
): Promise<AccountId | null> {
  const used = await trx
    .updateTable('enrol_codes')
    .set({ used_at_ms: nowMs })
    .where('code_hash', '=', hashCode(code))
    .where('used_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .returning('account_id')
    .executeTakeFirst();
  return used?.account_id ?? null;
}

/** Throws `not-found`. */
export async function readAccount(db: Kysely<Database>, id: AccountId): Promise<AccountRecord> {
  const account = await db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles', 'groups', 'disabled_at_ms as disabledAtMs'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (account === undefined) throw new SallyportError('not-found', 'There is no such account.');
  return account;
}

/** As `readAccount`; nobody disables it until the commit. */
export async function lockAccount(trx: Transaction<Database>, id: AccountId): Promise<AccountRecord> {
  await trx.selectFrom('accounts').select('id').where('id', '=', id).forShare().execute();
  return readAccount(trx, id);
}

/** By id; what is asked for and not there is absent. */
export async function readAccounts(
  db: Kysely<Database>,
  ids: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Account>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(row => [row.id, row]));
}

/** 160 random bits need no slow hash. */
function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}

/** Public keys of the devices of accounts, also of revoked ones: what they signed before stands. Raw Ed25519, base64url. */
export async function readDeviceKeys(
  db: Kysely<Database>,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, string[]>> {
  const keys = new Map<AccountId, string[]>();
  if (accountIds.length === 0) return keys;
  const rows = await db
    .selectFrom('devices')
    .select(['account_id', 'public_key'])
    .where('account_id', 'in', [...new Set(accountIds)])
    .execute();
  for (const row of rows) keys.set(row.account_id, [...(keys.get(row.account_id) ?? []), row.public_key]);
  return keys;
}
