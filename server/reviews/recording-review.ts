import { createHash } from 'node:crypto';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type {
  CommentInput,
  RecordingReview,
  StoredComment,
  WatchedInput,
} from '../../contract/recording-review.ts';
import type { Account } from '../../contract/server-api.ts';
import { mergeSpans } from '../../core/recording/spans.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import { readAccounts, readDeviceKeys } from '../identity/accounts.ts';
import { newId } from '../new-id.ts';
import type { ServerContext } from '../server-context.ts';
import { recordingSubject } from '../identity/reviewer-groups.ts';
import { readSessionRow } from '../sessions/session-records.ts';
import { readDecisionFacts, readRecording } from './recording-summaries.ts';
import { reviewFacts } from './review-state.ts';

/** Everything that reviewers left at a recording. Throws `not-found`, `not-allowed`. */
export async function readReview(
  { db }: ServerContext,
  caller: Caller,
  id: RecordingId,
): Promise<RecordingReview> {
  const session = await readSessionRow(db, id);
  authorize(caller, 'recording.read', await recordingSubject(db, caller, session));
  const summary = await readRecording(db, id);
  const decisions = await db
    .selectFrom('review_decisions')
    .selectAll()
    .where('session_id', '=', id)
    .orderBy('sequence')
    .execute();
  const comments = await db
    .selectFrom('comments')
    .selectAll()
    .where('session_id', '=', id)
    .orderBy('at_ms')
    .orderBy('id')
    .execute();
  const coverage = await db
    .selectFrom('coverage')
    .selectAll()
    .where('session_id', '=', id)
    .orderBy('updated_at_ms')
    .execute();
  const accounts = await readAccounts(
    db,
    [...decisions, ...comments, ...coverage].map(row => row.account_id),
  );
  const keys = await readDeviceKeys(
    db,
    comments.map(row => row.account_id),
  );
  const facts = (await readDecisionFacts(db, [id])).get(id) ?? [];
  const { standing } = reviewFacts(facts, session.target.review);
  const by = (row: { readonly account_id: Account['id'] }): Account => {
    const account = accounts.get(row.account_id);
    if (account === undefined) throw new Error('Every row has an account (a foreign key holds it).');
    return account;
  };
  return {
    summary,
    decisions: decisions.map(row => ({
      id: row.id,
      decision: row.decision,
      note: row.note,
      by: by(row),
      atMs: row.at_ms,
      settles: row.settles,
      isStanding: standing.has(row.id),
    })),
    comments: comments.map(row => ({
      id: row.id,
      by: by(row),
      atMs: row.at_ms,
      sealed: row.sealed,
      authorKeys: keys.get(row.account_id) ?? [],
    })),
    coverage: coverage.map(row => ({ by: by(row), spans: row.spans })),
  };
}

/** Keeps a comment that the server cannot read; its hash stands in the audit log, so that none can be exchanged or taken away. */
export async function createComment(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: RecordingId } & CommentInput,
): Promise<StoredComment> {
  const { id, sealed } = input;
  return context.changes.run(async change => {
    const session = await readSessionRow(change.trx, id);
    authorize(caller, 'recording.comment', await recordingSubject(change.trx, caller, session));
    if ((await readRecording(change.trx, id)).deletion !== null) {
      throw new SallyportError(
        'conflict',
        'The recording was deleted, so nothing can be said about it any more.',
      );
    }
    const keys = await readDeviceKeys(change.trx, [caller.account.id]);
    const authorKeys = keys.get(caller.account.id) ?? [];
    const comment = { id: newId(), by: caller.account, atMs: context.nowMs(), sealed, authorKeys };
    await change.trx
      .insertInto('comments')
      .values({
        id: comment.id,
        session_id: id,
        account_id: caller.account.id,
        at_ms: comment.atMs,
        sealed,
      })
      .execute();
    const sha256 = createHash('sha256').update(sealed).digest('hex');
    change.audit({
      actor: caller,
      action: 'recording.comment',
      subject: id,
      detail: { commentId: comment.id, sha256 },
    });
    change.emit({ kind: 'recording-changed', recordingId: id }, { roles: ['reviewer', 'administrator'] });
    return comment;
  });
}

/** Notes which parts somebody's client has shown: the report stands in the audit log, the union of all of them beside the recording. */
export async function reportWatched(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: RecordingId } & WatchedInput,
): Promise<void> {
  const { id } = input;
  await context.changes.run(async change => {
    const session = await readSessionRow(change.trx, id);
    const { state, durationMs } = await readRecording(change.trx, id);
    authorize(
      caller,
      state === 'running' ? 'recording.watch' : 'recording.read',
      await recordingSubject(change.trx, caller, session),
    );
    const spans = mergeSpans(input.spans, durationMs);
    if (spans.length === 0) return;
    const known = await change.trx
      .selectFrom('coverage')
      .select('spans')
      .where('session_id', '=', id)
      .where('account_id', '=', caller.account.id)
      .forUpdate()
      .executeTakeFirst();
    const row = {
      spans: JSON.stringify(mergeSpans([...(known?.spans ?? []), ...spans], durationMs)),
      updated_at_ms: context.nowMs(),
    };
    await change.trx
      .insertInto('coverage')
      .values({ session_id: id, account_id: caller.account.id, ...row })
      .onConflict(conflict => conflict.columns(['session_id', 'account_id']).doUpdateSet(row))
      .execute();
    change.audit({ actor: caller, action: 'recording.watched', subject: id, detail: { spans, durationMs } });
  });
}
