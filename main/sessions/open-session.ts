import { randomBytes } from 'node:crypto';
import type { AccountId, GrantId, SessionId } from '../../contract/ids.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { Credential, GrantRecord } from '../../contract/server-api.ts';
import type { OpenSession } from '../../contract/session-host.ts';
import { hasTokens } from '../../core/redaction/policy.ts';
import type { VerifiedGrant } from '../access/verify-grant.ts';
import { verifyGrant } from '../access/verify-grant.ts';
import type { ServerConnection } from '../server-client/server-connection.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { generateEphemeralSshKey } from './ephemeral-ssh-key.ts';

/** A grant as the server has it now, checked by this client. */
export interface UsableGrant extends VerifiedGrant {
  readonly record: GrantRecord;
}

/**
 * Fetches a grant and verifies it against what was pinned at enrolment.
 * Throws the refusals of `verifyGrant`, `grant-revoked`, `not-found`, `server-unreachable`.
 */
export async function fetchGrant(
  connection: Pick<ServerConnection, 'http' | 'time' | 'syncTime'>,
  account: EnrolledAccount,
  grantId: GrantId,
): Promise<UsableGrant> {
  if (Number.isNaN(connection.time.nowMs())) await connection.syncTime();
  const record = await connection.http.call('getGrant', { params: { id: grantId } });
  if (record.state === 'revoked')
    throw new SallyportError('grant-revoked', 'This grant was revoked. Ask for a new one.');
  if (record.jws === null)
    throw new SallyportError(
      'grant-foreign',
      'This grant belongs to another device. Use it there, or ask for a grant of your own.',
    );
  const verified = await verifyGrant(record.jws, expectationOf(account, connection.time.nowMs()));
  if (verified.claims.jti !== grantId)
    throw new SallyportError('grant-foreign', 'The server answered with another grant than was asked for.');
  return { ...verified, record };
}

export function expectationOf(account: EnrolledAccount, nowMs: number) {
  const { jwks, issuer, audience, deviceId } = account;
  const accountId: AccountId = account.account.id;
  return { jwks, issuer, audience, deviceId, accountId, nowMs };
}

export interface OpenMessageOptions {
  readonly grant: UsableGrant;
  readonly account: EnrolledAccount;
  readonly connection: Pick<ServerConnection, 'http' | 'time'>;
  readonly sessionId: SessionId;
  readonly cols: number;
  readonly rows: number;
  readonly environment: Record<string, string>;
  readonly spoolFolder: string;
  readonly spoolQuotaBytes: number;
}

/** Gets the session's short-lived credentials and puts together what its host has to know. */
export async function buildOpenMessage(options: OpenMessageOptions): Promise<OpenSession> {
  const { grant, account, connection } = options;
  const { target } = grant.claims;
  const usesSsh = target.kind === 'ssh' || target.via.length > 0;
  const key = usesSsh ? generateEphemeralSshKey() : null;
  const credentialOf = (hop: number): Promise<Credential> =>
    connection.http.call('createCredential', {
      params: { id: grant.record.id },
      input: { hop, ...(key === null ? {} : { sshPublicKey: key.publicKeyLine }) },
    });
  const [tokenKey, credential, ...viaCredentials] = await Promise.all([
    tokenKeyFor(options),
    credentialOf(-1),
    ...target.via.map((_hop, index) => credentialOf(index)),
  ]);
  return {
    kind: 'open',
    sessionId: options.sessionId,
    grant: grant.claims,
    grantHash: grant.hash,
    cols: options.cols,
    rows: options.rows,
    environment: options.environment,
    credential,
    viaCredentials,
    sshPrivateKeyPem: key?.privateKeyPem ?? null,
    device: {
      id: account.deviceId,
      privateKeyPem: account.device.privateKeyPem,
      publicKey: account.device.publicKey,
    },
    spoolFolder: options.spoolFolder,
    spoolQuotaBytes: options.spoolQuotaBytes,
    upload: { serverUrl: account.serverUrl, audience: account.audience },
    clockOffsetMs: connection.time.offsetMs(),
    tokenKey,
  };
}

/** The server's key where the policy compares pseudonyms over sessions, else one that ends with the session. */
async function tokenKeyFor({ grant, connection }: OpenMessageOptions): Promise<string> {
  const { redaction } = grant.claims;
  if (redaction.tokenScope !== 'organisation' || !hasTokens(redaction))
    return randomBytes(32).toString('base64url');
  const answer = await connection.http.call('createTokenKey', { params: { id: grant.record.id } });
  return answer.tokenKey;
}
