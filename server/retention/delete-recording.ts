import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { RecordingDeletion, RecordingSummary } from '../../contract/server-api.ts';
import type { Tombstone } from '../../contract/tombstone.ts';
import { TOMBSTONE_TYP } from '../../contract/tombstone.ts';
import type { Caller } from '../authorization.ts';
import { authorize } from '../authorization.ts';
import { nothingStands } from '../reviews/standing-decisions.ts';
import { destroyRecordingKey } from '../recordings/recording-keys.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import type { ServerContext } from '../server-context.ts';
import { heldWords } from './hold-recording.ts';
import type { RecordingRow } from './recording-row.ts';
import { readRecording } from '../reviews/recording-summaries.ts';
import { lockRecordingRow, tellChanged } from './recording-row.ts';

/** A client may be away with the rest of a recording for so long; after that nothing more will come. */
export const UNFINISHED_MS = 30 * 24 * 3_600_000;
/** Recordings that one sweep deletes: each is a transaction and a file. */
const DUE_AT_ONCE = 50;
const RETENTION_REASON = 'Its time was over.';

/**
 * Deletes a recording by an administrator's decision: it was reviewed or its time is over, nobody holds it, and no flag or follow-up stands.
 * Throws `conflict` with what is in the way.
 */
export async function deleteByHand(
  context: ServerContext,
  store: RecordingStore,
  { caller, id, reason }: { readonly caller: Caller; readonly id: RecordingId; readonly reason: string },
): Promise<RecordingSummary> {
  await context.changes.run(async change => {
    const row = await lockRecordingRow(change.trx, id);
    authorize(caller, 'recording.delete', { ownerId: row.account_id });
    const obstacle = obstacleOf(row, context.nowMs());
    if (obstacle !== null) throw new SallyportError('conflict', obstacle);
    await bury(context, change, { row, cause: 'by-hand', by: caller, reason });
  });
  await removeBytes(context, store, id);
  return readRecording(context.db, id);
}

/**
 * Deletes what is due, and removes bytes that an earlier deletion did not get to. A flag or follow-up that stands keeps a recording as a hold does:
 * what somebody still asks about is not gone before the answer.
 */
export async function deleteDue(context: ServerContext, store: RecordingStore): Promise<void> {
  const nowMs = context.nowMs();
  const due = await context.db
    .selectFrom('recordings')
    .select('session_id')
    .where('deletion', 'is', null)
    .where('hold', 'is', null)
    .where('retain_until_ms', '<=', nowMs)
    .where(nothingStands)
    .limit(DUE_AT_ONCE)
    .execute();
  for (const { session_id: id } of due) {
    await context.changes.run(async change => {
      const row = await lockRecordingRow(change.trx, id);
      if (!isOver(row, nowMs) || obstacleOf(row, nowMs) !== null) return;
      await bury(context, change, { row, cause: 'retention', by: 'server', reason: RETENTION_REASON });
    });
  }
  const left = await context.db
    .selectFrom('recordings')
    .select('session_id')
    .where('deletion', 'is not', null)
    .where('bytes_removed', '=', false)
    .limit(DUE_AT_ONCE)
    .execute();
  for (const { session_id: id } of left) await removeBytes(context, store, id);
}

/** Why it cannot be deleted now; null where it can. */
function obstacleOf(row: RecordingRow, nowMs: number): string | null {
  if (row.deletion !== null) return 'The recording is deleted already.';
  if (row.hold !== null) return `The recording is held: ${heldWords(row.hold)} Lift the hold first.`;
  const { status, raisedBy } = row.review;
  if (status === 'flagged' || status === 'follow-up') {
    const what = status === 'flagged' ? 'flagged' : 'open for a follow-up';
    const names = raisedBy.map(({ name }) => name).join(' and ');
    return `The recording is ${what} (by ${names}). A reviewer settles that first.`;
  }
  const isAbandoned = row.ended_at_ms !== null && row.updated_at_ms + UNFINISHED_MS <= nowMs;
  if (row.state === 'running' && !isAbandoned)
    return 'The recording is not whole yet: the rest may still come, for 30 days after the session and its last bytes.';
  if (row.isReviewed || isOver(row, nowMs)) return null;
  const until =
    row.retain_until_ms === null ? '' : ` It is kept until ${new Date(row.retain_until_ms).toISOString()}.`;
  return `The recording was not reviewed yet, so it cannot be deleted.${until}`;
}

function isOver(row: RecordingRow, nowMs: number): boolean {
  return row.retain_until_ms !== null && row.retain_until_ms <= nowMs;
}

/** The key first: from the commit on no copy of the bytes can be read, wherever it is. */
async function bury(
  context: ServerContext,
  change: Parameters<Parameters<ServerContext['changes']['run']>[0]>[0],
  {
    row,
    cause,
    by,
    reason,
  }: {
    readonly row: RecordingRow;
    readonly cause: Tombstone['cause'];
    readonly by: Caller | 'server';
    readonly reason: string;
  },
): Promise<void> {
  const id = row.session_id;
  const claims: Tombstone = {
    version: 1,
    recordingId: id,
    bytes: row.bytes,
    segments: row.segments,
    durationMs: row.duration_ms,
    headerHash: row.header_hash,
    hash: row.hash,
    cause,
    reason,
    by: by === 'server' ? by : by.account.name,
    atMs: context.nowMs(),
    retainUntilMs: row.retain_until_ms,
    isReviewed: row.isReviewed,
    isKeyDestroyed: await destroyRecordingKey(change.trx, id),
  };
  const deletion: RecordingDeletion = {
    reason,
    by: claims.by,
    atMs: claims.atMs,
    tombstone: await context.keys.signing.sign(TOMBSTONE_TYP, claims),
  };
  await change.trx
    .updateTable('recordings')
    .set({ deletion: JSON.stringify(deletion), damage: null })
    .where('session_id', '=', id)
    .execute();
  // Comments may quote what the recording showed, and no key of the server's lies over them.
  const { numDeletedRows } = await change.trx
    .deleteFrom('comments')
    .where('session_id', '=', id)
    .executeTakeFirst();
  // File keys that reviewers sealed to others open copies of its bytes.
  await change.trx.deleteFrom('recording_shares').where('session_id', '=', id).execute();
  const { bytes, hash, headerHash, isReviewed, isKeyDestroyed, retainUntilMs } = claims;
  change.audit({
    actor: by,
    action: 'recording.delete',
    subject: id,
    detail: {
      cause,
      reason,
      bytes,
      hash,
      headerHash,
      isReviewed,
      isKeyDestroyed,
      retainUntilMs,
      comments: Number(numDeletedRows),
    },
  });
  tellChanged(change, id);
}

/** Again at the next sweep where the store cannot be reached. */
async function removeBytes(context: ServerContext, store: RecordingStore, id: RecordingId): Promise<void> {
  try {
    await store.remove(id);
    await context.db
      .updateTable('recordings')
      .set({ bytes_removed: true })
      .where('session_id', '=', id)
      .execute();
  } catch (error) {
    context.log.error(
      { err: error, recordingId: id },
      'bytes of a deleted recording could not be removed yet',
    );
  }
}
