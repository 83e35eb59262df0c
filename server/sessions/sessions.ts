import type { z } from 'zod';
import type { EndCause } from '../../contract/access.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId } from '../../contract/ids.ts';
import { SessionId } from '../../contract/ids.ts';
import type { SessionRecord, SessionReport } from '../../contract/server-api.ts';
import type { SessionInput } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import { refuseUnlessActive } from '../grants/active-grant.ts';
import { lockGrantRow } from '../grants/grant-records.ts';
import { raiseAlerts } from '../monitoring/raise-alerts.ts';
import { newId } from '../new-id.ts';
import type { ServerContext } from '../server-context.ts';
import { refuseDisabledTarget } from '../targets/disable-target.ts';
import type { SessionRow } from './session-records.ts';
import { lockSessionRow, readSessionRow, toSession } from './session-records.ts';

/**
 * Registers a session of an active grant, by the grant's device. A session id that is sent again for the same grant is the same
 * session (a lost answer). Throws `grant-expired`, `grant-revoked`, `not-allowed`, `conflict` for an id that is taken.
 */
export async function createSession(
  context: ServerContext,
  caller: Caller,
  input: z.output<typeof SessionInput>,
): Promise<SessionRecord> {
  const id = input.sessionId ?? SessionId.parse(newId());
  return context.changes.run(async change => {
    // Locked: no session begins beside or after a revocation.
    const grant = await lockGrantRow(change.trx, input.grantId);
    authorize(caller, 'grant.use', { ownerId: grant.account_id, deviceId: grant.device_id });
    refuseUnlessActive(grant, context.nowMs());
    await refuseDisabledTarget(change.trx, grant.target_id);
    const made = await change.trx
      .insertInto('sessions')
      .values({
        id,
        grant_id: grant.id,
        account_id: caller.account.id,
        device_id: caller.deviceId,
        started_at_ms: context.nowMs(),
        ended_at_ms: null,
        end_cause: null,
        masked: '{}',
        lock_reasons: '[]',
        exposure: null,
        budget_lifted_at_ms: null,
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    const row = await readSessionRow(change.trx, id);
    if (made === undefined) {
      if (row.grant_id === grant.id && row.device_id === caller.deviceId) return toSession(change.trx, row);
      throw new SallyportError('conflict', 'The session id is taken. Let the server make one.');
    }
    change.audit({ actor: caller, action: 'session.start', subject: id, detail: { grantId: grant.id } });
    return announceSession(change, await raiseAlerts(context, change, row));
  });
}

/**
 * What the client counted and how it ended. The end is final, but for a session that the server gave up on (`host-lost`): what
 * its own client says later is nearer to the truth. Throws `conflict` after the end.
 */
export async function reportSession(
  context: ServerContext,
  caller: Caller,
  report: { readonly id: SessionId } & SessionReport,
): Promise<SessionRecord> {
  return context.changes.run(async change => {
    const row = await lockSessionRow(change.trx, report.id);
    authorize(caller, 'session.report', { ownerId: row.account_id, deviceId: row.device_id });
    if (row.ended_at_ms !== null && row.end_cause !== 'host-lost') {
      if (row.end_cause === report.endCause) return toSession(change.trx, row);
      throw new SallyportError('conflict', `The session has ended already (${row.end_cause ?? 'unknown'}).`);
    }
    const endedAtMs = report.endCause === null ? row.ended_at_ms : (row.ended_at_ms ?? context.nowMs());
    const endCause = report.endCause ?? row.end_cause;
    await change.trx
      .updateTable('sessions')
      .set({
        masked: JSON.stringify(report.masked),
        lock_reasons: JSON.stringify(report.lockReasons),
        ended_at_ms: endedAtMs,
        end_cause: endCause,
        ...(report.exposure === undefined ? {} : { exposure: JSON.stringify(report.exposure) }),
      })
      .where('id', '=', row.id)
      .execute();
    if (report.endCause !== null) {
      change.audit({
        actor: caller,
        action: 'session.end',
        subject: row.id,
        detail: { cause: report.endCause, masked: report.masked },
      });
    }
    const reported: SessionRow = {
      ...row,
      masked: report.masked,
      lock_reasons: report.lockReasons,
      exposure: report.exposure ?? row.exposure,
      ended_at_ms: endedAtMs,
      end_cause: endCause,
    };
    return announceSession(change, await raiseAlerts(context, change, reported));
  });
}

/** Locks a running session of somebody, or lifts that lock. Throws `conflict` when it has ended. */
export async function suspendSession(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: SessionId; readonly isSuspended: boolean },
): Promise<SessionRecord> {
  return context.changes.run(async change => {
    const row = await lockSessionRow(change.trx, input.id);
    authorize(caller, input.isSuspended ? 'session.suspend' : 'session.resume', { ownerId: row.account_id });
    if (row.ended_at_ms !== null) throw new SallyportError('conflict', 'The session has ended already.');
    const { isSuspended } = input;
    await change.trx
      .updateTable('sessions')
      .set({ is_suspended: isSuspended })
      .where('id', '=', row.id)
      .execute();
    change.audit({
      actor: caller,
      action: isSuspended ? 'session.suspend' : 'session.resume',
      subject: row.id,
      detail: {},
    });
    change.emit(
      { kind: 'session-suspended', sessionId: row.id, isSuspended, by: caller.account.name },
      { accountIds: [row.account_id], roles: ['approver'] },
    );
    return announceSession(change, { ...row, is_suspended: isSuspended });
  });
}

/**
 * Lets a session go on that locked itself over its budget: another budget's worth from now on. Throws `not-allowed` for an own
 * session, `conflict` when it has ended or is not locked for that.
 */
export async function liftBudget(
  context: ServerContext,
  caller: Caller,
  id: SessionId,
): Promise<SessionRecord> {
  return context.changes.run(async change => {
    const row = await lockSessionRow(change.trx, id);
    authorize(caller, 'session.lift', { ownerId: row.account_id });
    if (row.ended_at_ms !== null) throw new SallyportError('conflict', 'The session has ended already.');
    if (!row.lock_reasons.includes('budget'))
      throw new SallyportError('conflict', 'The session is not locked for showing more than its budget.');
    const liftedAtMs = context.nowMs();
    await change.trx
      .updateTable('sessions')
      .set({ budget_lifted_at_ms: liftedAtMs })
      .where('id', '=', row.id)
      .execute();
    change.audit({ actor: caller, action: 'session.lift', subject: row.id, detail: { reason: 'budget' } });
    change.emit(
      { kind: 'session-lifted', sessionId: row.id, liftedAtMs, by: caller.account.name },
      { accountIds: [row.account_id], roles: ['approver'] },
    );
    return toSession(change.trx, { ...row, budget_lifted_at_ms: liftedAtMs });
  });
}

/** Ends a session for which nobody reports any more. */
export async function endLostSession(change: Change, row: SessionRow, nowMs: number): Promise<void> {
  const endCause: EndCause = 'host-lost';
  await change.trx
    .updateTable('sessions')
    .set({ ended_at_ms: nowMs, end_cause: endCause })
    .where('id', '=', row.id)
    .execute();
  change.audit({ actor: 'server', action: 'session.lost', subject: row.id, detail: {} });
  await announceSession(change, { ...row, ended_at_ms: nowMs, end_cause: endCause });
}

/** Ends what an account still runs: its devices cannot report any more. Its clients end them when they hear that the grants are revoked. */
export async function endSessionsOfAccount(
  change: Change,
  accountId: AccountId,
  cause: { readonly nowMs: number; readonly by: Caller },
): Promise<number> {
  const endCause: EndCause = 'revoked';
  const running = await change.trx
    .updateTable('sessions')
    .set({ ended_at_ms: cause.nowMs, end_cause: endCause })
    .where('account_id', '=', accountId)
    .where('ended_at_ms', 'is', null)
    .returning(['id', 'masked'])
    .execute();
  for (const { id, masked } of running) {
    change.audit({
      actor: cause.by,
      action: 'session.end',
      subject: id,
      detail: { cause: endCause, masked },
    });
    await announceSession(change, await readSessionRow(change.trx, id));
  }
  return running.length;
}

async function announceSession(change: Change, row: SessionRow): Promise<SessionRecord> {
  const session = await toSession(change.trx, row);
  change.emit(
    { kind: 'session-changed', session },
    { accountIds: [row.account_id], roles: ['approver', 'reviewer', 'administrator'] },
  );
  return session;
}
