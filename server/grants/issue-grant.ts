import { SallyportError } from '../../contract/errors.ts';
import { GRANT_TYP } from '../../contract/grant.ts';
import type { PolicyRule } from '../../contract/access-policy.ts';
import { GrantId } from '../../contract/ids.ts';
import type { AccountId } from '../../contract/ids.ts';
import type { Change } from '../changes/changes.ts';
import type { TargetTerms } from '../database/schema.ts';
import { sealedTo } from '../identity/sealed-to.ts';
import { newId } from '../new-id.ts';
import { refuseBeyondTotal } from '../policy/ruling.ts';
import type { RequestRow } from '../requests/request-records.ts';
import type { ServerContext } from '../server-context.ts';
import { checkExtension, refuseOtherTerms } from './extension.ts';
import { buildClaims } from './grant-claims.ts';
import type { GrantedTerms } from './grant-claims.ts';
import type { GrantRow } from './grant-records.ts';
import { toGrant } from './grant-records.ts';

/** Signs a grant for an approved request and tells everybody concerned. Throws `conflict` when none can be issued. */
export async function issueGrant(
  context: ServerContext,
  change: Change,
  options: {
    readonly request: RequestRow;
    readonly terms: TargetTerms;
    readonly granted: GrantedTerms;
    readonly approvedBy: readonly AccountId[];
    /** of the policy, where one is set */
    readonly rule: PolicyRule | null;
  },
): Promise<GrantRow> {
  const { request, terms, granted, approvedBy, rule } = options;
  const { trx } = change;
  const nowMs = context.nowMs();
  const device = await trx
    .selectFrom('devices')
    .select('revoked_at_ms')
    .where('id', '=', request.device_id)
    .executeTakeFirstOrThrow();
  if (device.revoked_at_ms !== null) {
    throw new SallyportError('conflict', 'The device that asked was revoked meanwhile. Deny the request.');
  }
  // The groups that the recording's list and downloads go by as well, whatever became of the target since.
  const { groups } = request.target.review;
  const recipients = await sealedTo(trx, groups);
  if (recipients.length === 0) {
    const whose = groups.length === 0 ? '' : ` in ${groups.join(' or ')}`;
    throw new SallyportError(
      'conflict',
      `No grant can be issued: there is no reviewer${whose} who could open the recording. Have a reviewer register a recipient first.`,
    );
  }
  const superseded =
    request.supersedes === null
      ? null
      : await checkExtension(trx, {
          supersedes: request.supersedes,
          accountId: request.account_id,
          deviceId: request.device_id,
          targetId: request.target_id,
          login: request.login,
          nowMs,
        });
  if (superseded !== null) refuseOtherTerms(superseded, terms);
  const id = GrantId.parse(newId());
  const claims = buildClaims({
    id,
    serverName: context.serverName,
    nowMs,
    request,
    terms,
    granted,
    recipients,
    approvedBy,
    superseded,
  });
  if (rule !== null && superseded !== null) {
    await refuseBeyondTotal(trx, rule, { superseded, endMs: claims.exp * 1000 });
  }
  const row: GrantRow = {
    id,
    request_id: request.id,
    account_id: request.account_id,
    device_id: request.device_id,
    target_id: request.target_id,
    root_id: superseded?.root_id ?? id,
    supersedes: superseded?.id ?? null,
    claims,
    jws: await context.keys.signing.sign(GRANT_TYP, claims),
    issued_at_ms: nowMs,
    expires_at_ms: claims.exp * 1000,
    state: 'active',
    revoked_at_ms: null,
    revocation_ms: null,
  };
  await trx
    .insertInto('grants')
    .values({ ...row, claims: JSON.stringify(claims) })
    .execute();
  if (superseded !== null) {
    await trx.updateTable('grants').set({ state: 'superseded' }).where('id', '=', superseded.id).execute();
  }
  const grant = await toGrant(trx, row, { nowMs, deviceId: row.device_id });
  change.emit(
    { kind: 'grant-issued', grant },
    { accountIds: [row.account_id], roles: ['approver', 'administrator'], deviceId: row.device_id },
  );
  return row;
}
