import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Updateable } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import { RecordingId } from '../../contract/ids.ts';
import { RECEIPT_TYP } from '../../contract/receipt.ts';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import type { Authenticate } from '../http/mount-route.ts';
import { auditRefusal } from '../http/refusals.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { refuseDeleted, retainUntil, retentionEnd } from '../retention/retention-terms.ts';
import { registerRecordings } from '../recordings/register-recordings.ts';
import type { StoredRecording } from '../recordings/checked-store.ts';
import type { ServerContext } from '../server-context.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { readSessionRow } from '../sessions/session-records.ts';
import type { ProgressBell } from './progress-bell.ts';

/** Hours of a busy terminal; a recording that is larger than this is a mistake or an attack. */
const MAX_RECORDING_BYTES = 8 * 1024 ** 3;

/** Ranges that follow each other within this are one reading for the audit log. */
const SAME_READING_MS = 5 * 60_000;
const MAX_READINGS = 10_000;

/** Ties the storage of ciphertext to who may store and watch it, and to the tables. */
export async function mountRecordings(
  app: FastifyInstance,
  context: ServerContext,
  options: {
    readonly store: RecordingStore;
    /** rung when more of a recording is durable */
    readonly bell: ProgressBell;
    readonly authenticate: Authenticate;
    readonly rateLimit: object;
  },
): Promise<void> {
  const { db, changes, keys, nowMs } = context;
  const note = async (recording: StoredRecording) => {
    await noteRecording(context, recording);
    options.bell.ring(RecordingId.parse(recording.recordingId));
  };
  const readings = new Map<string, number>();
  /** A player asks for hundreds of ranges: they are one entry until it has asked for none for a while. */
  const isNewReading = (caller: Caller, recordingId: RecordingId): boolean => {
    const key = `${caller.account.id} ${recordingId}`;
    const lastMs = readings.get(key);
    readings.delete(key);
    readings.set(key, nowMs());
    const [oldest] = readings.keys();
    if (readings.size > MAX_READINGS && oldest !== undefined) readings.delete(oldest);
    return lastMs === undefined || nowMs() - lastMs > SAME_READING_MS;
  };
  await app.register(async scope => {
    // Before anything of the body is read.
    scope.addHook('preParsing', async (request, reply) => {
      await options.authenticate(request, reply);
    });
    scope.addHook('preParsing', scope.rateLimit(options.rateLimit));
    await registerRecordings(scope, {
      store: options.store,
      maxRecordingBytes: MAX_RECORDING_BYTES,
      serverNowMs: nowMs,
      async authorizeUpload(request, recordingId) {
        const caller = callerOf(request);
        // One question for each append, of which a busy server has thousands a second.
        const session = await db
          .selectFrom('sessions')
          .leftJoin('recordings', 'recordings.session_id', 'sessions.id')
          .select(['sessions.account_id', 'sessions.device_id', 'recordings.deletion'])
          .where('sessions.id', '=', recordingId)
          .executeTakeFirst();
        if (session === undefined) throw new SallyportError('not-found', 'There is no such session.');
        await noteRefusal(context, { caller, name: 'uploadRecording' }, () => {
          authorize(caller, 'recording.upload', {
            ownerId: session.account_id,
            deviceId: session.device_id,
          });
        });
        if (session.deletion !== null) await refuseDeleted(db, recordingId);
      },
      async authorizeRead(request, recordingId) {
        const caller = callerOf(request);
        const session = await readSessionRow(db, recordingId);
        const recording = await db
          .selectFrom('recordings')
          .select('state')
          .where('session_id', '=', recordingId)
          .executeTakeFirst();
        const subject = await recordingSubject(db, caller, session);
        await noteRefusal(context, { caller, name: 'readRecording' }, () => {
          authorize(caller, recording?.state === 'running' ? 'recording.watch' : 'recording.read', subject);
        });
        await refuseDeleted(db, recordingId);
        if (request.headers.range !== undefined && !isNewReading(caller, recordingId)) return;
        await changes.run(change => {
          change.audit({
            actor: caller,
            action: 'recording.read',
            subject: recordingId,
            detail: { range: request.headers.range ?? 'all' },
          });
          return Promise.resolve();
        });
      },
      async expectedHeader(recordingId) {
        const row = await db
          .selectFrom('sessions')
          .innerJoin('grants', 'grants.id', 'sessions.grant_id')
          .innerJoin('devices', 'devices.id', 'sessions.device_id')
          .select(['sessions.grant_id', 'sessions.device_id', 'grants.jws', 'devices.public_key'])
          .where('sessions.id', '=', recordingId)
          .executeTakeFirstOrThrow();
        return {
          sessionId: recordingId,
          grantId: row.grant_id,
          grantHash: createHash('sha256').update(row.jws).digest('hex'),
          deviceId: row.device_id,
          devicePublicKey: row.public_key,
        };
      },
      signReceipt: receipt => keys.signing.signWithKey(RECEIPT_TYP, { ...receipt }),
      onProgress: note,
      onComplete: note,
    });
  });
}

/** These are no routes of the table, whose refusals are noted where they are mounted. */
async function noteRefusal(
  context: ServerContext,
  asked: { readonly caller: Caller; readonly name: 'uploadRecording' | 'readRecording' },
  check: () => void,
): Promise<void> {
  try {
    check();
  } catch (error) {
    await auditRefusal(context, { ...asked, error });
    throw error;
  }
}

function callerOf(request: { readonly caller: Caller | null }): Caller {
  if (request.caller === null) throw new SallyportError('not-signed-in', 'This needs a device proof.');
  return request.caller;
}

/** Writes how far a recording is; reviewers are told when it begins and when it is whole. Never goes back. */
async function noteRecording(context: ServerContext, stored: StoredRecording): Promise<void> {
  if (stored.hash === null) return;
  const id = RecordingId.parse(stored.recordingId);
  const state = stateOf(stored);
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
  if (state === 'running' && (await noteGrowth(context, id, row))) return;
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

/** The usual case in one statement: a running recording that has grown. Answers whether it was that. */
async function noteGrowth(
  { db, nowMs }: ServerContext,
  id: RecordingId,
  row: Updateable<Database['recordings']> & { readonly bytes: number },
): Promise<boolean> {
  const atMs = nowMs();
  const { numUpdatedRows } = await db
    .updateTable('recordings')
    .set({ ...row, scrubbed_at_ms: atMs, retain_until_ms: retentionEnd(id, atMs) })
    .where('session_id', '=', id)
    .where('state', '=', 'running')
    .where('bytes', '<=', row.bytes)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whole without a signed end, or with the end that a later start wrote for a crashed one, is an interrupted recording. */
function stateOf(stored: StoredRecording): RecordingSummary['state'] {
  if (!stored.isComplete) return 'running';
  return stored.end === null || stored.end.cause === 'recovered' ? 'interrupted' : 'complete';
}
