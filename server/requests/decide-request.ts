import { SallyportError } from '../../contract/errors.ts';
import type { RequestId } from '../../contract/ids.ts';
import type { AccessRequest, DecisionInput } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import { narrow } from '../grants/grant-claims.ts';
import { readGrantRow } from '../grants/grant-records.ts';
import { issueGrant } from '../grants/issue-grant.ts';
import { refuseUnenforceable } from '../policy/enforceable.ts';
import { ruleOn } from '../policy/ruling.ts';
import type { Ruling } from '../policy/ruling.ts';
import type { TargetTerms } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { refuseDisabledTarget } from '../targets/disable-target.ts';
import { readTarget, summarize } from '../targets/targets.ts';
import { addApproval, narrowest, refuseOtherApprovers } from './approvals.ts';
import { announceRequest, refuseUnlessPending, settleRequest } from './create-request.ts';
import { lockRequestRow } from './request-records.ts';
import type { RequestRow } from './request-records.ts';

/**
 * Approves, with or without narrowing, or denies. The approval that completes the number that it takes issues the grant in the same
 * transaction, with the least that any approver granted. A denial of one is a denial. The policy is asked again: it may have changed.
 * Throws `not-allowed` for an own request or where the policy wants others, `bad-input` for widening, `conflict` when it is decided, or nothing can be issued.
 */
export async function decideRequest(
  context: ServerContext,
  caller: Caller,
  decision: { readonly id: RequestId } & DecisionInput,
): Promise<AccessRequest> {
  const nowMs = context.nowMs();
  return context.changes.run(async change => {
    const row = await lockRequestRow(change.trx, decision.id);
    const terms = await readTarget(change.trx, row.target_id);
    authorize(caller, 'request.decide', {
      ownerId: row.account_id,
      // A policy never lets anybody approve for themselves.
      allowsSelfApproval: terms.allowSelfApproval && context.policy.current() === null,
    });
    refuseUnlessPending(row, nowMs);
    if (decision.decision === 'deny') {
      if (decision.durationS !== undefined || decision.readOnly !== undefined) {
        throw new SallyportError('bad-input', 'A denial has no duration and no scope. Send only the note.');
      }
      change.audit({
        actor: caller,
        action: 'request.deny',
        subject: row.id,
        detail: { note: decision.note ?? null },
      });
      return settleRequest(change, row, {
        state: 'denied',
        decided_at_ms: nowMs,
        decided_by: caller.account.id,
        decision_note: decision.note ?? null,
      });
    }
    return approve(context, change, { row, terms, caller, decision, nowMs });
  });
}

/** The policy may have changed since: what the request shows, and who may read its recording, is what will be signed. */
async function underRuling(change: Change, row: RequestRow, ruling: Ruling): Promise<RequestRow> {
  const { governed, terms, approvals } = ruling;
  if (governed === null) return row;
  const now = { approvals_required: approvals, policy_rule: governed.rule.name };
  const target = summarize(terms);
  await change.trx
    .updateTable('requests')
    .set({ ...now, target: JSON.stringify(target) })
    .where('id', '=', row.id)
    .execute();
  return { ...row, ...now, target };
}

async function approve(
  context: ServerContext,
  change: Change,
  options: {
    readonly row: RequestRow;
    readonly terms: TargetTerms;
    readonly caller: Caller;
    readonly decision: DecisionInput;
    readonly nowMs: number;
  },
): Promise<AccessRequest> {
  const { terms, caller, decision, nowMs } = options;
  await refuseDisabledTarget(change.trx, options.row.target_id);
  const { supersedes } = options.row;
  const ruling = await ruleOn(context, change.trx, {
    accountId: options.row.account_id,
    terms,
    login: options.row.login,
    durationS: options.row.duration_s,
    superseded: supersedes === null ? null : await readGrantRow(change.trx, supersedes),
  });
  const row = await underRuling(change, options.row, ruling);
  await refuseOtherApprovers(change.trx, ruling, caller);
  const own = narrow(row, decision);
  // The target or the policy may have changed since it was asked for.
  refuseUnenforceable(ruling.terms, own.readOnly);
  const note = decision.note ?? null;
  const approvals = await addApproval(change, ruling, {
    request_id: row.id,
    account_id: caller.account.id,
    at_ms: nowMs,
    duration_s: own.durationS,
    read_only: own.readOnly,
    note,
  });
  const rule = ruling.governed?.rule ?? null;
  const progress = { approvals: approvals.length, required: ruling.approvals, rule: rule?.name ?? null };
  if (approvals.length < ruling.approvals) {
    change.audit({
      actor: caller,
      action: 'request.approve',
      subject: row.id,
      detail: { ...own, note, grantId: null, ...progress },
    });
    return announceRequest(change, row);
  }
  const granted = narrowest(approvals);
  const grant = await issueGrant(context, change, {
    request: row,
    terms: ruling.terms,
    granted,
    approvedBy: approvals.map(({ account_id }) => account_id),
    rule,
  });
  change.audit({
    actor: caller,
    action: 'request.approve',
    subject: row.id,
    detail: { ...granted, note, grantId: grant.id, ...progress },
  });
  return settleRequest(change, row, {
    state: 'approved',
    decided_at_ms: nowMs,
    decided_by: caller.account.id,
    decision_note: note,
    grant_id: grant.id,
  });
}
