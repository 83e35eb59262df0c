import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { RecordingId } from '../../contract/ids.ts';
import { inBatches } from '../database/in-batches.ts';
import type { Database } from '../database/schema.ts';
import type { SecretBox } from '../keys/secret-box.ts';

/** Keys of stored recordings, 32 bytes each; never where the bytes are. */
export interface RecordingKeys {
  /** Makes the key unless it is there. */
  make(id: RecordingId): Promise<void>;
  /** Null where there is none: not yet, never was, or destroyed. */
  find(id: RecordingId): Promise<Uint8Array | null>;
}

const SealedKey = z.object({ key: z.base64() });

/** Keys in the database, each sealed with the server's master key and bound to its recording. */
export function createRecordingKeys(db: Kysely<Database>, box: SecretBox): RecordingKeys {
  const contextOf = (id: RecordingId) => `recording:${id}`;
  // Asked anew for each append, and never kept: a key that was destroyed is nowhere.
  const findSealed = inBatches(async (ids: readonly RecordingId[]) => {
    const { rows } = await sql<{ recording_id: RecordingId; sealed_key: Uint8Array }>`
      SELECT recording_id, sealed_key FROM recording_keys WHERE recording_id = ANY (${ids}::text[])`.execute(
      db,
    );
    const byId = new Map(rows.map(row => [row.recording_id, row.sealed_key]));
    return ids.map(id => byId.get(id) ?? null);
  });
  return {
    async make(id) {
      const key = randomBytes(32).toString('base64');
      await db
        .insertInto('recording_keys')
        .values({ recording_id: id, sealed_key: box.seal({ key }, contextOf(id)) })
        .onConflict(conflict => conflict.column('recording_id').doNothing())
        .execute();
    },
    async find(id) {
      const sealed = await findSealed(id);
      if (sealed === null) return null;
      return Buffer.from(SealedKey.parse(box.open(sealed, contextOf(id))).key, 'base64');
    },
  };
}

/**
 * From here on nobody can read the stored bytes of the recording, nor a copy of them. In a transaction: with its commit. False where there was
 * no key.
 */
export async function destroyRecordingKey(db: Kysely<Database>, id: RecordingId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recording_keys')
    .where('recording_id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
