import { GrantId } from '../../contract/ids.ts';
import type { Account } from '../../contract/server-api.ts';
import type { GrantClaims } from '../../contract/grant.ts';
import type { ServerContext } from '../server-context.ts';

/** What an sshd writes into its log for a certificate, and asks `principalsNow` with. */
export function certificateKeyId(grantId: GrantId, holder: Account): string {
  return `grant ${grantId} of ${holder.name} (${holder.id})`;
}

const KEY_ID = /^grant ([0-9a-z]{26}) of /;

/**
 * The login as a line, while the grant that a certificate was made for runs, itself or as extended, and is for that login on the target or on a
 * jump host to it. Empty otherwise: an sshd that asks lets nobody in then, from the moment of a revocation on.
 */
export async function principalsNow(
  { db, nowMs }: ServerContext,
  asked: { readonly certificate: string; readonly user: string },
): Promise<string> {
  const id = KEY_ID.exec(asked.certificate)?.[1];
  if (id === undefined) return '';
  const grant = await db
    .selectFrom('grants as own')
    .innerJoin('grants as newest', 'newest.root_id', 'own.root_id')
    .select('own.claims')
    .where('own.id', '=', GrantId.parse(id))
    .where('newest.state', '=', 'active')
    .where('newest.expires_at_ms', '>', nowMs())
    .executeTakeFirst();
  return grant !== undefined && loginsOf(grant.claims).includes(asked.user) ? `${asked.user}\n` : '';
}

function loginsOf({ target }: GrantClaims): readonly string[] {
  return [target.account, ...target.via.map(({ account }) => account)];
}
