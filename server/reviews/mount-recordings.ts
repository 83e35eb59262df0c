import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SallyportError } from '../../contract/errors.ts';
import { RecordingId } from '../../contract/ids.ts';
import { RECEIPT_TYP } from '../../contract/receipt.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Authenticate } from '../http/mount-route.ts';
import { auditRefusal } from '../http/refusals.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { refuseDeleted } from '../retention/retention-terms.ts';
import { registerRecordings } from '../recordings/register-recordings.ts';
import type { StoredRecording } from '../recordings/checked-store.ts';
import type { ServerContext } from '../server-context.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { readSessionRow } from '../sessions/session-records.ts';
import type { ProgressBell } from './progress-bell.ts';
import { createFindUpload, createNoteProgress } from './upload-progress.ts';

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
  const findUpload = createFindUpload(db);
  const noteProgress = createNoteProgress(context);
  const note = async (recording: StoredRecording) => {
    await noteProgress(recording);
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
        const session = await findUpload(recordingId);
        if (session === null) throw new SallyportError('not-found', 'There is no such session.');
        await noteRefusal(context, { caller, name: 'uploadRecording' }, () => {
          authorize(caller, 'recording.upload', {
            ownerId: session.accountId,
            deviceId: session.deviceId,
          });
        });
        if (session.isDeleted) await refuseDeleted(db, recordingId);
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
