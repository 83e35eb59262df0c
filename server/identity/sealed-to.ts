import type { Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { ReviewerGroupId } from '../../contract/ids.ts';
import type { Database } from '../database/schema.ts';

/** As many as a grant can name (contract/grant.ts, RecordingTerms). */
const MAX_RECIPIENTS = 20;

/** The age recipients that recordings of a target with these groups are sealed to, oldest first: of every reviewer where it names none, and every break-glass key. */
export async function sealedTo(
  trx: Transaction<Database>,
  groups: readonly ReviewerGroupId[],
): Promise<string[]> {
  let query = trx
    .selectFrom('recipients')
    .select('recipient')
    .where('retired_at_ms', 'is', null)
    .orderBy('added_at_ms')
    .orderBy('recipient');
  if (groups.length > 0)
    query = query.where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('is_break_glass', '=', true),
        exists(
          selectFrom('reviewer_group_members')
            .select('reviewer_group_members.account_id')
            .whereRef('reviewer_group_members.account_id', '=', 'recipients.account_id')
            .where('group_id', 'in', [...groups]),
        ),
      ]),
    );
  return (await query.execute()).map(row => row.recipient);
}

/** Throws `conflict` where recordings of some target would be sealed to more recipients than a grant can name. */
export async function refuseTooManyRecipients(trx: Transaction<Database>): Promise<void> {
  const targets = await trx.selectFrom('targets').select(['id', 'terms']).orderBy('id').execute();
  const bySet = new Map(
    targets.map(({ id, terms }) => [[...terms.review.groups].sort().join(' '), { id, terms }]),
  );
  for (const { id, terms } of bySet.values()) {
    const count = (await sealedTo(trx, terms.review.groups)).length;
    if (count <= MAX_RECIPIENTS) continue;
    const whose = terms.review.groups.length === 0 ? 'every reviewer' : terms.review.groups.join(' and ');
    throw new SallyportError(
      'conflict',
      `Recordings of the target ${id} would be sealed to ${count} keys (those of ${whose}); the limit is ${MAX_RECIPIENTS}. Retire some, or give the target a smaller group of reviewers.`,
    );
  }
}
