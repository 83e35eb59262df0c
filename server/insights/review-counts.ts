import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Insights } from '../../contract/insights.ts';
import type { Database } from '../database/schema.ts';
import { DAY_MS } from './day-range.ts';

/**
 * How reviews stand, over every recording that is whole and there. The same rules as `reviewFacts` (server/reviews/review-state.ts), in
 * SQL, because there may be very many recordings: a standing flag or follow-up comes first, then whether as many as the target asks for
 * have "reviewed" as their last decision. `overdue` are those of `waiting` that are past their date.
 */
export async function readReviewState(db: Kysely<Database>, nowMs: number): Promise<Insights['reviews']> {
  const { rows } = await sql<Insights['reviews']>`
    WITH last AS (
      SELECT DISTINCT ON (session_id, account_id) session_id, decision
      FROM review_decisions WHERE decision <> 'lifted' ORDER BY session_id, account_id, sequence DESC),
    reviewed AS (
      SELECT session_id, count(*) AS reviewers FROM last WHERE decision = 'reviewed' GROUP BY session_id),
    raised AS (
      SELECT DISTINCT d.session_id FROM review_decisions d
      WHERE d.decision IN ('flagged', 'follow-up')
        AND NOT EXISTS (SELECT FROM review_decisions l WHERE l.settles = d.id AND l.decision = 'lifted')
        AND NOT (d.decision = 'follow-up' AND EXISTS (
          SELECT FROM review_decisions r WHERE r.session_id = d.session_id AND r.account_id = d.account_id
            AND r.decision = 'reviewed' AND r.sequence > d.sequence))),
    standing AS (
      SELECT raised.session_id IS NOT NULL AS is_raised,
        coalesce(reviewed.reviewers, 0) >= coalesce((q.target->'review'->>'reviewers')::int, 1) AS is_reviewed,
        (c.whole_at_ms + (q.target->'review'->>'withinDays')::float8 * ${DAY_MS}) <= ${nowMs} AS is_overdue
      FROM recordings c JOIN sessions s ON s.id = c.session_id JOIN grants g ON g.id = s.grant_id
        JOIN requests q ON q.id = g.request_id
        LEFT JOIN reviewed ON reviewed.session_id = c.session_id LEFT JOIN raised ON raised.session_id = c.session_id
      WHERE c.whole_at_ms IS NOT NULL AND c.deletion IS NULL)
    SELECT count(*) FILTER (WHERE NOT is_raised AND NOT is_reviewed) AS waiting,
      count(*) FILTER (WHERE NOT is_raised AND NOT is_reviewed AND is_overdue) AS overdue,
      count(*) FILTER (WHERE is_raised) AS raised,
      count(*) FILTER (WHERE NOT is_raised AND is_reviewed) AS reviewed
    FROM standing`.execute(db);
  return rows[0] ?? { waiting: 0, overdue: 0, raised: 0, reviewed: 0 };
}
