import type { DeviceId, RecordingId, SessionId } from '../../contract/ids.ts';
import type { RecordingProgress } from '../../contract/recording-review.ts';
import { PROGRESS_WAIT_MS } from '../../contract/recording-review.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import type { ServerContext } from '../server-context.ts';
import type { SessionRow } from '../sessions/session-records.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { readSessionRow } from '../sessions/session-records.ts';
import type { ProgressBell } from './progress-bell.ts';

/** What another instance of the server stored is seen this late. */
const LOOK_EVERY_MS = 1_000;
/** A watcher's row is written anew this often … */
const SEEN_EVERY_MS = 5_000;
/** … and one that was not, for this long, watches no longer: a question waits for PROGRESS_WAIT_MS. */
const GONE_AFTER_MS = 20_000;

/**
 * How much there is of a recording, as soon as it is more than `after` bytes, or no longer running; at the latest after PROGRESS_WAIT_MS.
 * Whoever asks while it runs is a watcher: audited, and shown to the operator where the target's terms say so.
 */
export async function followRecording(
  context: ServerContext,
  bell: ProgressBell,
  follow: {
    readonly caller: Caller;
    readonly id: RecordingId;
    readonly after: number;
    /** the one who asked has gone */
    readonly isGone: () => boolean;
  },
): Promise<RecordingProgress> {
  const { caller, id, after, isGone } = follow;
  const session = await readSessionRow(context.db, id);
  authorize(caller, 'recording.watch', await recordingSubject(context.db, caller, session));
  const untilMs = performance.now() + PROGRESS_WAIT_MS;
  let progress = await readProgress(context, id);
  if (progress.state === 'running') await noteWatcher(context, caller, session);
  while (progress.state === 'running' && progress.bytes <= after) {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0 || isGone() || bell.isClosed) break;
    await bell.wait(id, Math.min(LOOK_EVERY_MS, leftMs));
    progress = await readProgress(context, id);
  }
  return progress;
}

/** The caller's device watches no longer. Does nothing where it did not. */
export async function stopFollowing(context: ServerContext, caller: Caller, id: RecordingId): Promise<void> {
  const session = await readSessionRow(context.db, id);
  authorize(caller, 'recording.watch', await recordingSubject(context.db, caller, session));
  await endWatching(context, session, { deviceId: caller.deviceId });
}

/** Ends watching for all who were not heard of for a while; for the sweep. */
export async function forgetWatchers(context: ServerContext): Promise<void> {
  const gone = await context.db
    .selectFrom('watchers')
    .select('session_id')
    .distinct()
    .where('seen_ms', '<', context.nowMs() - GONE_AFTER_MS)
    .execute();
  for (const { session_id } of gone) {
    const session = await readSessionRow(context.db, session_id);
    await endWatching(context, session, { seenBeforeMs: context.nowMs() - GONE_AFTER_MS });
  }
}

async function readProgress({ db }: ServerContext, id: RecordingId): Promise<RecordingProgress> {
  const row = await db
    .selectFrom('recordings')
    .select(['state', 'bytes', 'keyframe_offset'])
    .where('session_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return { state: 'running', bytes: 0, keyframeOffset: null };
  return { state: row.state, bytes: row.bytes, keyframeOffset: row.keyframe_offset };
}

async function noteWatcher(context: ServerContext, caller: Caller, session: SessionRow): Promise<void> {
  const nowMs = context.nowMs();
  const known = await context.db
    .selectFrom('watchers')
    .select('seen_ms')
    .where('session_id', '=', session.id)
    .where('device_id', '=', caller.deviceId)
    .executeTakeFirst();
  if (known !== undefined) {
    if (nowMs - known.seen_ms < SEEN_EVERY_MS) return;
    await context.db
      .updateTable('watchers')
      .set({ seen_ms: nowMs })
      .where('session_id', '=', session.id)
      .where('device_id', '=', caller.deviceId)
      .execute();
    return;
  }
  await context.changes.run(async change => {
    const made = await change.trx
      .insertInto('watchers')
      .values({
        session_id: session.id,
        device_id: caller.deviceId,
        account_id: caller.account.id,
        since_ms: nowMs,
        seen_ms: nowMs,
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('device_id')
      .executeTakeFirst();
    if (made === undefined) return;
    change.audit({ actor: caller, action: 'recording.watch', subject: session.id, detail: {} });
    await tellOperator(change, session);
  });
}

async function endWatching(
  context: ServerContext,
  session: SessionRow,
  which: { readonly deviceId: DeviceId } | { readonly seenBeforeMs: number },
): Promise<void> {
  await context.changes.run(async change => {
    const query = change.trx.deleteFrom('watchers').where('session_id', '=', session.id);
    const ended = await ('deviceId' in which
      ? query.where('device_id', '=', which.deviceId)
      : query.where('seen_ms', '<', which.seenBeforeMs)
    )
      .returning(['account_id', 'since_ms'])
      .execute();
    if (ended.length === 0) return;
    for (const { account_id, since_ms } of ended) {
      const seconds = Math.round((context.nowMs() - since_ms) / 1000);
      change.audit({
        actor: 'server',
        action: 'recording.watch-end',
        subject: session.id,
        detail: { accountId: account_id, seconds },
      });
    }
    await tellOperator(change, session);
  });
}

async function tellOperator(change: Change, session: SessionRow): Promise<void> {
  if (!session.target.review.showWatchers) return;
  change.emit(
    { kind: 'session-watched', sessionId: session.id, watchers: await watcherNames(change, session.id) },
    { accountIds: [session.account_id] },
  );
}

async function watcherNames(change: Change, id: SessionId): Promise<string[]> {
  const rows = await change.trx
    .selectFrom('watchers')
    .innerJoin('accounts', 'accounts.id', 'watchers.account_id')
    .select('accounts.name')
    .distinct()
    .where('watchers.session_id', '=', id)
    .orderBy('accounts.name')
    .execute();
  return rows.map(({ name }) => name);
}
