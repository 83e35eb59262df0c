import type { Kysely } from 'kysely';
import type { DeviceId } from '../../contract/ids.ts';
import type { Database } from '../database/schema.ts';

/** How long a sign-in is good; null: for ever. */
export interface SignInTerms {
  /** of a device that enrolled by a one-time code, from there on; the identity provider's settings say it of others */
  readonly localMs: number | null;
  /** without a request of the device, whoever signed it in; its event stream alone is none */
  readonly idleMs: number | null;
}
export const NO_SIGN_IN_TERMS: SignInTerms = { localMs: null, idleMs: null };

/** When a device was seen is kept to the minute: one small write a minute for each that works. */
const SEEN_EVERY_MS = 60_000;
export function seenEveryMs(idleMs: number): number {
  return Math.min(SEEN_EVERY_MS, idleMs / 10);
}

interface SignedInDevice {
  readonly createdAtMs: number;
  readonly signedInUntilMs: number | null;
  /** null: before anybody asked, which counts from its next request on */
  readonly seenAtMs: number | null;
}

/** When the device has to sign in again, however much it is used; null: never. Also of one that enrolled before there were such terms. */
export function signInEnd(device: SignedInDevice, { localMs }: SignInTerms): number | null {
  return device.signedInUntilMs ?? (localMs === null ? null : device.createdAtMs + localMs);
}

/** Whether its sign-in is over, by age or for want of use. */
export function isSignInOver(device: SignedInDevice, terms: SignInTerms, nowMs: number): boolean {
  const endMs = signInEnd(device, terms);
  if (endMs !== null && endMs <= nowMs) return true;
  const { idleMs } = terms;
  return idleMs !== null && (device.seenAtMs ?? nowMs) + idleMs <= nowMs;
}

/** Notes that the device works, where that matters. */
export async function noteSeen(
  db: Kysely<Database>,
  seen: { readonly deviceId: DeviceId; readonly device: SignedInDevice; readonly nowMs: number },
  { idleMs }: SignInTerms,
): Promise<void> {
  const { deviceId, device, nowMs } = seen;
  if (idleMs === null || (device.seenAtMs ?? -Infinity) > nowMs - seenEveryMs(idleMs)) return;
  await db.updateTable('devices').set({ seen_at_ms: nowMs }).where('id', '=', deviceId).execute();
}

/** What the terms are held against. */
export async function readSignedIn(db: Kysely<Database>, id: DeviceId): Promise<SignedInDevice> {
  return db
    .selectFrom('devices')
    .select([
      'created_at_ms as createdAtMs',
      'signed_in_until_ms as signedInUntilMs',
      'seen_at_ms as seenAtMs',
    ])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
