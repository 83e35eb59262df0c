import { SallyportError } from '../../contract/errors.ts';
import type { GrantId } from '../../contract/ids.ts';
import type { Credential, CredentialInput } from '../../contract/server-api.ts';
import type { TargetSecret } from '../../contract/target-secret.ts';
import { authorize } from '../authorization.ts';
import type { Caller } from '../authorization.ts';
import { refuseUnlessActive } from '../grants/active-grant.ts';
import { readGrantRow } from '../grants/grant-records.ts';
import type { GrantRow } from '../grants/grant-records.ts';
import type { ServerContext } from '../server-context.ts';
import type { CertificateTerms } from '../ssh-ca/certificate.ts';
import { writeCertificate } from '../ssh-ca/certificate.ts';
import { certificateKeyId } from '../ssh-ca/principals.ts';
import { refuseDisabledTarget } from '../targets/disable-target.ts';
import { readTargetSecrets } from '../targets/targets.ts';
import type { DatabaseRoles } from './database-roles.ts';

/** A clock of a target may be behind ours by this much. */
const BACKDATE_MS = 60_000;

/** What a jump host runs for whoever asks it for more than forwarding: nothing, with a failure. Read by the login's own shell. */
const NO_COMMAND = 'exit 1';

type SshSecret = Extract<TargetSecret, { kind: 'ssh-ca' }>;

export interface CredentialContext extends ServerContext {
  readonly databaseRoles: DatabaseRoles;
}

/**
 * A credential for the session host of the grant's device, while the grant runs: for the target (`hop` -1) or a jump host.
 * Throws `grant-expired`, `grant-revoked`, `not-allowed`, `bad-input`, or what the target answers.
 */
export async function createCredential(
  context: CredentialContext,
  caller: Caller,
  input: { readonly id: GrantId } & CredentialInput,
): Promise<Credential> {
  const grant = await readGrantRow(context.db, input.id);
  authorize(caller, 'grant.use', { ownerId: grant.account_id, deviceId: grant.device_id });
  refuseUnlessActive(grant, context.nowMs());
  await refuseDisabledTarget(context.db, grant.target_id);
  const { secret, viaSecrets } = await readTargetSecrets(context.db, context.secrets, grant.target_id);
  if (input.hop >= grant.claims.target.via.length) {
    throw new SallyportError('bad-input', `The grant has no jump host number ${input.hop}.`);
  }
  const chosen: TargetSecret = input.hop < 0 ? secret : (viaSecrets[input.hop] ?? { kind: 'none' });
  const credential = await makeCredential(context, { caller, grant, secret: chosen, input });
  // Making it may have taken a while, and a revocation must win.
  refuseUnlessActive(await readGrantRow(context.db, input.id), context.nowMs());
  await context.changes.run(async change => {
    await refuseDisabledTarget(change.trx, grant.target_id);
    change.audit({
      actor: caller,
      action: 'credential.issue',
      subject: grant.id,
      detail: { kind: credential.kind, hop: input.hop, targetId: grant.target_id },
    });
  });
  return credential;
}

async function makeCredential(
  context: CredentialContext,
  options: {
    readonly caller: Caller;
    readonly grant: GrantRow;
    readonly secret: TargetSecret;
    readonly input: CredentialInput;
  },
): Promise<Credential> {
  const { grant, secret, input, caller } = options;
  switch (secret.kind) {
    case 'none':
      return { kind: 'none' };
    case 'password':
      return {
        kind: 'password',
        username: secret.username,
        password: secret.password,
        validUntilMs: null,
      };
    case 'postgres-admin':
    case 'mariadb-admin':
      return context.databaseRoles.open(grant, secret);
    case 'ssh-ca':
      return makeCertificate(context, { caller, grant, secret, input });
  }
}

function makeCertificate(
  context: ServerContext,
  options: {
    readonly caller: Caller;
    readonly grant: GrantRow;
    readonly secret: SshSecret;
    readonly input: CredentialInput;
  },
): Credential {
  const { grant, secret, input, caller } = options;
  if (input.sshPublicKey === undefined) {
    throw new SallyportError('bad-input', 'This target takes an SSH certificate: send "sshPublicKey" along.');
  }
  const hop = input.hop < 0 ? undefined : grant.claims.target.via[input.hop];
  const login = hop === undefined ? grant.claims.target.account : hop.account;
  const certificate = writeCertificate(context.keys.sshUserCa, {
    kind: 'user',
    publicKey: input.sshPublicKey,
    keyId: certificateKeyId(grant.id, caller.account),
    principals: [login],
    validAfterMs: context.nowMs() - BACKDATE_MS,
    validBeforeMs: grant.expires_at_ms,
    ...(hop === undefined ? limitsOnTarget(secret) : limitsOnJumpHost(secret)),
  });
  return { kind: 'ssh-certificate', certificate, validUntilMs: grant.expires_at_ms };
}

/** A terminal, and beside it what the target says. */
function limitsOnTarget(secret: SshSecret): Pick<CertificateTerms, 'criticalOptions' | 'extensions'> {
  return {
    criticalOptions: {
      ...sourceOf(secret),
      ...(secret.forceCommand === undefined ? {} : { 'force-command': secret.forceCommand }),
    },
    extensions: ['permit-pty', ...(secret.permit ?? []).map(name => `permit-${name}`)],
  };
}

/** Forwarding and nothing else: without a terminal, a command could still be run. */
function limitsOnJumpHost(secret: SshSecret): Pick<CertificateTerms, 'criticalOptions' | 'extensions'> {
  return {
    criticalOptions: { ...sourceOf(secret), 'force-command': NO_COMMAND },
    extensions: ['permit-port-forwarding'],
  };
}

function sourceOf({ sourceAddresses }: SshSecret): Readonly<Record<string, string>> {
  return sourceAddresses === undefined ? {} : { 'source-address': sourceAddresses.join(',') };
}
