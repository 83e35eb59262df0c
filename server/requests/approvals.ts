import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import { mayApprove } from '../../core/policy/decide.ts';
import type { Caller } from '../authorization.ts';
import type { Change } from '../changes/changes.ts';
import type { Database } from '../database/schema.ts';
import type { GrantedTerms } from '../grants/grant-claims.ts';
import type { Ruling } from '../policy/ruling.ts';
import { readPeople } from '../policy/ruling.ts';
import { readApprovals } from './approval-records.ts';
import type { ApprovalRow } from './approval-records.ts';

/** Throws `not-allowed` where the rule wants other approvers. */
export async function refuseOtherApprovers(
  db: Kysely<Database>,
  { governed }: Ruling,
  caller: Caller,
): Promise<void> {
  if (governed === null) return;
  const people = await readPeople(db, [caller.account.id]);
  const person = people.get(caller.account.id);
  if (person !== undefined && mayApprove(governed.policy, governed.rule, person)) return;
  const { by } = governed.rule.approvals;
  const who = [...(by?.groups ?? []), ...(by?.names ?? [])].join(' or ') || 'approvers';
  throw new SallyportError(
    'not-allowed',
    `The policy rule "${governed.rule.name}" wants this decided by ${who}, and ${caller.account.name} is not among them.`,
  );
}

/**
 * Adds an approval to a request whose row is locked. Answers every approval that counts, this one last. Approvals of people who may not
 * approve any more do not count. Throws `conflict` for a second one of the same person.
 */
export async function addApproval(
  change: Change,
  { governed }: Ruling,
  approval: ApprovalRow,
): Promise<readonly ApprovalRow[]> {
  const { trx } = change;
  const earlier = await readApprovals(trx, [approval.request_id]);
  if (earlier.some(({ account_id }) => account_id === approval.account_id)) {
    throw new SallyportError(
      'conflict',
      'You have approved this request already. It waits for another approver.',
    );
  }
  await trx.insertInto('request_approvals').values(approval).execute();
  const people = await readPeople(
    trx,
    earlier.map(({ account_id }) => account_id),
  );
  const standing = earlier.filter(({ account_id }) => {
    const person = people.get(account_id);
    if (person === undefined) return false;
    return governed === null
      ? person.roles.includes('approver')
      : mayApprove(governed.policy, governed.rule, person);
  });
  return [...standing, approval];
}

/** The least that any of them granted. */
export function narrowest(approvals: readonly ApprovalRow[]): GrantedTerms {
  return {
    durationS: Math.min(...approvals.map(({ duration_s }) => duration_s)),
    readOnly: approvals.some(({ read_only }) => read_only),
  };
}
