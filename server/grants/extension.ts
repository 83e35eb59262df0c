import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId, DeviceId, GrantId, TargetId } from '../../contract/ids.ts';
import { GrantClaims } from '../../contract/grant.ts';
import type { Database, TargetTerms } from '../database/schema.ts';
import type { GrantRow } from './grant-records.ts';
import { lockGrantRow } from './grant-records.ts';

/** Who wants to extend what. */
export interface ExtensionQuestion {
  readonly supersedes: GrantId;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly targetId: TargetId;
  /** login on the target */
  readonly login: string;
  readonly nowMs: number;
}

/**
 * The grant that may be extended: of the same account, device, target and login; running, or within the grace after its end;
 * not revoked or extended already; and with an extension left. Throws `conflict` in words otherwise.
 * Locks the row until the commit.
 */
export async function checkExtension(
  trx: Transaction<Database>,
  question: ExtensionQuestion,
): Promise<GrantRow> {
  const grant = await lockGrantRow(trx, question.supersedes);
  const isSame =
    grant.account_id === question.accountId &&
    grant.device_id === question.deviceId &&
    grant.target_id === question.targetId &&
    grant.claims.target.account === question.login;
  if (!isSame) {
    throw new SallyportError(
      'conflict',
      'Only an own grant can be extended, from its device, for the same target and login. Ask for new access.',
    );
  }
  if (grant.state === 'revoked') {
    throw new SallyportError('conflict', 'The grant was revoked and cannot be extended. Ask for new access.');
  }
  if (grant.state === 'superseded') {
    throw new SallyportError('conflict', 'The grant was extended already. Extend the newest one.');
  }
  if (question.nowMs >= grant.expires_at_ms + grant.claims.session.graceMs) {
    throw new SallyportError('conflict', 'The grant is over and so is its session. Ask for new access.');
  }
  const { count } = await trx
    .selectFrom('grants')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('root_id', '=', grant.root_id)
    .executeTakeFirstOrThrow();
  const { maxExtensions } = grant.claims.session;
  if (count > maxExtensions) {
    throw new SallyportError(
      'conflict',
      maxExtensions === 0
        ? 'Grants for this target cannot be extended. Ask for new access.'
        : `The grant was extended ${maxExtensions} times, which is the limit. Ask for new access.`,
    );
  }
  return grant;
}

/** What a running session was made for and is held to: an extension carries it on as it is. */
const KEPT = ['target', 'scope', 'redaction', 'budget'] as const;

/**
 * A session that runs cannot be put under other terms, so an extension has those of the grant that it extends. Throws `conflict` where the
 * target or the policy would not give these any more.
 */
export function refuseOtherTerms(superseded: GrantRow, terms: TargetTerms): void {
  const { claims } = superseded;
  const now = {
    target: { ...terms.target, account: claims.target.account },
    scope: { ...terms.scope, readOnly: terms.scope.readOnly || claims.scope.readOnly },
    redaction: terms.redaction,
    budget: terms.budget,
  };
  const changed = KEPT.filter(key => !isDeepStrictEqual(plain(key, claims[key]), plain(key, now[key])));
  if (changed.length === 0) return;
  throw new SallyportError(
    'conflict',
    `The target or the policy changed since the grant was given (${changed.join(', ')}), and a session that runs stays under its own terms. Ask for new access.`,
  );
}

/** With every default, without what is undefined. */
function plain(key: (typeof KEPT)[number], value: unknown): unknown {
  return JSON.parse(JSON.stringify(GrantClaims.shape[key].parse(value)));
}
