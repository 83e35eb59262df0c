import type { Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { Change } from '../changes/changes.ts';
import type { Database } from '../database/schema.ts';
import { readRecording } from '../reviews/recording-summaries.ts';

/** A recording with what decides about its keeping; nobody else changes it until the commit. Throws `not-found`. */
export async function lockRecordingRow(trx: Transaction<Database>, id: RecordingId) {
  const row = await trx
    .selectFrom('recordings')
    .innerJoin('sessions', 'sessions.id', 'recordings.session_id')
    .selectAll('recordings')
    .select(['sessions.account_id', 'sessions.ended_at_ms'])
    .where('recordings.session_id', '=', id)
    .forUpdate('recordings')
    .executeTakeFirst();
  if (row === undefined)
    throw new SallyportError('not-found', 'There is no recording of this session on the server yet.');
  const { review, session } = await readRecording(trx, id);
  return { ...row, target: session.target, review, isReviewed: review.status === 'reviewed' };
}
export type RecordingRow = Awaited<ReturnType<typeof lockRecordingRow>>;

/** Tells those who have the list open. */
export function tellChanged(change: Change, id: RecordingId): void {
  change.emit({ kind: 'recording-changed', recordingId: id }, { roles: ['reviewer', 'administrator'] });
}
