import type { Transaction } from 'kysely';
import type { PolicyRule } from '../../contract/access-policy.ts';
import { SallyportError } from '../../contract/errors.ts';
import { RequestId } from '../../contract/ids.ts';
import type { GrantId } from '../../contract/ids.ts';
import type { AccessRequest, RequestInput } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import type { Database, TargetTerms } from '../database/schema.ts';
import { checkExtension, refuseOtherTerms } from '../grants/extension.ts';
import type { GrantRow } from '../grants/grant-records.ts';
import { issueGrant } from '../grants/issue-grant.ts';
import { newId } from '../new-id.ts';
import { refuseUnenforceable } from '../policy/enforceable.ts';
import { refuseBeyondTotal, ruleOn } from '../policy/ruling.ts';
import type { ServerContext } from '../server-context.ts';
import { refuseDisabledTarget } from '../targets/disable-target.ts';
import { readTarget, summarize } from '../targets/targets.ts';
import { lockRequestRow, toRequest } from './request-records.ts';
import type { RequestRow } from './request-records.ts';

/** A request that nobody decides on is expired after a working day: its reason is of yesterday. */
const REQUEST_LIFETIME_MS = 8 * 3600 * 1000;
/** So that nobody floods the approvers. */
const MAX_PENDING_PER_ACCOUNT = 20;

/**
 * Asks for access. Throws `bad-input` when the target does not offer it, `not-allowed` when the policy does not, `conflict` for a grant
 * that cannot be extended. An extension that the policy leaves to its holder is granted at once.
 */
export async function createRequest(
  context: ServerContext,
  caller: Caller,
  input: RequestInput,
): Promise<AccessRequest> {
  authorize(caller, 'request.create');
  const nowMs = context.nowMs();
  return context.changes.run(async change => {
    const own = await readTarget(change.trx, input.targetId);
    await refuseDisabledTarget(change.trx, input.targetId);
    if (!own.accounts.includes(input.account)) {
      throw new SallyportError(
        'bad-input',
        `The target "${own.target.name}" has no login "${input.account}". It has ${own.accounts.join(', ')}.`,
      );
    }
    if (input.durationS > own.maxMinutes * 60) {
      throw new SallyportError(
        'bad-input',
        `Access to "${own.target.name}" is for ${own.maxMinutes} min at most. Ask for less.`,
      );
    }
    const extended =
      input.supersedes === undefined
        ? null
        : await checkExtension(change.trx, {
            supersedes: input.supersedes,
            accountId: caller.account.id,
            deviceId: caller.deviceId,
            targetId: input.targetId,
            login: input.account,
            nowMs,
          });
    const { terms, approvals, governed } = await ruleOn(context, change.trx, {
      accountId: caller.account.id,
      terms: own,
      login: input.account,
      durationS: input.durationS,
      superseded: extended,
    });
    const rule = governed?.rule ?? null;
    refuseUnenforceable(terms, input.readOnly);
    await refuseFlood(change.trx, caller, input.supersedes);
    if (extended !== null && rule !== null) {
      const endMs = Math.max(nowMs, extended.expires_at_ms) + input.durationS * 1000;
      await refuseBeyondTotal(change.trx, rule, { superseded: extended, endMs });
    }
    const readOnly = extended?.claims.scope.readOnly ?? input.readOnly;
    if (extended !== null) {
      refuseOtherTerms(extended, terms);
      if (input.readOnly && !readOnly) {
        throw new SallyportError(
          'bad-input',
          'An extension keeps the scope of the running session. Ask for more time as it is, or for new access that is read-only.',
        );
      }
    }
    const lifetimeEndMs = nowMs + REQUEST_LIFETIME_MS;
    const row: RequestRow = {
      id: RequestId.parse(newId()),
      account_id: caller.account.id,
      device_id: caller.deviceId,
      target_id: input.targetId,
      target: summarize(terms),
      login: input.account,
      reason: input.reason,
      ticket: input.ticket ?? null,
      duration_s: input.durationS,
      read_only: readOnly,
      supersedes: input.supersedes ?? null,
      state: 'pending',
      created_at_ms: nowMs,
      expires_at_ms:
        extended === null
          ? lifetimeEndMs
          : Math.min(lifetimeEndMs, extended.expires_at_ms + extended.claims.session.graceMs),
      decided_at_ms: null,
      decided_by: null,
      decision_note: null,
      grant_id: null,
      approvals_required: approvals,
      policy_rule: rule?.name ?? null,
    };
    await change.trx
      .insertInto('requests')
      .values({ ...row, target: JSON.stringify(row.target) })
      .execute();
    change.audit({
      actor: caller,
      action: 'request.create',
      subject: row.id,
      detail: {
        targetId: row.target_id,
        login: row.login,
        reason: row.reason,
        ticket: row.ticket,
        durationS: row.duration_s,
        readOnly,
        supersedes: row.supersedes,
        rule: row.policy_rule,
      },
    });
    if (extended !== null && rule?.extensions.by === 'requester') {
      return extendByRule(context, change, { row, terms, rule, extended, caller });
    }
    return announceRequest(change, row);
  });
}

/** Takes an own request back. Throws `conflict` when it is decided already. */
export async function withdrawRequest(
  context: ServerContext,
  caller: Caller,
  id: RequestId,
): Promise<AccessRequest> {
  return context.changes.run(async change => {
    const row = await lockRequestRow(change.trx, id);
    authorize(caller, 'request.withdraw', { ownerId: row.account_id });
    refuseUnlessPending(row, context.nowMs());
    change.audit({ actor: caller, action: 'request.withdraw', subject: id, detail: {} });
    return settleRequest(change, row, { state: 'withdrawn', decided_at_ms: context.nowMs() });
  });
}

/** Throws `conflict`, saying what became of it. */
export function refuseUnlessPending(row: RequestRow, nowMs: number): void {
  if (row.state === 'pending' && row.expires_at_ms > nowMs) return;
  const state = row.state === 'pending' ? 'expired' : row.state;
  throw new SallyportError('conflict', `This request is no longer open: it is ${state}.`);
}

/** Writes what became of a request, and tells the requester and everybody who decides. */
export async function settleRequest(
  change: Change,
  row: RequestRow,
  outcome: Pick<RequestRow, 'state' | 'decided_at_ms'> &
    Partial<Pick<RequestRow, 'decided_by' | 'decision_note' | 'grant_id'>>,
): Promise<AccessRequest> {
  await change.trx.updateTable('requests').set(outcome).where('id', '=', row.id).execute();
  return announceRequest(change, { ...row, ...outcome });
}

/** The holder extends alone, because the policy says so: with the approvers of the grant that it supersedes. */
async function extendByRule(
  context: ServerContext,
  change: Change,
  options: {
    readonly row: RequestRow;
    readonly terms: TargetTerms;
    readonly rule: PolicyRule;
    readonly extended: GrantRow;
    readonly caller: Caller;
  },
): Promise<AccessRequest> {
  const { row, terms, rule, extended, caller } = options;
  const grant = await issueGrant(context, change, {
    request: row,
    terms,
    granted: { durationS: row.duration_s, readOnly: row.read_only },
    approvedBy: extended.claims.approved_by,
    rule,
  });
  change.audit({
    actor: caller,
    action: 'request.self-extend',
    subject: row.id,
    detail: { durationS: row.duration_s, readOnly: row.read_only, grantId: grant.id, rule: rule.name },
  });
  return settleRequest(change, row, {
    state: 'approved',
    decided_at_ms: context.nowMs(),
    decision_note: `The policy rule "${rule.name}" lets the holder extend.`,
    grant_id: grant.id,
  });
}

/** Tells the requester and everybody who decides. */
export async function announceRequest(change: Change, row: RequestRow): Promise<AccessRequest> {
  const request = await toRequest(change.trx, row);
  change.emit(
    { kind: 'request-changed', request },
    { accountIds: [row.account_id], roles: ['approver', 'administrator'] },
  );
  return request;
}

async function refuseFlood(
  trx: Transaction<Database>,
  caller: Caller,
  supersedes: GrantId | undefined,
): Promise<void> {
  const pending = await trx
    .selectFrom('requests')
    .select('supersedes')
    .where('account_id', '=', caller.account.id)
    .where('state', '=', 'pending')
    .execute();
  if (pending.length >= MAX_PENDING_PER_ACCOUNT) {
    throw new SallyportError(
      'rate-limited',
      `You have ${pending.length} requests waiting. Withdraw one, or wait until they are decided.`,
    );
  }
  if (supersedes !== undefined && pending.some(row => row.supersedes === supersedes)) {
    throw new SallyportError('conflict', 'An extension of this grant is waiting for a decision already.');
  }
}
