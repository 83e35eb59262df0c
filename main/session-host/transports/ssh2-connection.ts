import type { Duplex } from 'node:stream';
import { Client } from 'ssh2';
import type { ConnectConfig, ServerHostKeyAlgorithm } from 'ssh2';
import { SallyportError } from '../../../contract/errors.ts';
import type { HostTrust } from '../../../contract/grant.ts';
import { fingerprintOf, hostKeyRefusal, parseHostKey } from './host-keys.ts';
import type { SshIdentity } from './ssh-identity.ts';

/** A host that ssh2 logs into: by password, or by a key without certificate (ssh2 cannot present certificates). */
export interface Ssh2Hop {
  readonly host: string;
  readonly port: number;
  readonly account: string;
  readonly trust: HostTrust;
  readonly login:
    | { readonly kind: 'password'; readonly username: string; readonly password: string }
    | { readonly kind: 'key'; readonly identity: SshIdentity };
}

const READY_TIMEOUT_MS = 20_000;
const KEEPALIVE_INTERVAL_MS = 15_000;
const KEEPALIVE_COUNT_MAX = 3;

/** Strongest first; no SHA-1 signatures. */
const HOST_KEY_ALGORITHMS: readonly {
  readonly type: string;
  readonly names: readonly ServerHostKeyAlgorithm[];
}[] = [
  { type: 'ssh-ed25519', names: ['ssh-ed25519'] },
  { type: 'ecdsa-sha2-nistp256', names: ['ecdsa-sha2-nistp256'] },
  { type: 'ecdsa-sha2-nistp384', names: ['ecdsa-sha2-nistp384'] },
  { type: 'ecdsa-sha2-nistp521', names: ['ecdsa-sha2-nistp521'] },
  { type: 'ssh-rsa', names: ['rsa-sha2-512', 'rsa-sha2-256'] },
];

/**
 * Logs into a host over an open byte stream. The host key must be a pinned one; rejects with host-key-unknown, host-key-changed,
 * credential-refused or target-unreachable. The caller ends the client.
 */
export function connectSsh2(hop: Ssh2Hop, socket: Duplex): Promise<Client> {
  if (hop.trust.pinnedKeys.length === 0 && hop.trust.hostCaKeys.length > 0) {
    socket.destroy();
    return Promise.reject(
      new SallyportError(
        'host-key-unknown',
        `${hop.host} is trusted by a host certificate only, which the built-in SSH client cannot check. Ask an administrator to pin its key or to set the target to "openssh".`,
      ),
    );
  }
  const pinned = hop.trust.pinnedKeys.map(parseHostKey);
  const client = new Client();
  const opening = Promise.withResolvers<Client>();
  let presented: Buffer | null = null;
  let isTrusted = false;

  client.on('ready', () => {
    opening.resolve(client);
  });
  client.on('error', error => {
    socket.destroy();
    opening.reject(
      presented !== null && !isTrusted
        ? hostKeyRefusal(nameOf(hop), hop.trust, fingerprintOf(presented))
        : explain(hop, error, presented !== null),
    );
  });
  client.on('close', () => {
    opening.reject(explain(hop, new Error('the connection was closed during the login'), presented !== null));
  });
  try {
    client.connect({
      sock: socket,
      ...loginOf(hop),
      readyTimeout: READY_TIMEOUT_MS,
      keepaliveInterval: KEEPALIVE_INTERVAL_MS,
      keepaliveCountMax: KEEPALIVE_COUNT_MAX,
      algorithms: { serverHostKey: orderAlgorithms(pinned.map(key => key.type)) },
      hostVerifier: (key: Buffer) => {
        presented = key;
        isTrusted = pinned.some(each => each.blob.equals(key));
        return isTrusted;
      },
    });
    // 44 ms per key without it; a tunnelled stream has no such option and needs none.
    if ('setNoDelay' in socket) client.setNoDelay(true);
  } catch (error) {
    socket.destroy();
    opening.reject(explain(hop, error instanceof Error ? error : new Error(String(error)), false));
  }
  return opening.promise;
}

function loginOf(hop: Ssh2Hop): ConnectConfig {
  if (hop.login.kind === 'key') {
    return {
      username: hop.account,
      privateKey: hop.login.identity.toOpensshPem(),
      authHandler: ['publickey'],
    };
  }
  return { username: hop.login.username, password: hop.login.password, authHandler: ['password'] };
}

/** The types of the pinned keys first, so that the server presents the key that is pinned; the others to learn what it has instead. */
function orderAlgorithms(pinnedTypes: readonly string[]): ServerHostKeyAlgorithm[] {
  const isPinned = (type: string): number => (pinnedTypes.includes(type) ? 0 : 1);
  return HOST_KEY_ALGORITHMS.toSorted((a, b) => isPinned(a.type) - isPinned(b.type)).flatMap(each => [
    ...each.names,
  ]);
}

/** `isReached`: the host presented its key. */
function explain(hop: Ssh2Hop, error: Error, isReached: boolean): SallyportError {
  if (error instanceof SallyportError) return error;
  const level = 'level' in error ? error.level : null;
  if (level === 'client-authentication') {
    return new SallyportError(
      'credential-refused',
      `${nameOf(hop)} refused the login with the credential of this grant. It may have been changed or run out; ask an administrator to check the target.`,
      { cause: error },
    );
  }
  return new SallyportError(
    'target-unreachable',
    isReached
      ? `${nameOf(hop)} was reached, but there was no login: ${error.message}. Connect again; if it stays, ask an administrator to check the SSH server there.`
      : `${nameOf(hop)} could not be reached by SSH: ${error.message}. Check the network and that the host is up, then connect again.`,
    { cause: error },
  );
}

function nameOf(hop: Ssh2Hop): string {
  return `${hop.host}:${String(hop.port)}`;
}
