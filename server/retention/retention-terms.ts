import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { Database } from '../database/schema.ts';

const DAY_MS = 24 * 3_600_000;

/** Until when a recording is kept whose last bytes came at `fromMs`: by its grant's terms. Null where they set nothing. */
export async function retainUntil(
  db: Kysely<Database>,
  id: RecordingId,
  fromMs: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .select(sql<number | null>`(grants.claims #>> '{recording,retentionDays}')::int`.as('days'))
    .where('sessions.id', '=', id)
    .executeTakeFirstOrThrow();
  return row.days === null ? null : fromMs + row.days * DAY_MS;
}

/** Throws `recording-deleted`, with who, when and why. */
export async function refuseDeleted(db: Kysely<Database>, id: RecordingId): Promise<void> {
  const row = await db
    .selectFrom('recordings')
    .select('deletion')
    .where('session_id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.deletion === null) return;
  const { by, atMs, reason } = row.deletion;
  throw new SallyportError(
    'recording-deleted',
    `This recording was deleted on ${new Date(atMs).toISOString()} by ${by}: ${reason} Its signed tombstone says what it was.`,
  );
}
