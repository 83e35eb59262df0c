import { SallyportError } from '../../contract/errors.ts';
import type { GrantId } from '../../contract/ids.ts';
import type { TokenKeyAnswer } from '../../contract/server-api.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import { refuseUnlessActive } from '../grants/active-grant.ts';
import { readGrantRow } from '../grants/grant-records.ts';
import type { ServerContext } from '../server-context.ts';

/**
 * The organisation's key for pseudonyms, for the session host of the grant's device, while the grant runs and only where its policy
 * compares pseudonyms over sessions. Throws `grant-expired`, `grant-revoked`, `not-allowed`.
 */
export async function createTokenKey(
  context: ServerContext,
  caller: Caller,
  grantId: GrantId,
): Promise<TokenKeyAnswer> {
  const grant = await readGrantRow(context.db, grantId);
  authorize(caller, 'grant.use', { ownerId: grant.account_id, deviceId: grant.device_id });
  refuseUnlessActive(grant, context.nowMs());
  if (grant.claims.redaction.tokenScope !== 'organisation') {
    throw new SallyportError(
      'not-allowed',
      'The policy of this grant keeps pseudonyms inside of one session. Ask for a policy with "tokenScope": "organisation".',
    );
  }
  await context.changes.run(change => {
    change.audit({
      actor: caller,
      action: 'token-key.issue',
      subject: grant.id,
      detail: { targetId: grant.target_id },
    });
    return Promise.resolve();
  });
  return { tokenKey: Buffer.from(context.keys.tokens).toString('base64url') };
}
