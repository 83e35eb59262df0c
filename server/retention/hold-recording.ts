import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { RecordingHold, RecordingSummary } from '../../contract/server-api.ts';
import type { Caller } from '../authorization.ts';
import { authorize } from '../authorization.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import type { ServerContext } from '../server-context.ts';
import { readRecording } from '../reviews/recording-summaries.ts';
import { lockRecordingRow, tellChanged } from './recording-row.ts';

interface Reasoned {
  readonly id: RecordingId;
  readonly reason: string;
}

/** Keeps a recording from being deleted, whatever its terms say, until the hold is lifted. Throws `conflict` where it is held already. */
export async function holdRecording(
  context: ServerContext,
  caller: Caller,
  { id, reason }: Reasoned,
): Promise<RecordingSummary> {
  return context.changes.run(async change => {
    const row = await lockRecordingRow(change.trx, id);
    authorize(caller, 'recording.hold', await recordingSubject(change.trx, caller, row));
    if (row.deletion !== null) throw new SallyportError('conflict', 'The recording is deleted already.');
    if (row.hold !== null)
      throw new SallyportError('conflict', `The recording is held already: ${heldWords(row.hold)}`);
    const hold: RecordingHold = { reason, by: caller.account.name, atMs: context.nowMs() };
    await change.trx
      .updateTable('recordings')
      .set({ hold: JSON.stringify(hold) })
      .where('session_id', '=', id)
      .execute();
    change.audit({ actor: caller, action: 'recording.hold', subject: id, detail: { reason } });
    tellChanged(change, id);
    return readRecording(change.trx, id);
  });
}

/** Throws `conflict` where nobody holds it. */
export async function liftHold(
  context: ServerContext,
  caller: Caller,
  { id, reason }: Reasoned,
): Promise<RecordingSummary> {
  return context.changes.run(async change => {
    const row = await lockRecordingRow(change.trx, id);
    authorize(caller, 'recording.hold', await recordingSubject(change.trx, caller, row));
    if (row.hold === null) throw new SallyportError('conflict', 'The recording is not held.');
    await change.trx.updateTable('recordings').set({ hold: null }).where('session_id', '=', id).execute();
    change.audit({
      actor: caller,
      action: 'recording.hold-lift',
      subject: id,
      detail: { reason, hold: row.hold },
    });
    tellChanged(change, id);
    return readRecording(change.trx, id);
  });
}

/** Keeps a recording longer. Throws `conflict` for an earlier end than it has: what was promised to be kept is kept. */
export async function retainRecording(
  context: ServerContext,
  caller: Caller,
  { id, reason, untilMs }: Reasoned & { readonly untilMs: number },
): Promise<RecordingSummary> {
  return context.changes.run(async change => {
    const row = await lockRecordingRow(change.trx, id);
    authorize(caller, 'recording.retain', { ownerId: row.account_id });
    if (row.deletion !== null) throw new SallyportError('conflict', 'The recording is deleted already.');
    if (row.state === 'running')
      throw new SallyportError(
        'conflict',
        'The recording is not whole yet; its time begins with its last bytes. Hold it instead.',
      );
    const before = row.retain_until_ms;
    if (untilMs <= (before ?? context.nowMs()))
      throw new SallyportError(
        'conflict',
        `The recording is kept until ${new Date(before ?? context.nowMs()).toISOString()}; name a later time. What is not wanted any more is deleted after its review.`,
      );
    await change.trx
      .updateTable('recordings')
      .set({ retain_until_ms: untilMs })
      .where('session_id', '=', id)
      .execute();
    change.audit({
      actor: caller,
      action: 'recording.retain',
      subject: id,
      detail: { reason, untilMs, beforeMs: before },
    });
    tellChanged(change, id);
    return readRecording(change.trx, id);
  });
}

export function heldWords({ by, atMs, reason }: RecordingHold): string {
  return `${by} placed a hold on ${new Date(atMs).toISOString()}: ${reason}`;
}
