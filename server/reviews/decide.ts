import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { LiftInput } from '../../contract/recording-review.ts';
import type { RecordingSummary, ReviewInput } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import { newId } from '../new-id.ts';
import type { ServerContext } from '../server-context.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { readSessionRow } from '../sessions/session-records.ts';
import { readDecisionFacts, readRecording } from './recording-summaries.ts';
import { reviewFacts } from './review-state.ts';

/** Adds a reviewer's decision. Throws `not-allowed` for the operator, `not-found`, `conflict` for a recording that still grows. */
export async function reviewRecording(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: RecordingId } & ReviewInput,
): Promise<RecordingSummary> {
  const { id, decision, note } = input;
  return context.changes.run(async change => {
    const session = await readSessionRow(change.trx, id);
    authorize(caller, 'recording.review', await recordingSubject(change.trx, caller, session));
    const { state } = await lockRecording(change, id);
    if (state === 'running' && decision === 'reviewed') {
      throw new SallyportError(
        'conflict',
        'The session is still being recorded: what comes next cannot be reviewed yet. A flag or a follow-up can be raised now.',
      );
    }
    await insertDecision(change, context, { caller, id, decision, note, settles: null });
    change.audit({ actor: caller, action: 'recording.review', subject: id, detail: { decision, note } });
    return announce(change, id);
  });
}

/**
 * Settles a flag or follow-up that stands. Throws `not-allowed` for the operator, and for a flag of one's own; `not-found` where
 * there is no such decision; `conflict` where it stands no longer.
 */
export async function liftDecision(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: RecordingId } & LiftInput,
): Promise<RecordingSummary> {
  const { id, decisionId, reason } = input;
  return context.changes.run(async change => {
    const session = await readSessionRow(change.trx, id);
    authorize(caller, 'recording.review', await recordingSubject(change.trx, caller, session));
    await lockRecording(change, id);
    const decisions = (await readDecisionFacts(change.trx, [id])).get(id) ?? [];
    const raised = decisions.find(each => each.id === decisionId);
    if (raised === undefined)
      throw new SallyportError('not-found', 'This recording has no such flag or follow-up.');
    if (raised.decision === 'flagged') {
      authorize(caller, 'recording.lift-flag', {
        ...(await recordingSubject(change.trx, caller, session)),
        deciderId: raised.accountId,
      });
    }
    if (!reviewFacts(decisions, { reviewers: 1 }).standing.has(decisionId))
      throw new SallyportError('conflict', 'It stands no longer: somebody has settled it meanwhile.');
    await insertDecision(change, context, {
      caller,
      id,
      decision: 'lifted',
      note: reason,
      settles: decisionId,
    });
    change.audit({
      actor: caller,
      action: 'recording.lift',
      subject: id,
      detail: { lifted: raised.decision, decisionId, raisedBy: raised.accountId, reason },
    });
    return announce(change, id);
  });
}

/** Nobody else decides on it until the commit. Throws `not-found`. */
async function lockRecording(
  change: Change,
  id: RecordingId,
): Promise<{ readonly state: RecordingSummary['state'] }> {
  const row = await change.trx
    .selectFrom('recordings')
    .select('state')
    .where('session_id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined)
    throw new SallyportError('not-found', 'There is no recording of this session on the server yet.');
  return row;
}

async function insertDecision(
  change: Change,
  context: ServerContext,
  decided: {
    readonly caller: Caller;
    readonly id: RecordingId;
    readonly decision: ReviewInput['decision'] | 'lifted';
    readonly note: string;
    readonly settles: string | null;
  },
): Promise<void> {
  const { caller, id, decision, note, settles } = decided;
  await change.trx
    .insertInto('review_decisions')
    .values({
      id: newId(),
      session_id: id,
      decision,
      note,
      account_id: caller.account.id,
      at_ms: context.nowMs(),
      settles,
    })
    .execute();
}

async function announce(change: Change, id: RecordingId): Promise<RecordingSummary> {
  change.emit({ kind: 'recording-changed', recordingId: id }, { roles: ['reviewer', 'administrator'] });
  return readRecording(change.trx, id);
}
