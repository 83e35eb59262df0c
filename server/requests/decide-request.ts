import { SallyportError } from '../../contract/errors.ts';
import type { RequestId } from '../../contract/ids.ts';
import type { AccessRequest, DecisionInput } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import { narrow } from '../grants/grant-claims.ts';
import { issueGrant } from '../grants/issue-grant.ts';
import type { ServerContext } from '../server-context.ts';
import { readTarget } from '../targets/targets.ts';
import { refuseUnlessPending, settleRequest } from './create-request.ts';
import { lockRequestRow } from './request-records.ts';

/**
 * Approves, with or without narrowing, or denies. Approving issues the grant in the same transaction.
 * Throws `not-allowed` for an own request, `bad-input` for widening, `conflict` when it is decided, or nothing can be issued.
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
      allowsSelfApproval: terms.allowSelfApproval,
    });
    refuseUnlessPending(row, nowMs);
    const decided = {
      decided_at_ms: nowMs,
      decided_by: caller.account.id,
      decision_note: decision.note ?? null,
    };
    if (decision.decision === 'deny') {
      if (decision.durationS !== undefined || decision.readOnly !== undefined) {
        throw new SallyportError('bad-input', 'A denial has no duration and no scope. Send only the note.');
      }
      change.audit({
        actor: caller,
        action: 'request.deny',
        subject: row.id,
        detail: { note: decided.decision_note },
      });
      return settleRequest(change, row, { state: 'denied', ...decided });
    }
    const granted = narrow(row, decision);
    const grant = await issueGrant(context, change, { request: row, terms, granted, approver: caller });
    change.audit({
      actor: caller,
      action: 'request.approve',
      subject: row.id,
      detail: { ...granted, note: decided.decision_note, grantId: grant.id },
    });
    return settleRequest(change, row, { state: 'approved', ...decided, grant_id: grant.id });
  });
}
