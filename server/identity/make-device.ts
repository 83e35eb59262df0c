import { SallyportError } from '../../contract/errors.ts';
import { DeviceId } from '../../contract/ids.ts';
import type { Account, EnrolAnswer } from '../../contract/server-api.ts';
import type { Change } from '../changes/changes.ts';
import { newId } from '../new-id.ts';
import type { ServerContext } from '../server-context.ts';

/** A key that wants to be a device. */
export interface NewDevice {
  readonly deviceName: string;
  /** raw Ed25519, base64url */
  readonly devicePublicKey: string;
  /** until when its sign-in is good; null: for ever */
  readonly signedInUntilMs: number | null;
}

/** Makes a device of an account, and says so in the log. Throws `conflict` for a key that is known. */
export async function makeDevice(
  context: ServerContext,
  change: Change,
  { account, device }: { readonly account: Account; readonly device: NewDevice },
): Promise<EnrolAnswer> {
  const deviceId = DeviceId.parse(newId());
  const made = await change.trx
    .insertInto('devices')
    .values({
      id: deviceId,
      account_id: account.id,
      name: device.deviceName,
      public_key: device.devicePublicKey,
      created_at_ms: context.nowMs(),
      revoked_at_ms: null,
      signed_in_until_ms: device.signedInUntilMs,
      seen_at_ms: context.signInTerms.idleMs === null ? null : context.nowMs(),
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) {
    throw new SallyportError('conflict', 'A device with this key is enrolled already. Make a new key.');
  }
  change.audit({
    actor: { account, deviceId },
    action: 'device.enrol',
    subject: deviceId,
    // whose signatures are whose can be looked up in the log
    detail: {
      name: device.deviceName,
      publicKey: device.devicePublicKey,
      signedInUntilMs: device.signedInUntilMs,
    },
  });
  return enrolAnswer(context, account, deviceId);
}

/**
 * Renews the sign-in of a device that the account has: its grants and sessions go on. Null where nobody has the key. Throws `not-allowed` for a device
 * of somebody else, or one that was revoked.
 */
export async function renewDevice(
  context: ServerContext,
  change: Change,
  renewed: {
    readonly account: Account;
    readonly devicePublicKey: string;
    readonly signedInUntilMs: number | null;
  },
): Promise<EnrolAnswer | null> {
  const { account, devicePublicKey, signedInUntilMs } = renewed;
  const known = await change.trx
    .selectFrom('devices')
    .selectAll()
    .where('public_key', '=', devicePublicKey)
    .forUpdate()
    .executeTakeFirst();
  if (known === undefined) return null;
  if (known.account_id !== account.id || known.revoked_at_ms !== null) {
    throw new SallyportError(
      'not-allowed',
      known.revoked_at_ms === null
        ? 'This device belongs to another account. Sign in as its owner, or enrol anew.'
        : 'This device was revoked. Enrol anew.',
    );
  }
  await change.trx
    .updateTable('devices')
    .set({ signed_in_until_ms: signedInUntilMs, seen_at_ms: context.nowMs() })
    .where('id', '=', known.id)
    .execute();
  change.audit({
    actor: { account, deviceId: known.id },
    action: 'device.sign-in',
    subject: known.id,
    detail: { signedInUntilMs },
  });
  return enrolAnswer(context, account, known.id);
}

/** What a device pins of this server. */
export function enrolAnswer(
  { serverName, keys }: Pick<ServerContext, 'serverName' | 'keys'>,
  account: Account,
  deviceId: DeviceId,
): EnrolAnswer {
  return {
    account,
    deviceId,
    audience: serverName,
    issuer: serverName,
    jwks: { keys: keys.signing.jwks.keys.map(key => ({ ...key })) },
  };
}
