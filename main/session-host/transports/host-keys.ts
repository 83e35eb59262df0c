import { createHash } from 'node:crypto';
import { SallyportError } from '../../../contract/errors.ts';
import type { HostTrust } from '../../../contract/grant.ts';

/** A public key of a host, as in an OpenSSH public key line (`ssh-ed25519 AAAA… comment`). */
export interface HostKey {
  readonly type: string;
  /** wire format, RFC 4253 section 6.6 */
  readonly blob: Buffer;
}

/** Parses a public key line; throws `bad-input` when it is none. Everything but type and key is dropped. */
export function parseHostKey(line: string): HostKey {
  const [type, base64] = line.trim().split(/\s+/);
  const blob = Buffer.from(base64 ?? '', 'base64');
  if (type === undefined || blob.length < 8 || readType(blob) !== type) {
    throw new SallyportError(
      'bad-input',
      'A pinned host key of this target is not an OpenSSH public key line ("ssh-ed25519 AAAA…"). Ask an administrator to correct the target.',
    );
  }
  return { type, blob };
}

/** `type base64`, ready for a known_hosts file. */
export function formatHostKey(key: HostKey): string {
  return `${key.type} ${key.blob.toString('base64')}`;
}

/** As `ssh-keygen -l` prints it: `SHA256:` and unpadded base64. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/**
 * The refusal of a host whose key is not the trusted one, with both fingerprints: `host-key-unknown` when nothing is pinned for it,
 * else `host-key-changed`.
 */
export function hostKeyRefusal(host: string, trust: HostTrust, presented: string | null): SallyportError {
  const shown = presented ?? 'a key that could not be read';
  const pinned = trust.pinnedKeys.map(line => fingerprintOf(parseHostKey(line).blob));
  const signers = trust.hostCaKeys.map(line => `a certificate by ${fingerprintOf(parseHostKey(line).blob)}`);
  const expected = [...pinned, ...signers];
  if (expected.length === 0) {
    return new SallyportError(
      'host-key-unknown',
      `No host key is pinned for ${host}, so nothing shows that this is the right host. Expected: none. Presented: ${shown}. ` +
        'Ask an administrator to compare this fingerprint with the host and to pin the key.',
    );
  }
  return new SallyportError(
    'host-key-changed',
    `${host} presented another host key than the pinned one; the connection may be intercepted. Expected: ${expected.join(' or ')}. ` +
      `Presented: ${shown}. Do not connect until an administrator has found out why; if the host was set up anew, they pin its new key.`,
  );
}

function readType(blob: Buffer): string {
  const length = blob.readUInt32BE(0);
  return blob.subarray(4, 4 + length).toString('latin1');
}
