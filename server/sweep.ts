import type { DatabaseRoles } from './credentials/database-roles.ts';
import { EVENT_RETENTION_MS } from './events/stored-events.ts';
import type { RecordingStore } from './recordings/recording-store.ts';
import { deleteDue } from './retention/delete-recording.ts';
import type { ServerContext } from './server-context.ts';
import { deliverAlerts } from './monitoring/deliver-alerts.ts';
import { settleRequest } from './requests/create-request.ts';
import { remindOfReviews } from './reviews/due-reviews.ts';
import { forgetWatchers } from './reviews/follow-recording.ts';
import { endLostSession } from './sessions/sessions.ts';
import { lockSessionRow } from './sessions/session-records.ts';

/** A client that says nothing for this long after the end of its grant and grace will say nothing more. */
const LOST_AFTER_MS = 10 * 60_000;
const TIDY_EVERY_MS = 60_000;
const RECENTLY_MS = 60_000;

/** Brings what time has decided into the tables. Nothing waits for it: whoever reads compares times by himself. */
export interface Sweep {
  /** Runs now, or once more after the run that is under way. */
  soon(): void;
  /** No run is under way and none follows, after this. */
  stop(): Promise<void>;
}

export function startSweep(
  context: ServerContext,
  options: {
    readonly databaseRoles: DatabaseRoles;
    readonly recordings: RecordingStore;
    readonly everyMs: number;
  },
): Sweep {
  let running: Promise<void> | null = null;
  let isWantedAgain = false;
  let isStopped = false;
  let tidiedAtMs = 0;

  async function run(): Promise<void> {
    try {
      await expireRequests(context);
      await expireGrants(context);
      await endRevokedDevices(context);
      await forgetWatchers(context);
      await options.databaseRoles.sweep();
      await deliverAlerts(context);
      if (context.nowMs() - tidiedAtMs >= TIDY_EVERY_MS) {
        tidiedAtMs = context.nowMs();
        await endLostSessions(context);
        await remindOfReviews(context);
        await forget(context);
        await deleteDue(context, options.recordings);
      }
    } catch (error) {
      context.log.error({ err: error }, 'a sweep failed; it is tried again');
    }
  }

  function soon(): void {
    if (isStopped) return;
    if (running !== null) {
      isWantedAgain = true;
      return;
    }
    running = run().finally(() => {
      running = null;
      if (isWantedAgain) {
        isWantedAgain = false;
        soon();
      }
    });
  }

  const timer = setInterval(soon, options.everyMs);
  soon();
  return {
    soon,
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

async function expireRequests(context: ServerContext): Promise<void> {
  const due = context.db
    .selectFrom('requests')
    .select('id')
    .where('state', '=', 'pending')
    .where('expires_at_ms', '<=', context.nowMs());
  if ((await due.executeTakeFirst()) === undefined) return;
  await context.changes.run(async change => {
    const rows = await change.trx
      .selectFrom('requests')
      .selectAll()
      .where('state', '=', 'pending')
      .where('expires_at_ms', '<=', context.nowMs())
      .orderBy('id')
      .limit(100)
      .forUpdate()
      .execute();
    for (const row of rows) {
      change.audit({ actor: 'server', action: 'request.expire', subject: row.id, detail: {} });
      await settleRequest(change, row, { state: 'expired', decided_at_ms: context.nowMs() });
    }
  });
}

async function expireGrants(context: ServerContext): Promise<void> {
  const due = await context.db
    .selectFrom('grants')
    .select('id')
    .where('state', '=', 'active')
    .where('expires_at_ms', '<=', context.nowMs())
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return;
  await context.changes.run(async change => {
    const rows = await change.trx
      .updateTable('grants')
      .set({ state: 'expired' })
      .where('state', '=', 'active')
      .where('expires_at_ms', '<=', context.nowMs())
      .returning(['id', 'expires_at_ms'])
      .execute();
    for (const row of rows) {
      change.audit({
        actor: 'server',
        action: 'grant.expire',
        subject: row.id,
        detail: { expiresAtMs: row.expires_at_ms },
      });
    }
  });
}

/** Streams of devices that were revoked at another instance, or while their stream was being set up. */
async function endRevokedDevices(context: ServerContext): Promise<void> {
  const revoked = await context.db
    .selectFrom('devices')
    .select('id')
    .where('revoked_at_ms', '>', context.nowMs() - RECENTLY_MS)
    .execute();
  for (const { id } of revoked) context.hub.endDevice(id);
}

async function endLostSessions(context: ServerContext): Promise<void> {
  const running = await context.db
    .selectFrom('sessions')
    .innerJoin('grants as own', 'own.id', 'sessions.grant_id')
    .innerJoin('grants as newest', 'newest.root_id', 'own.root_id')
    .select(['sessions.id', 'newest.claims', 'newest.expires_at_ms', 'newest.revoked_at_ms'])
    .where('sessions.ended_at_ms', 'is', null)
    .where('newest.state', 'in', ['expired', 'revoked'])
    .execute();
  for (const { id, claims, expires_at_ms, revoked_at_ms } of running) {
    const overAtMs = (revoked_at_ms ?? expires_at_ms) + claims.session.graceMs + LOST_AFTER_MS;
    if (overAtMs > context.nowMs()) continue;
    await context.changes.run(async change => {
      const row = await lockSessionRow(change.trx, id);
      if (row.ended_at_ms === null) await endLostSession(change, row, context.nowMs());
    });
  }
}

async function forget(context: ServerContext): Promise<void> {
  const nowMs = context.nowMs();
  await context.db.deleteFrom('seen_proofs').where('expires_at_ms', '<', nowMs).execute();
  await context.db
    .deleteFrom('events')
    .where('at_ms', '<', nowMs - EVENT_RETENTION_MS)
    .execute();
}
