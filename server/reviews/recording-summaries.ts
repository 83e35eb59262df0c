import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, RecordingId } from '../../contract/ids.ts';
import type { ReviewTerms } from '../../contract/review-terms.ts';
import type { Account, RecordingSummary, ReviewState } from '../../contract/server-api.ts';
import type { Database } from '../database/schema.ts';
import { readAccounts } from '../identity/accounts.ts';
import { isForReviewer } from '../identity/reviewer-groups.ts';
import { readSessionRecords } from '../sessions/session-records.ts';
import type { DecisionFact } from './review-state.ts';
import { reviewFacts } from './review-state.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Newest first. */
export async function listRecordings(
  db: Kysely<Database>,
  filter: {
    readonly limit: number;
    readonly id?: RecordingId;
    /** only what is for this reviewer */
    readonly reviewerId?: AccountId;
  },
): Promise<RecordingSummary[]> {
  let query = db
    .selectFrom('recordings')
    .innerJoin('sessions', 'sessions.id', 'recordings.session_id')
    .selectAll('recordings')
    .orderBy('sessions.started_at_ms', 'desc')
    .limit(filter.limit);
  if (filter.reviewerId !== undefined)
    query = query
      .innerJoin('grants', 'grants.id', 'sessions.grant_id')
      .innerJoin('requests', 'requests.id', 'grants.request_id')
      .where(isForReviewer(filter.reviewerId));
  if (filter.id !== undefined) query = query.where('recordings.session_id', '=', filter.id);
  const rows = await query.execute();
  const ids = rows.map(row => row.session_id);
  const sessions = await readSessionRecords(db, ids);
  const decisions = await readDecisionFacts(db, ids);
  const accounts = await readAccounts(
    db,
    [...decisions.values()].flatMap(facts => facts.map(({ accountId }) => accountId)),
  );
  return rows.flatMap(row => {
    const session = sessions.get(row.session_id);
    if (session === undefined) return [];
    return [
      {
        id: row.session_id,
        session,
        bytes: row.bytes,
        segments: row.segments,
        durationMs: row.duration_ms,
        state: row.state,
        retainUntilMs: row.retain_until_ms,
        hold: row.hold,
        deletion: row.deletion,
        damage: row.damage,
        review: toReviewState({
          decisions: decisions.get(row.session_id) ?? [],
          terms: session.target.review,
          wholeAtMs: row.deletion === null ? row.whole_at_ms : null,
          accounts,
        }),
      },
    ];
  });
}

/** Throws `not-found` while nothing of it has arrived. */
export async function readRecording(db: Kysely<Database>, id: RecordingId): Promise<RecordingSummary> {
  const [summary] = await listRecordings(db, { limit: 1, id });
  if (summary === undefined)
    throw new SallyportError('not-found', 'There is no recording of this session on the server yet.');
  return summary;
}

/** By recording, in the order in which they were made. */
export async function readDecisionFacts(
  db: Kysely<Database>,
  ids: readonly RecordingId[],
): Promise<ReadonlyMap<RecordingId, DecisionFact[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('review_decisions')
    .select(['id', 'session_id', 'decision', 'account_id', 'settles'])
    .where('session_id', 'in', [...ids])
    .orderBy('sequence')
    .execute();
  const found = new Map<RecordingId, DecisionFact[]>();
  for (const { id, session_id, decision, account_id, settles } of rows) {
    const facts = found.get(session_id) ?? [];
    facts.push({ id, decision, accountId: account_id, settles });
    found.set(session_id, facts);
  }
  return found;
}

/** Until when a recording that is whole should be reviewed; null where its terms set no date. */
export function dueAtOf(terms: ReviewTerms, wholeAtMs: number | null): number | null {
  return terms.withinDays === null || wholeAtMs === null ? null : wholeAtMs + terms.withinDays * DAY_MS;
}

function toReviewState(options: {
  readonly decisions: readonly DecisionFact[];
  readonly terms: ReviewTerms;
  readonly wholeAtMs: number | null;
  readonly accounts: ReadonlyMap<AccountId, Account>;
}): ReviewState {
  const { terms, accounts } = options;
  const { status, reviewedBy, raisedBy } = reviewFacts(options.decisions, terms);
  const named = (ids: readonly AccountId[]) => ids.flatMap(id => accounts.get(id) ?? []);
  return {
    status,
    required: terms.reviewers,
    reviewedBy: named(reviewedBy),
    raisedBy: named(raisedBy),
    dueAtMs: dueAtOf(terms, options.wholeAtMs),
  };
}
