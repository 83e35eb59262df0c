import type { PolicyReplayRow } from '../../contract/access-policy.ts';
import type { AccountId } from '../../contract/ids.ts';
import { replayPolicy } from '../../core/policy/replay.ts';
import type { PastRequest } from '../../core/policy/replay.ts';
import type { ServerContext } from '../server-context.ts';
import { loadPolicy } from './policy-in-force.ts';
import { readPeople } from './ruling.ts';

/** What would have become of the newest `limit` requests under a policy, newest first. Changes nothing. Throws `bad-input` for a policy that is not valid. */
export async function replayHistory(
  { db }: Pick<ServerContext, 'db'>,
  { source, limit }: { readonly source: string; readonly limit: number },
): Promise<PolicyReplayRow[]> {
  const { policy } = loadPolicy(source, 'to be tested');
  const rows = await db
    .selectFrom('requests')
    .leftJoin('grants', 'grants.id', 'requests.grant_id')
    .leftJoin('grants as root', 'root.id', 'grants.root_id')
    .select([
      'requests.id',
      'requests.account_id',
      'requests.target',
      'requests.login',
      'requests.duration_s',
      'requests.supersedes',
      'requests.policy_rule',
      'requests.state',
      'requests.created_at_ms',
      'grants.claims',
      'grants.expires_at_ms',
      'root.issued_at_ms',
    ])
    .orderBy('requests.created_at_ms', 'desc')
    .limit(limit)
    .execute();
  const approversOf = (claims: (typeof rows)[number]['claims']): readonly AccountId[] =>
    claims?.approved_by ?? [];
  const people = await readPeople(
    db,
    rows.flatMap(row => [row.account_id, ...approversOf(row.claims)]),
  );
  const history = rows.flatMap((row): PastRequest[] => {
    const requester = people.get(row.account_id);
    if (requester === undefined) return [];
    return [
      {
        id: row.id,
        createdAtMs: row.created_at_ms,
        requester,
        target: row.target,
        login: row.login,
        durationS: row.duration_s,
        isExtension: row.supersedes !== null,
        rule: row.policy_rule,
        state: row.state,
        approvedBy: approversOf(row.claims).flatMap(id => people.get(id) ?? []),
        totalMinutes:
          row.expires_at_ms === null || row.issued_at_ms === null
            ? null
            : Math.round((row.expires_at_ms - row.issued_at_ms) / 60_000),
      },
    ];
  });
  return replayPolicy(policy, history);
}
