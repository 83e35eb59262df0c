import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { AccountId, DeviceId } from '../../contract/ids.ts';
import type { Account } from '../../contract/server-api.ts';
import { inBatches } from '../database/in-batches.ts';
import type { Database } from '../database/schema.ts';
import type { UsedProof } from './device-proof.ts';

/** Keys that are kept in memory: a device never gets another one. About a kilobyte each. */
const MAX_KEYS = 20_000;

/** A device whose proof was used now for the first time, as the tables know it at that moment. */
export interface ProvenDevice {
  readonly account: Account;
  readonly deviceName: string;
  readonly isRevoked: boolean;
  readonly isDisabled: boolean;
  readonly createdAtMs: number;
  readonly signedInUntilMs: number | null;
  readonly seenAtMs: number | null;
}

export interface ProvenDevices {
  /** Also of a revoked device; null where there is none. */
  findKey(id: DeviceId): Promise<KeyObject | null>;
  /** Notes a proof as used, and answers what is known of its device; null where the proof was used before. */
  use(proof: UsedProof): Promise<ProvenDevice | null>;
}

interface Row {
  readonly is_new: boolean;
  readonly account_id: AccountId;
  readonly name: string;
  readonly roles: Account['roles'];
  readonly device_name: string;
  readonly revoked_at_ms: number | null;
  readonly disabled_at_ms: number | null;
  readonly created_at_ms: number;
  readonly signed_in_until_ms: number | null;
  readonly seen_at_ms: number | null;
}

/**
 * Devices by the proofs that they send. Used proofs are in the database, so that a restart or another instance remembers them too. That write does not wait
 * for the disk: it is the one where a power cut may cost the last half second, which the window of the proofs outlives only by their thirty seconds.
 */
export function createProvenDevices(db: Kysely<Database>): ProvenDevices {
  const keys = new Map<DeviceId, KeyObject>();
  const useAll = inBatches(async (proofs: readonly UsedProof[]) => {
    const first = new Map(proofs.map(proof => [proof.hash, proof] as const).toReversed());
    const asked = [...first.values()];
    const { rows } = await sql<Row & { hash: string }>`
      WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS value),
      asked AS (SELECT t.* FROM quick, unnest(
        ${asked.map(({ hash }) => hash)}::text[],
        ${asked.map(({ expiresAtMs }) => expiresAtMs)}::bigint[],
        ${asked.map(({ deviceId }) => deviceId)}::text[]) AS t (hash, expires_at_ms, device_id)),
      used AS (INSERT INTO seen_proofs (proof_hash, expires_at_ms) SELECT hash, expires_at_ms FROM asked
        ON CONFLICT DO NOTHING RETURNING proof_hash)
      SELECT asked.hash, used.proof_hash IS NOT NULL AS is_new, accounts.id AS account_id, accounts.name, accounts.roles,
        accounts.disabled_at_ms, devices.name AS device_name, devices.revoked_at_ms, devices.created_at_ms,
        devices.signed_in_until_ms, devices.seen_at_ms
      FROM asked LEFT JOIN used ON used.proof_hash = asked.hash
      JOIN devices ON devices.id = asked.device_id JOIN accounts ON accounts.id = devices.account_id`.execute(
      db,
    );
    const byHash = new Map(rows.map(row => [row.hash, row]));
    // Of the same proof twice in one batch, the first was there first.
    return proofs.map(proof => {
      const row = byHash.get(proof.hash);
      return row === undefined || !row.is_new || first.get(proof.hash) !== proof ? null : provenOf(row);
    });
  });
  return {
    async findKey(id) {
      const known = keys.get(id);
      if (known !== undefined) return known;
      const row = await db.selectFrom('devices').select('public_key').where('id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const jwk = { kty: 'OKP', crv: 'Ed25519', x: row.public_key };
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const [oldest] = keys.keys();
      if (keys.size >= MAX_KEYS && oldest !== undefined) keys.delete(oldest);
      keys.set(id, key);
      return key;
    },
    use: useAll,
  };
}

function provenOf(row: Row): ProvenDevice {
  return {
    account: { id: row.account_id, name: row.name, roles: row.roles },
    deviceName: row.device_name,
    isRevoked: row.revoked_at_ms !== null,
    isDisabled: row.disabled_at_ms !== null,
    createdAtMs: row.created_at_ms,
    signedInUntilMs: row.signed_in_until_ms,
    seenAtMs: row.seen_at_ms,
  };
}
