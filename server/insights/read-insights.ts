import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Insights, InsightsQuery } from '../../contract/insights.ts';
import { WAIT_LIMITS_MIN } from '../../contract/insights.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import type { DayRange } from './day-range.ts';
import { DAY_MS, dayRange } from './day-range.ts';
import { readReviewState } from './review-counts.ts';

type Db = Kysely<Database>;

const MEASURED_SHOWN = 200;

/** Counts and times of the last days, summed up by the database. Changes nothing. */
export async function readInsights(
  { db, nowMs }: Pick<ServerContext, 'db' | 'nowMs'>,
  query: InsightsQuery,
): Promise<Insights> {
  const range = dayRange(query, nowMs());
  const [days, approval, targets, teams, masked, alerts, ended, reviews, revocations] = await Promise.all([
    readDays(db, range),
    readApproval(db, range),
    readTargets(db, range),
    readTeams(db, range),
    readMasked(db, range),
    readAlerts(db, range),
    readEnded(db, range),
    readReviewState(db, range.nowMs),
    readRevocations(db, range),
  ]);
  const { fromMs } = range;
  return {
    ...{ fromMs, toMs: fromMs + range.days * DAY_MS, days, approval, targets, teams },
    ...{ masked, alerts, ended, reviews, revocations },
  };
}

async function rowsOf<T>(db: Db, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(db)).rows;
}

/** A session's masks, all entities together. PostgreSQL sums to numeric, which the driver hands over as text. */
const MASKED_SUM = sql`(SELECT coalesce(sum(value::float8), 0) FROM jsonb_each_text(s.masked))`;

/** How long a session was under way until now. */
const accessMs = (nowMs: number) => sql`(coalesce(s.ended_at_ms, ${nowMs}) - s.started_at_ms)::float8`;

async function readDays(db: Db, { fromMs, days }: DayRange): Promise<Insights['days']> {
  const rows = await rowsOf(
    db,
    sql<Omit<Insights['days'][number], 'atMs'> & { day: number }>`
      WITH day AS (SELECT generate_series(0, ${days}::int - 1) AS day),
      r AS (
        SELECT ((created_at_ms - ${fromMs}) / ${DAY_MS})::int AS day, count(*) AS asked,
          count(*) FILTER (WHERE state = 'approved') AS approved, count(*) FILTER (WHERE state = 'denied') AS denied
        FROM requests WHERE created_at_ms >= ${fromMs} GROUP BY 1),
      o AS (
        SELECT ((s.started_at_ms - ${fromMs}) / ${DAY_MS})::int AS day, count(*) AS sessions, sum(${MASKED_SUM}) AS masked
        FROM sessions s WHERE s.started_at_ms >= ${fromMs} GROUP BY 1)
      SELECT day.day, coalesce(asked, 0) AS asked, coalesce(approved, 0) AS approved, coalesce(denied, 0) AS denied,
        coalesce(sessions, 0) AS sessions, coalesce(masked, 0) AS masked
      FROM day LEFT JOIN r ON r.day = day.day LEFT JOIN o ON o.day = day.day ORDER BY day.day`,
  );
  return rows.map(({ day, ...counts }) => ({ atMs: fromMs + day * DAY_MS, ...counts }));
}

/** Of requests that a person decided: what a policy let its holder extend alone waited for nobody. */
async function readApproval(db: Db, { fromMs }: DayRange): Promise<Insights['approval']> {
  const bounds = [0, ...WAIT_LIMITS_MIN.map(minutes => minutes * 60_000), Number.MAX_SAFE_INTEGER];
  const waits = WAIT_LIMITS_MIN.concat().map((_, index) => index);
  const within = [...waits, waits.length].map(
    index =>
      sql`count(*) FILTER (WHERE wait > ${index === 0 ? -1 : bounds[index]} AND wait <= ${bounds[index + 1]})`,
  );
  const [row] = await rowsOf(
    db,
    sql<{ decided: number; medianMs: number | null; p90Ms: number | null; waits: number[] }>`
      SELECT count(*) AS decided, percentile_cont(0.5) WITHIN GROUP (ORDER BY wait) AS "medianMs",
        percentile_cont(0.9) WITHIN GROUP (ORDER BY wait) AS "p90Ms",
        json_build_array(${sql.join(within)}) AS waits
      FROM (SELECT decided_at_ms - created_at_ms AS wait FROM requests
        WHERE created_at_ms >= ${fromMs} AND decided_by IS NOT NULL AND decided_at_ms IS NOT NULL
          AND state IN ('approved', 'denied')) AS decided`,
  );
  return row ?? { decided: 0, medianMs: null, p90Ms: null, waits: bounds.slice(1).map(() => 0) };
}

async function readTargets(db: Db, { fromMs, nowMs }: DayRange): Promise<Insights['targets']> {
  return rowsOf(
    db,
    sql<Insights['targets'][number]>`
      SELECT t.id, t.terms->'target'->>'name' AS name, t.terms->'target'->>'environment' AS environment,
        count(*) AS sessions, sum(${accessMs(nowMs)}) AS "accessMs", sum(${MASKED_SUM}) AS masked,
        sum((SELECT count(*) FROM alerts a WHERE a.session_id = s.id))::int AS alerts
      FROM sessions s JOIN grants g ON g.id = s.grant_id JOIN targets t ON t.id = g.target_id
      WHERE s.started_at_ms >= ${fromMs}
      GROUP BY t.id, t.terms ORDER BY "accessMs" DESC, t.id LIMIT 100`,
  );
}

async function readTeams(db: Db, { fromMs, nowMs }: DayRange): Promise<Insights['teams']> {
  return rowsOf(
    db,
    sql<Insights['teams'][number]>`
      SELECT team.name, count(*) AS sessions, sum(${accessMs(nowMs)}) AS "accessMs", sum(${MASKED_SUM}) AS masked
      FROM sessions s JOIN accounts a ON a.id = s.account_id CROSS JOIN unnest(a.groups) AS team(name)
      WHERE s.started_at_ms >= ${fromMs}
      GROUP BY team.name ORDER BY masked DESC, team.name LIMIT 100`,
  );
}

async function readMasked(db: Db, { fromMs }: DayRange): Promise<Insights['masked']> {
  return rowsOf(
    db,
    sql<Insights['masked'][number]>`
      SELECT each.key AS entity, sum(each.value::float8) AS count
      FROM sessions s CROSS JOIN jsonb_each_text(s.masked) AS each
      WHERE s.started_at_ms >= ${fromMs}
      GROUP BY each.key HAVING sum(each.value::float8) > 0 ORDER BY count DESC, each.key`,
  );
}

async function readAlerts(db: Db, { fromMs }: DayRange): Promise<Insights['alerts']> {
  return rowsOf(
    db,
    sql<Insights['alerts'][number]>`
      SELECT rule, count(*) AS count FROM alerts WHERE at_ms >= ${fromMs} GROUP BY rule ORDER BY count DESC, rule`,
  );
}

async function readEnded(db: Db, { fromMs }: DayRange): Promise<Insights['ended']> {
  return rowsOf(
    db,
    sql<Insights['ended'][number]>`
      SELECT end_cause AS cause, count(*) AS count FROM sessions
      WHERE started_at_ms >= ${fromMs} AND end_cause IS NOT NULL GROUP BY end_cause ORDER BY count DESC, end_cause`,
  );
}

async function readRevocations(db: Db, { fromMs }: DayRange): Promise<Insights['revocations']> {
  const [sums] = await rowsOf(
    db,
    sql<{ revoked: number; medianMs: number | null; p95Ms: number | null }>`
      SELECT count(*) AS revoked, percentile_cont(0.5) WITHIN GROUP (ORDER BY revocation_ms) AS "medianMs",
        percentile_cont(0.95) WITHIN GROUP (ORDER BY revocation_ms) AS "p95Ms"
      FROM grants WHERE state = 'revoked' AND revoked_at_ms >= ${fromMs}`,
  );
  const measured = await rowsOf(
    db,
    sql<Insights['revocations']['measured'][number]>`
      SELECT revoked_at_ms AS "atMs", revocation_ms AS ms FROM grants
      WHERE state = 'revoked' AND revoked_at_ms >= ${fromMs} AND revocation_ms IS NOT NULL
      ORDER BY revoked_at_ms DESC LIMIT ${MEASURED_SHOWN}`,
  );
  return { ...(sums ?? { revoked: 0, medianMs: null, p95Ms: null }), measured: measured.toReversed() };
}
