import { createHash } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { compactVerify, createLocalJWKSet, errors } from 'jose';
import type { ErrorCode } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import { GRANT_TYP, GrantClaims } from '../../contract/grant.ts';
import { unenforceableLimit } from '../../core/access/enforceable-scope.ts';

/** What this client knows by itself: pinned at enrolment, never taken from the grant. */
export interface GrantExpectation {
  readonly jwks: JSONWebKeySet;
  readonly issuer: string;
  readonly audience: string;
  readonly deviceId: string;
  readonly accountId: string;
  /** server time in milliseconds; NaN (no server time known) refuses */
  readonly nowMs: number;
}

export interface VerifiedGrant {
  readonly claims: GrantClaims;
  /** SHA-256 of the compact JWS, hex: what a recording names */
  readonly hash: string;
}

/** A grant is usable this long before its `nbf`: the server's whole seconds against our milliseconds, and the clock's uncertainty. */
const NOT_BEFORE_LEEWAY_MS = 2_000;

/**
 * Verifies a grant: signature by a pinned key (EdDSA over Ed25519, RFC 8037), `typ`, no critical header (RFC 7515, 4.1.11), a payload
 * of exactly the known claims, issuer, audience, device, account, limits that can be enforced, and the time window. Throws `SallyportError`: `grant-altered`,
 * `grant-foreign`, `grant-unsupported`, `grant-not-yet-valid` or `grant-expired`.
 */
export async function verifyGrant(jws: string, expected: GrantExpectation): Promise<VerifiedGrant> {
  const payload = await verifySignature(jws, expected.jwks);
  const parsed = GrantClaims.safeParse(parseJson(payload));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue?.path.join('.');
    throw refusal(
      'grant-unsupported',
      `The grant holds something that this version does not understand (${where || 'its claims'}), so it cannot be enforced and is refused. Update Sallyport, or ask for a new grant.`,
    );
  }
  const claims = parsed.data;
  checkHolder(claims, expected);
  checkLimits(claims);
  checkTime(claims, expected.nowMs);
  return { claims, hash: createHash('sha256').update(jws).digest('hex') };
}

async function verifySignature(jws: string, jwks: JSONWebKeySet): Promise<Uint8Array> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(jwks), {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    if (protectedHeader.typ === GRANT_TYP) return payload;
  } catch (cause) {
    throw signatureRefusal(cause);
  }
  throw refusal(
    'grant-foreign',
    'This is signed by the server, but it is not a grant. Ask for a new grant in Sallyport.',
  );
}

function signatureRefusal(cause: unknown): SallyportError {
  if (cause instanceof errors.JOSENotSupported)
    return refusal(
      'grant-unsupported',
      'The grant is marked as critical in a way that this version does not understand, so it is refused. Update Sallyport, or ask for a new grant.',
      cause,
    );
  if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys)
    return refusal(
      'grant-foreign',
      'The grant is signed by a key that this client does not know, so it is not from your server. Ask for a new grant; if the server changed its keys, enrol again.',
      cause,
    );
  return refusal(
    'grant-altered',
    'The grant is not what the server signed: it was altered or is damaged. It is refused. Ask for a new grant.',
    cause,
  );
}

function checkHolder(claims: GrantClaims, expected: GrantExpectation): void {
  const foreign = (what: string) =>
    refusal('grant-foreign', `The grant is for ${what}, so it is refused here. Ask for a grant of your own.`);
  if (claims.iss !== expected.issuer) throw foreign('clients of another server');
  if (claims.aud !== expected.audience) throw foreign('another audience');
  if (claims.device !== expected.deviceId) throw foreign('another device');
  if (claims.sub !== expected.accountId) throw foreign('another account');
}

/** A limit that nothing here can hold somebody to would be a promise that is not kept: such a grant is refused. */
function checkLimits({ scope, budget, target }: GrantClaims): void {
  const limit = unenforceableLimit(target.kind, { scope, budget });
  if (limit === null) return;
  throw refusal(
    'grant-unsupported',
    `The grant sets a limit that this version cannot enforce (${limit}), so it is refused. Have the rights of the account on the target limited instead.`,
  );
}

function checkTime(claims: GrantClaims, nowMs: number): void {
  if (Number.isNaN(nowMs))
    throw refusal(
      'server-unreachable',
      'The server time is not known yet, so the grant cannot be checked. Wait until the server answers, then try again.',
    );
  if (nowMs < claims.nbf * 1000 - NOT_BEFORE_LEEWAY_MS)
    throw refusal(
      'grant-not-yet-valid',
      `The grant is not valid before ${instant(claims.nbf)}. Wait until then.`,
    );
  if (!(nowMs < claims.exp * 1000))
    throw refusal('grant-expired', `The grant expired at ${instant(claims.exp)}. Ask for a new one.`);
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'an impossible time' : date.toISOString();
}

function refusal(code: ErrorCode, message: string, cause?: unknown): SallyportError {
  return new SallyportError(code, message, cause === undefined ? undefined : { cause });
}
