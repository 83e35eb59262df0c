import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { AccountId, DeviceId } from '../../contract/ids.ts';
import { RecordingId } from '../../contract/ids.ts';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { inBatches } from '../database/in-batches.ts';
import type { Database } from '../database/schema.ts';
import type { StoredRecording } from '../recordings/checked-store.ts';
import { retainUntil } from '../retention/retention-terms.ts';
import type { ServerContext } from '../server-context.ts';

/** How often the days that a growing recording is kept are counted anew from its last bytes. */
const RETAIN_AGAIN_MS = 10 * 60_000;

/** Whose recording may be uploaded, and from where. */
export interface KnownUpload {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly isDeleted: boolean;
}

/** Null where there is no such session. A question for each append, of which a busy server has a thousand a second. */
export function createFindUpload(db: Kysely<Database>): (id: RecordingId) => Promise<KnownUpload | null> {
  return inBatches(async (ids: readonly RecordingId[]) => {
    const rows = await db
      .selectFrom('sessions')
      .leftJoin('recordings', 'recordings.session_id', 'sessions.id')
      .select(['sessions.id', 'sessions.account_id as accountId', 'sessions.device_id as deviceId'])
      .select(sql<boolean>`recordings.deletion IS NOT NULL`.as('isDeleted'))
      .where('sessions.id', '=', sql<RecordingId>`ANY (${ids}::text[])`)
      .execute();
    const byId = new Map<string, KnownUpload>(rows.map(row => [row.id, row]));
    return ids.map(id => byId.get(id) ?? null);
  });
}

/** Writes how far a recording is; reviewers are told when it begins and when it is whole. Never goes back. */
export function createNoteProgress(context: ServerContext): (stored: StoredRecording) => Promise<void> {
  const noteGrowth = createNoteGrowth(context);
  return async stored => {
    if (stored.hash === null) return;
    const atMs = context.nowMs();
    const state = stateOf(stored);
    if (state === 'running' && (await noteGrowth({ stored, hash: stored.hash, atMs }))) return;
    await noteWhole(context, stored, state);
  };
}

/** With all that hangs on it. */
async function noteWhole(
  context: ServerContext,
  stored: StoredRecording,
  state: RecordingSummary['state'],
): Promise<void> {
  const id = RecordingId.parse(stored.recordingId);
  const row = {
    hash: stored.hash,
    header_hash: stored.headerHash,
    bytes: stored.bytes,
    segments: stored.segments,
    duration_ms: Math.round(stored.durationMs),
    state,
    updated_at_ms: context.nowMs(),
    keyframe_offset: stored.keyframeOffset,
    ...(state === 'running' ? {} : { whole_at_ms: context.nowMs() }),
  };
  await context.changes.run(async change => {
    // What has just arrived has just been checked; the days count from the last bytes.
    const fresh = {
      ...row,
      scrubbed_at_ms: context.nowMs(),
      retain_until_ms: await retainUntil(change.trx, id, context.nowMs()),
    };
    const before = await change.trx
      .selectFrom('recordings')
      .select(['state', 'bytes'])
      .where('session_id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (
      before !== undefined &&
      (before.bytes > row.bytes || (before.state !== 'running' && before.bytes === row.bytes))
    )
      return;
    await change.trx
      .insertInto('recordings')
      .values({ session_id: id, ...fresh })
      .onConflict(conflict => conflict.column('session_id').doUpdateSet(fresh))
      .execute();
    if (before?.state === row.state) return;
    change.emit({ kind: 'recording-changed', recordingId: id }, { roles: ['reviewer', 'administrator'] });
    if (row.state !== 'running') {
      change.audit({
        actor: 'server',
        action: 'recording.stored',
        subject: id,
        detail: { bytes: row.bytes, segments: row.segments, state: row.state, hash: stored.hash },
      });
    }
  });
}

interface Growth {
  readonly stored: StoredRecording;
  readonly hash: string;
  readonly atMs: number;
}

/**
 * The usual case: a running recording that has grown. Answers whether it was that. All that wait are one statement and one flush, and no index has
 * to change for it: what the days of retention are counted from is brought up to date now and then, by the other way.
 */
function createNoteGrowth({ db }: ServerContext): (growth: Growth) => Promise<boolean> {
  return inBatches(async (all: readonly Growth[]) => {
    const farthest = new Map<string, Growth>();
    for (const growth of all) {
      const { recordingId, bytes } = growth.stored;
      if ((farthest.get(recordingId)?.stored.bytes ?? -1) <= bytes) farthest.set(recordingId, growth);
    }
    const rows = [...farthest.values()];
    const column = (of: (growth: Growth) => string | number | null) => rows.map(of);
    const noted = await sql<{ id: string }>`
      UPDATE recordings SET hash = v.hash, header_hash = v.header_hash, bytes = v.bytes, segments = v.segments,
        duration_ms = v.duration_ms, keyframe_offset = v.keyframe_offset, updated_at_ms = v.at_ms
      FROM unnest(
        ${column(({ stored }) => stored.recordingId)}::text[],
        ${column(({ hash }) => hash)}::text[],
        ${column(({ stored }) => stored.headerHash)}::text[],
        ${column(({ stored }) => stored.bytes)}::bigint[],
        ${column(({ stored }) => stored.segments)}::bigint[],
        ${column(({ stored }) => Math.round(stored.durationMs))}::bigint[],
        ${column(({ stored }) => stored.keyframeOffset)}::bigint[],
        ${column(({ atMs }) => atMs)}::bigint[])
        AS v (id, hash, header_hash, bytes, segments, duration_ms, keyframe_offset, at_ms)
      WHERE recordings.session_id = v.id AND recordings.state = 'running' AND recordings.bytes <= v.bytes
        AND recordings.scrubbed_at_ms > v.at_ms - ${RETAIN_AGAIN_MS}::bigint
      RETURNING recordings.session_id AS id`.execute(db);
    const isNoted = new Set(noted.rows.map(({ id }) => id));
    return all.map(({ stored }) => isNoted.has(stored.recordingId));
  });
}

/** Whole without a signed end, or with the end that a later start wrote for a crashed one, is an interrupted recording. */
function stateOf(stored: StoredRecording): RecordingSummary['state'] {
  if (!stored.isComplete) return 'running';
  return stored.end === null || stored.end.cause === 'recovered' ? 'interrupted' : 'complete';
}
