import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';

/** Longer than any receiver should take. */
const DELIVERY_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 10 * 60_000;
/** About a day and a half of tries; after that it stands in the audit log that nobody took it. */
const MAX_ATTEMPTS = 200;
const AT_ONCE = 20;

/**
 * Sends what is queued and due. Each delivery is taken by one instance of the server at a time; one that fails is tried again, ever more
 * seldom, also after a restart. Never rejects for a receiver that fails.
 */
export async function deliverAlerts(context: ServerContext): Promise<void> {
  if (context.alertSinks.length === 0) return;
  const due = await claim(context);
  await Promise.all(
    due.map(async row => {
      const sink = context.alertSinks.find(({ name }) => name === row.sink);
      try {
        await sink?.deliver(row.notice, AbortSignal.timeout(DELIVERY_TIMEOUT_MS));
        await forget(context, row);
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown reason';
        context.log.warn(
          { sink: row.sink, attempts: row.attempts, reason },
          'an alert was not taken; it is sent again',
        );
        if (row.attempts >= MAX_ATTEMPTS) await giveUp(context, row, reason);
      }
    }),
  );
}

type Claimed = Selectable<Database['alert_deliveries']>;

/** Counts an attempt and puts the next one off before the first byte goes out: a server that dies meanwhile sends it again. */
async function claim({ db, nowMs, alertSinks }: ServerContext): Promise<readonly Claimed[]> {
  const now = nowMs();
  const names = sql.join(alertSinks.map(({ name }) => sql`${name}`));
  const claimed = await sql<Claimed>`
    UPDATE alert_deliveries SET attempts = attempts + 1,
      due_at_ms = ${now}::bigint + least(${MAX_RETRY_MS}::bigint, ${FIRST_RETRY_MS}::bigint * (1::bigint << least(attempts, 20)))
    WHERE (alert_id, sink) IN (
      SELECT alert_id, sink FROM alert_deliveries WHERE due_at_ms <= ${now} AND sink IN (${names})
      ORDER BY due_at_ms LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING *`.execute(db);
  return claimed.rows;
}

async function forget({ db }: ServerContext, { alert_id, sink }: Claimed): Promise<void> {
  await db.deleteFrom('alert_deliveries').where('alert_id', '=', alert_id).where('sink', '=', sink).execute();
}

async function giveUp(context: ServerContext, row: Claimed, reason: string): Promise<void> {
  await context.changes.run(async change => {
    const { sessionId, rule } = row.notice;
    change.audit({
      actor: 'server',
      action: 'alert.undelivered',
      subject: sessionId,
      detail: { rule, sink: row.sink, reason },
    });
    await change.trx
      .deleteFrom('alert_deliveries')
      .where('alert_id', '=', row.alert_id)
      .where('sink', '=', row.sink)
      .execute();
  });
}
