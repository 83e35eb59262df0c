import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { ReviewerGroupId } from '../../contract/ids.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import { UNFINISHED_MS } from '../retention/delete-recording.ts';
import type { ServerContext } from '../server-context.ts';
import { listReviewerGroups } from './reviewer-groups.ts';

/**
 * Deletes a group that nothing names any more, and answers with what it was. Throws `not-found`, and `conflict` with what still is for it: whoever made a
 * group of the same name later would see the recordings of this one, and until then nobody would.
 */
export async function deleteReviewerGroup(
  context: ServerContext,
  caller: Caller,
  id: ReviewerGroupId,
): Promise<ReviewerGroup> {
  authorize(caller, 'reviewer-group.write');
  return context.changes.run(async change => {
    const { trx } = change;
    await trx.selectFrom('reviewer_groups').select('id').where('id', '=', id).forUpdate().execute();
    const group = (await listReviewerGroups(trx)).find(each => each.id === id);
    if (group === undefined) throw new SallyportError('not-found', `There is no group of reviewers "${id}".`);
    const users = await usersOf(context, trx, group);
    if (users.length > 0)
      throw new SallyportError(
        'conflict',
        `The group ${id} cannot be deleted: ${users.join('; ')}. Take its members out instead, and delete it when nothing is for it any more.`,
      );
    await trx.deleteFrom('reviewer_group_members').where('group_id', '=', id).execute();
    await trx.deleteFrom('reviewer_groups').where('id', '=', id).execute();
    change.audit({
      actor: caller,
      action: 'reviewer-group.delete',
      subject: id,
      detail: { members: group.members.map(({ name }) => name) },
    });
    return group;
  });
}

/** What is for the group, in words. */
async function usersOf(
  { policy, nowMs }: Pick<ServerContext, 'policy' | 'nowMs'>,
  trx: Transaction<Database>,
  { id, targetIds }: ReviewerGroup,
): Promise<readonly string[]> {
  const isForGroup = sql<boolean>`jsonb_exists(requests.target->'review'->'groups', ${id})`;
  const { recordings } = await trx
    .selectFrom('sessions')
    .leftJoin('recordings', 'recordings.session_id', 'sessions.id')
    .innerJoin('grants', 'grants.id', 'sessions.grant_id')
    .innerJoin('requests', 'requests.id', 'grants.request_id')
    .select(({ fn }) => fn.countAll<number>().as('recordings'))
    .where('recordings.deletion', 'is', null)
    .where(({ eb, or }) =>
      or([
        eb('recordings.session_id', 'is not', null),
        // of which nothing has come yet, but may
        eb('sessions.ended_at_ms', 'is', null),
        eb('sessions.ended_at_ms', '>', nowMs() - UNFINISHED_MS),
      ]),
    )
    .where(isForGroup)
    .executeTakeFirstOrThrow();
  const { open } = await trx
    .selectFrom('requests')
    .leftJoin('grants', 'grants.id', 'requests.grant_id')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where(isForGroup)
    .where(({ eb, or, and }) =>
      or([
        eb('requests.state', '=', 'pending'),
        and([eb('grants.state', '=', 'active'), eb('grants.expires_at_ms', '>', nowMs())]),
      ]),
    )
    .executeTakeFirstOrThrow();
  const rules = (policy.current()?.policy.rules ?? []).filter(({ review }) => review?.groups.includes(id));
  return [
    ...(targetIds.length === 0 ? [] : [`the targets ${targetIds.join(', ')} name it`]),
    ...(rules.length === 0 ? [] : [`the policy's rules ${rules.map(({ name }) => name).join(', ')} name it`]),
    ...(Number(open) === 0 ? [] : [`${open} open requests or grants are for it`]),
    ...(Number(recordings) === 0
      ? []
      : [`${recordings} recordings are for it, and would be nobody's to read`]),
  ];
}
