import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, ReviewerGroupId } from '../../contract/ids.ts';
import type { ReviewTerms } from '../../contract/review-terms.ts';
import type { ReviewerGroup, ReviewerGroupInput } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller, Subject } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import type { ServerContext } from '../server-context.ts';
import { readAccount } from './accounts.ts';
import { refuseTooManyRecipients } from './sealed-to.ts';

/** Who may do what with recordings of a target follows from the groups that stood when access was asked for, and from who is in them now. */
interface OfSession {
  readonly account_id: AccountId;
  readonly target: { readonly review: Pick<ReviewTerms, 'groups'> };
}

/** What the rules about recordings ask of a session: whose it is, and whether the caller is among its target's reviewers. */
export async function recordingSubject(
  db: Kysely<Database>,
  caller: Pick<Caller, 'account'>,
  session: OfSession,
): Promise<Pick<Subject, 'ownerId' | 'isInGroups'>> {
  const { groups } = session.target.review;
  const ownerId = session.account_id;
  if (groups.length === 0) return { ownerId, isInGroups: true };
  const member = await db
    .selectFrom('reviewer_group_members')
    .select('group_id')
    .where('account_id', '=', caller.account.id)
    .where('group_id', 'in', [...groups])
    .limit(1)
    .executeTakeFirst();
  return { ownerId, isInGroups: member !== undefined };
}

/** For a query that has joined `requests`: recordings of targets for every reviewer, or for a group that the account is in. */
export function isForReviewer(accountId: AccountId) {
  return sql<boolean>`(requests.target->'review'->'groups' = '[]'::jsonb OR EXISTS (
    SELECT 1 FROM reviewer_group_members AS member WHERE member.account_id = ${accountId}
      AND jsonb_exists(requests.target->'review'->'groups', member.group_id)))`;
}

/** Throws `bad-input` for a name that no group has; those that there are stay until the commit. */
export async function refuseUnknownGroups(
  trx: Transaction<Database>,
  groups: readonly ReviewerGroupId[],
): Promise<void> {
  if (groups.length === 0) return;
  const known = await trx
    .selectFrom('reviewer_groups')
    .select('id')
    .where('id', 'in', [...groups])
    .forShare()
    .execute();
  const unknown = groups.filter(id => known.every(row => row.id !== id));
  if (unknown.length === 0) return;
  throw new SallyportError(
    'bad-input',
    `There is no group of reviewers "${unknown.join('", "')}". Make it first: "sallyport admin groups add GROUP ACCOUNT".`,
  );
}

/** By name. */
export async function listReviewerGroups(db: Kysely<Database>): Promise<ReviewerGroup[]> {
  const groups = await db.selectFrom('reviewer_groups').select('id').orderBy('id').execute();
  const members = await db
    .selectFrom('reviewer_group_members')
    .innerJoin('accounts', 'accounts.id', 'reviewer_group_members.account_id')
    .select(['group_id', 'accounts.id', 'accounts.name', 'accounts.roles'])
    .orderBy('accounts.name')
    .execute();
  const targets = await db.selectFrom('targets').select(['id', 'terms']).orderBy('id').execute();
  return groups.map(({ id }) => ({
    id,
    members: members.flatMap(({ group_id, ...account }) => (group_id === id ? [account] : [])),
    targetIds: targets.flatMap(({ id: targetId, terms }) =>
      terms.review.groups.includes(id) ? [targetId] : [],
    ),
  }));
}

/**
 * Makes a group, adds to it and takes out of it. Throws `not-found` for an account that there is not, `bad-input` for one that is neither
 * reviewer nor approver or was disabled, `conflict` where a target's recordings would have to be sealed to more keys than a grant can name.
 */
export async function changeReviewerGroup(
  context: ServerContext,
  caller: Caller,
  { id, add, remove }: ReviewerGroupInput,
): Promise<ReviewerGroup> {
  authorize(caller, 'reviewer-group.write');
  return context.changes.run(async change => {
    const { trx } = change;
    await trx
      .insertInto('reviewer_groups')
      .values({ id, made_at_ms: context.nowMs() })
      .onConflict(conflict => conflict.doNothing())
      .execute();
    for (const accountId of add) {
      const { name, roles, disabledAtMs } = await readAccount(trx, accountId);
      if (disabledAtMs !== null) throw new SallyportError('bad-input', `${name}'s account was disabled.`);
      if (!roles.includes('reviewer') && !roles.includes('approver'))
        throw new SallyportError('bad-input', `${name} is neither reviewer nor approver.`);
      await trx
        .insertInto('reviewer_group_members')
        .values({ group_id: id, account_id: accountId })
        .onConflict(conflict => conflict.doNothing())
        .execute();
    }
    if (remove.length > 0)
      await trx
        .deleteFrom('reviewer_group_members')
        .where('group_id', '=', id)
        .where('account_id', 'in', [...remove])
        .execute();
    await refuseTooManyRecipients(trx);
    const group = (await listReviewerGroups(trx)).find(each => each.id === id);
    if (group === undefined) throw new Error('The group was made above.');
    change.audit({
      actor: caller,
      action: 'reviewer-group.change',
      subject: id,
      detail: { add, remove, members: group.members.map(member => member.name) },
    });
    return group;
  });
}
