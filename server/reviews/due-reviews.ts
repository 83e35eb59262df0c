import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import type { AccountId, ReviewerGroupId } from '../../contract/ids.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { dueAtOf, readDecisionFacts } from './recording-summaries.ts';
import { reviewFacts } from './review-state.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A reminder names what is due within this. */
const SOON_MS = DAY_MS;
const NOTICE = 'reviews-due';

/** Audits, once each, recordings that are past their date, and reminds reviewers once a day while any is, or soon will be. */
export async function remindOfReviews(context: ServerContext): Promise<void> {
  const waiting = await readWaiting(context);
  const nowMs = context.nowMs();
  const overdue = waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs);
  const due = waiting.filter(({ dueAtMs }) => dueAtMs > nowMs && dueAtMs <= nowMs + SOON_MS);
  if (overdue.length + due.length === 0) return;
  await context.changes.run(async change => {
    for (const { id, dueAtMs, isNoted } of overdue) {
      if (isNoted) continue;
      const noted = await change.trx
        .updateTable('recordings')
        .set({ overdue_at_ms: nowMs })
        .where('session_id', '=', id)
        .where('overdue_at_ms', 'is', null)
        .returning('session_id')
        .executeTakeFirst();
      if (noted === undefined) continue;
      change.audit({ actor: 'server', action: 'recording.overdue', subject: id, detail: { dueAtMs } });
    }
    const isFirstToday = await change.trx
      .insertInto('daily')
      .values({ name: NOTICE, at_ms: nowMs })
      .onConflict(conflict =>
        conflict
          .column('name')
          .doUpdateSet({ at_ms: nowMs })
          .where('daily.at_ms', '<=', nowMs - DAY_MS),
      )
      .returning('name')
      .executeTakeFirst();
    if (isFirstToday === undefined) return;
    for (const { id, groups } of await readReviewers(change.trx)) {
      const isTheirs = ({ groups: wanted }: { readonly groups: readonly ReviewerGroupId[] }) =>
        wanted.length === 0 || wanted.some(group => groups.has(group));
      const own = { due: due.filter(isTheirs).length, overdue: overdue.filter(isTheirs).length };
      if (own.due + own.overdue > 0) change.emit({ kind: 'reviews-due', ...own }, { accountIds: [id] });
    }
  });
}

/** Reviewers with the groups that they are in. */
async function readReviewers(
  trx: Transaction<Database>,
): Promise<readonly { readonly id: AccountId; readonly groups: ReadonlySet<ReviewerGroupId> }[]> {
  const reviewers = await trx
    .selectFrom('accounts')
    .select('id')
    .where(sql<boolean>`'reviewer' = ANY(roles)`)
    .where('disabled_at_ms', 'is', null)
    .execute();
  const members = await trx.selectFrom('reviewer_group_members').selectAll().execute();
  return reviewers.map(({ id }) => ({
    id,
    groups: new Set(members.flatMap(row => (row.account_id === id ? [row.group_id] : []))),
  }));
}

/** Recordings with a date that too few have reviewed. */
async function readWaiting({ db }: ServerContext) {
  const rows = await db
    .selectFrom('recordings')
    .innerJoin('sessions', 'sessions.id', 'recordings.session_id')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .innerJoin('requests', 'requests.id', 'grants.request_id')
    .select([
      'recordings.session_id',
      'recordings.whole_at_ms',
      'recordings.overdue_at_ms',
      'requests.target',
    ])
    .where('recordings.whole_at_ms', 'is not', null)
    .where('recordings.deletion', 'is', null)
    .where(sql<boolean>`requests.target->'review'->>'withinDays' IS NOT NULL`)
    .execute();
  const decisions = await readDecisionFacts(
    db,
    rows.map(row => row.session_id),
  );
  return rows.flatMap(({ session_id: id, whole_at_ms, overdue_at_ms, target }) => {
    const dueAtMs = dueAtOf(target.review, whole_at_ms);
    const { status } = reviewFacts(decisions.get(id) ?? [], target.review);
    if (dueAtMs === null || status === 'reviewed') return [];
    return [{ id, dueAtMs, isNoted: overdue_at_ms !== null, groups: target.review.groups }];
  });
}
