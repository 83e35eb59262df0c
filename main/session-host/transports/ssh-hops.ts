import { SallyportError } from '../../../contract/errors.ts';
import type { JumpHost } from '../../../contract/grant.ts';
import type { Credential } from '../../../contract/server-api.ts';
import type { OpenSession } from '../../../contract/session-host.ts';
import { readSshIdentity } from './ssh-identity.ts';
import type { RouteHop } from './tunnel.ts';

/** What is needed of a host to log into it; a target of kind `ssh` is one, too. */
export type SshPlace = Pick<JumpHost, 'host' | 'port' | 'account' | 'trust' | 'transport'>;

/**
 * The login for one host. The credential decides on the client: a certificate needs OpenSSH (ssh2 cannot present one), a password needs
 * ssh2 (OpenSSH would ask for it on the terminal); only a bare key leaves the choice to the target.
 * Throws `credential-refused` when there is nothing to log in with.
 */
export function toRouteHop(place: SshPlace, credential: Credential, privateKeyPem: string | null): RouteHop {
  const { host, port, account, trust } = place;
  if (credential.kind === 'password') {
    const { username, password } = credential;
    return {
      kind: 'ssh2',
      hop: { host, port, account, trust, login: { kind: 'password', username, password } },
    };
  }
  if (privateKeyPem === null) {
    throw new SallyportError(
      'credential-refused',
      `There is no credential for ${account}@${host}: the server gave none for this grant. Ask an administrator to add one to the target.`,
    );
  }
  const certificate = credential.kind === 'ssh-certificate' ? credential.certificate : null;
  const identity = readSshIdentity(privateKeyPem, certificate);
  if (certificate === null && place.transport === 'ssh2') {
    return { kind: 'ssh2', hop: { host, port, account, trust, login: { kind: 'key', identity } } };
  }
  return { kind: 'openssh', hop: { host, port, account, trust, identity } };
}

/** The hosts on the way to a session's target, outermost first. */
export function viaHops(
  open: Pick<OpenSession, 'grant' | 'viaCredentials' | 'sshPrivateKeyPem'>,
): RouteHop[] {
  return open.grant.target.via.map((place, index) =>
    toRouteHop(place, open.viaCredentials[index] ?? { kind: 'none' }, open.sshPrivateKeyPem),
  );
}
