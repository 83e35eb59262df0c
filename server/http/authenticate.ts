import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { Account } from '../../contract/server-api.ts';
import { SERVER_TIME_HEADER } from '../../contract/server-routes.ts';
import type { Database } from '../database/schema.ts';
import { verifyDeviceProof } from '../identity/device-proof.ts';
import type { Authenticate } from './mount-route.ts';

/** Who calls, by the device proof of the request; an expired clock is answered with the server's time. */
export function createAuthenticate(options: {
  readonly db: Kysely<Database>;
  readonly audience: string;
  readonly nowMs: () => number;
  /** Counts a failed proof of an address; true when there were too many. */
  readonly isExhausted: (request: FastifyRequest) => Promise<boolean>;
  /** Counts a request of the account that `request.caller` has; true when there were too many. */
  readonly countAccount: (request: FastifyRequest) => Promise<boolean>;
}): Authenticate {
  const { db, audience, nowMs, isExhausted, countAccount } = options;
  return async (request, reply) => {
    let found: (Account & { signedInUntilMs: number | null }) | null = null;
    const result = await verifyDeviceProof(
      {
        authorization: request.headers.authorization,
        method: request.method,
        path: request.raw.url ?? request.url,
      },
      {
        audience,
        nowMs: nowMs(),
        findDeviceKey: async id => {
          const device = await db
            .selectFrom('devices')
            .innerJoin('accounts', 'accounts.id', 'devices.account_id')
            .select(['accounts.id', 'accounts.name', 'accounts.roles', 'accounts.disabled_at_ms'])
            .select(['devices.public_key', 'devices.signed_in_until_ms'])
            .where('devices.id', '=', id)
            .where('devices.revoked_at_ms', 'is', null)
            .executeTakeFirst();
          if (device === undefined) return null;
          const { id: accountId, name, roles, signed_in_until_ms: signedInUntilMs } = device;
          if (device.disabled_at_ms === null) found = { id: accountId, name, roles, signedInUntilMs };
          return device.public_key;
        },
        useOnce: (hash, expiresAtMs) => useOnce(db, hash, expiresAtMs),
      },
    );
    if (result.kind === 'refused') {
      if (await isExhausted(request)) {
        throw new SallyportError(
          'rate-limited',
          'Too many requests without a valid device proof. Wait a minute and try again.',
        );
      }
      if (result.isClock) reply.header(SERVER_TIME_HEADER, String(nowMs()));
      throw new SallyportError('not-signed-in', result.reason);
    }
    if (found === null) throw new SallyportError('not-signed-in', 'This device was revoked.');
    // Assigned in a function that TypeScript does not follow.
    const { signedInUntilMs, ...account } = found as Account & { signedInUntilMs: number | null };
    if (signedInUntilMs !== null && signedInUntilMs <= nowMs()) {
      throw new SallyportError(
        'not-signed-in',
        'The sign-in of this device has run out. Sign in again; running sessions go on then.',
      );
    }
    request.caller = { account, deviceId: result.deviceId, signedInUntilMs };
    if (await countAccount(request)) {
      throw new SallyportError(
        'rate-limited',
        'The devices of this account ask too often. Wait a minute and try again.',
      );
    }
    return request.caller;
  };
}

/**
 * In the database, so that a restart or another instance remembers it too. Not waiting for the disk: this is the one write where
 * a power cut may cost the last half second, which the window of the proofs outlives only by their thirty seconds.
 */
async function useOnce(db: Kysely<Database>, hash: string, expiresAtMs: number): Promise<boolean> {
  const { rows } = await sql`
    WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS value)
    INSERT INTO seen_proofs (proof_hash, expires_at_ms) SELECT ${hash}, ${expiresAtMs}::bigint FROM quick
    ON CONFLICT DO NOTHING RETURNING proof_hash`.execute(db);
  return rows.length === 1;
}
