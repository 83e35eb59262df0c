import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { TargetId } from '../../contract/ids.ts';
import type { DisableTargetInput, TargetDisabling, TargetSummary } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import type { Database, TargetTerms } from '../database/schema.ts';
import { revokeGrantsOfTarget } from '../grants/revoke-grant.ts';
import type { ServerContext } from '../server-context.ts';
import { summarize } from './targets.ts';

/**
 * Disables a target (nothing new begins there: no request, approval, extension, session or credential) or enables it again. What runs goes on until its
 * grant ends, unless the grants are revoked with it. Doing it again changes who and why. Throws `not-found`.
 */
export async function disableTarget(
  context: ServerContext,
  caller: Caller,
  input: { readonly id: TargetId } & DisableTargetInput,
): Promise<TargetSummary> {
  const { id, isDisabled, reason, revokesGrants } = input;
  authorize(caller, 'target.write');
  const nowMs = context.nowMs();
  return context.changes.run(async change => {
    const row = await change.trx
      .selectFrom('targets')
      .select('terms')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new SallyportError('not-found', 'There is no such target.');
    const disabled = isDisabled ? { by: caller.account.name, atMs: nowMs, reason } : undefined;
    const terms = withDisabling(row.terms, disabled);
    await change.trx
      .updateTable('targets')
      .set({ terms: JSON.stringify(terms), updated_at_ms: nowMs })
      .where('id', '=', id)
      .execute();
    const revoked =
      isDisabled && revokesGrants ? await revokeGrantsOfTarget(change, id, { nowMs, by: caller, reason }) : 0;
    change.audit({
      actor: caller,
      action: isDisabled ? 'target.disable' : 'target.enable',
      subject: id,
      detail: { reason, ...(isDisabled ? { revokedGrants: revoked } : {}) },
    });
    return summarize(terms);
  });
}

function withDisabling(terms: TargetTerms, disabled: TargetDisabling | undefined): TargetTerms {
  const enabled = Object.fromEntries(Object.entries(terms).filter(([key]) => key !== 'disabled'));
  // Only the member that says so was taken out.
  return { ...(enabled as TargetTerms), ...(disabled === undefined ? {} : { disabled }) };
}

/**
 * Throws `conflict` with who disabled the target, when and why. In a transaction: until its commit nobody disables it: whoever does afterwards sees what was made
 * here, and can revoke it.
 */
export async function refuseDisabledTarget(db: Kysely<Database>, id: TargetId): Promise<void> {
  const row = await db
    .selectFrom('targets')
    .select('terms')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  const { disabled, target } = row?.terms ?? {};
  if (disabled === undefined || target === undefined) return;
  throw new SallyportError(
    'conflict',
    `"${target.name}" was disabled on ${new Date(disabled.atMs).toISOString()} by ${disabled.by}: ${disabled.reason} Nothing new begins there until an administrator enables it.`,
  );
}
