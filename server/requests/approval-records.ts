import type { Kysely, Selectable } from 'kysely';
import type { RequestId } from '../../contract/ids.ts';
import type { Database } from '../database/schema.ts';

export type ApprovalRow = Selectable<Database['request_approvals']>;

/** In the order in which they were given. */
export async function readApprovals(
  db: Kysely<Database>,
  requestIds: readonly RequestId[],
): Promise<ApprovalRow[]> {
  if (requestIds.length === 0) return [];
  return db
    .selectFrom('request_approvals')
    .selectAll()
    .where('request_id', 'in', [...requestIds])
    .orderBy('at_ms')
    .orderBy('account_id')
    .execute();
}
