import type { Alert } from '../../contract/monitoring.ts';
import type { Exposure } from '../../contract/monitoring.ts';
import type { Change } from '../changes/changes.ts';
import { newId } from '../new-id.ts';
import type { ServerContext } from '../server-context.ts';
import { readAccounts } from '../identity/accounts.ts';
import type { SessionRow } from '../sessions/session-records.ts';
import { readTarget } from '../targets/targets.ts';
import { unusual } from './rules.ts';

const NOTHING_SHOWN: Exposure = { distinctValues: 0, valuesPerMinute: 0, rowsPerStatement: 0 };

/**
 * Looks at a session with every rule. What a rule says for the first time in this session is stored, audited, told to the approvers and
 * the operator, and queued for every sink; where the target's terms say so, the session is suspended. Answers the row as it is then.
 */
export async function raiseAlerts(
  context: ServerContext,
  change: Change,
  row: SessionRow,
): Promise<SessionRow> {
  const { trx } = change;
  const terms = await readTarget(trx, row.target.id);
  const found = unusual(
    {
      startedAtMs: row.started_at_ms,
      nowMs: context.nowMs(),
      masked: row.masked,
      exposure: row.exposure ?? NOTHING_SHOWN,
      lockReasons: row.lock_reasons,
      isFirstOnTarget: terms.monitoring.newTarget && (await isFirst(change, row)),
    },
    terms.monitoring,
  );
  let after = row;
  for (const alert of found) {
    const made = await trx
      .insertInto('alerts')
      .values({ session_id: row.id, rule: alert.rule, text: alert.text, at_ms: alert.atMs })
      .onConflict(conflict => conflict.doNothing())
      .returning('rule')
      .executeTakeFirst();
    if (made === undefined) continue;
    await tell(context, change, row, alert);
    if (terms.monitoring.suspendOn.includes(alert.rule)) after = await suspendByRule(change, after, alert);
  }
  return after;
}

async function tell(context: ServerContext, change: Change, row: SessionRow, alert: Alert): Promise<void> {
  const { rule, text } = alert;
  change.audit({ actor: 'server', action: 'session.alert', subject: row.id, detail: { rule, text } });
  const operator =
    (await readAccounts(change.trx, [row.account_id])).get(row.account_id)?.name ?? row.account_id;
  const target = row.target.name;
  change.emit(
    { kind: 'session-alert', sessionId: row.id, rule, text, operator, target },
    { accountIds: [row.account_id], roles: ['approver', 'administrator'] },
  );
  if (context.alertSinks.length === 0) return;
  const notice = {
    id: newId(),
    sessionId: row.id,
    grantId: row.grant_id,
    operator,
    target,
    account: row.login,
    ...alert,
  };
  await change.trx
    .insertInto('alert_deliveries')
    .values(
      context.alertSinks.map(({ name }) => ({
        alert_id: notice.id,
        sink: name,
        notice: JSON.stringify(notice),
        attempts: 0,
        due_at_ms: context.nowMs(),
      })),
    )
    .execute();
}

async function suspendByRule(change: Change, row: SessionRow, { rule }: Alert): Promise<SessionRow> {
  if (row.is_suspended || row.ended_at_ms !== null) return row;
  await change.trx.updateTable('sessions').set({ is_suspended: true }).where('id', '=', row.id).execute();
  change.audit({ actor: 'server', action: 'session.suspend', subject: row.id, detail: { rule } });
  change.emit(
    { kind: 'session-suspended', sessionId: row.id, isSuspended: true, by: `rule ${rule}` },
    { accountIds: [row.account_id], roles: ['approver'] },
  );
  return { ...row, is_suspended: true };
}

async function isFirst({ trx }: Change, row: SessionRow): Promise<boolean> {
  const earlier = await trx
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .select('sessions.id')
    .where('sessions.account_id', '=', row.account_id)
    .where('grants.target_id', '=', row.target.id)
    .where('sessions.id', '!=', row.id)
    .where('sessions.started_at_ms', '<=', row.started_at_ms)
    .limit(1)
    .executeTakeFirst();
  return earlier === undefined;
}
