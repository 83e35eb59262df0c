import type { GrantClaims } from '../../contract/grant.ts';
import type { AccountId, GrantId } from '../../contract/ids.ts';
import type { DecisionInput } from '../../contract/server-api.ts';
import { GrantClaims as GrantClaimsSchema } from '../../contract/grant.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { TargetTerms } from '../database/schema.ts';
import type { GrantRow } from './grant-records.ts';
import type { RequestRow } from '../requests/request-records.ts';

/** What is granted after the approver's narrowing. */
export interface GrantedTerms {
  readonly durationS: number;
  readonly readOnly: boolean;
}

/** The terms that a decision leaves of a request. Throws `bad-input` when it would widen them. */
export function narrow(
  request: Pick<RequestRow, 'duration_s' | 'read_only' | 'supersedes'>,
  decision: Pick<DecisionInput, 'durationS' | 'readOnly'>,
): GrantedTerms {
  const { durationS = request.duration_s, readOnly = request.read_only } = decision;
  if (durationS > request.duration_s) {
    throw new SallyportError(
      'bad-input',
      `The request asks for ${request.duration_s} s; an approver may grant less, not more (${durationS} s).`,
    );
  }
  if (request.supersedes !== null && readOnly !== request.read_only) {
    throw new SallyportError(
      'bad-input',
      'An extension keeps the scope of the running session. Grant less time, or deny it: new access can be read-only.',
    );
  }
  if (request.read_only && !readOnly) {
    throw new SallyportError(
      'bad-input',
      'The request asks for read-only access; an approver may not widen that.',
    );
  }
  return { durationS, readOnly };
}

/**
 * Claims of a new grant, checked against their own schema. It begins now. An extension ends `durationS` after the end of the
 * grant that it supersedes (after now, where that has ended already), so that it never ends earlier; everything else that a session is held
 * to it takes from that grant, for the session runs on.
 */
export function buildClaims(options: {
  readonly id: GrantId;
  readonly serverName: string;
  readonly nowMs: number;
  readonly request: RequestRow;
  readonly terms: TargetTerms;
  readonly granted: GrantedTerms;
  readonly recipients: readonly string[];
  readonly approvedBy: readonly AccountId[];
  readonly superseded: GrantRow | null;
}): GrantClaims {
  const { request, granted, superseded, nowMs } = options;
  const nowS = Math.floor(nowMs / 1000);
  const startS = superseded === null ? nowS : Math.max(nowS, superseded.claims.exp);
  return GrantClaimsSchema.parse({
    iss: options.serverName,
    aud: options.serverName,
    sub: request.account_id,
    jti: options.id,
    iat: nowS,
    nbf: nowS,
    exp: startS + granted.durationS,
    device: request.device_id,
    request: request.id,
    ...(superseded === null ? newTerms(options) : keptTerms(superseded.claims)),
    reason: request.reason,
    ...(request.ticket === null ? {} : { ticket: request.ticket }),
    approved_by: options.approvedBy,
    ...(superseded === null ? {} : { supersedes: superseded.id }),
  });
}

type SessionClaims = Pick<GrantClaims, 'target' | 'scope' | 'redaction' | 'budget' | 'recording' | 'session'>;

function newTerms(options: {
  readonly request: RequestRow;
  readonly terms: TargetTerms;
  readonly granted: GrantedTerms;
  readonly recipients: readonly string[];
}): Record<keyof SessionClaims, unknown> {
  const { request, terms, granted, recipients } = options;
  return {
    target: { ...terms.target, account: request.login },
    scope: { ...terms.scope, readOnly: terms.scope.readOnly || granted.readOnly },
    redaction: terms.redaction,
    budget: terms.budget,
    recording: { recipients, retentionDays: terms.retentionDays },
    session: terms.session,
  };
}

function keptTerms({ target, scope, redaction, budget, recording, session }: SessionClaims): SessionClaims {
  return { target, scope, redaction, budget, recording, session };
}
