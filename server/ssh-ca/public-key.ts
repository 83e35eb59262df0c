import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SallyportError } from '../../contract/errors.ts';
import { createWireWriter, readStrings } from './ssh-wire.ts';

const TYPE = 'ssh-ed25519';
const KEY_BYTES = 32;

/**
 * The 32 bytes of an OpenSSH public key line (`ssh-ed25519 AAAA… comment`). Throws `bad-input` for anything else: other kinds of
 * keys are not certified here.
 */
export function parsePublicKeyLine(line: string): Uint8Array {
  const [type, base64] = line.trim().split(/\s+/);
  const strings = type === TYPE && base64 !== undefined ? readStrings(Buffer.from(base64, 'base64')) : null;
  const [innerType, key] = strings ?? [];
  const isWhole = strings?.length === 2 && key?.length === KEY_BYTES;
  if (!isWhole || innerType === undefined || Buffer.from(innerType).toString() !== TYPE) {
    throw new SallyportError(
      'bad-input',
      'The SSH public key must be one line of an Ed25519 key: "ssh-ed25519 AAAA…".',
    );
  }
  return key;
}

/** An Ed25519 key's public half in SSH's wire format (RFC 8709, section 4). */
export function publicKeyBlob(key: KeyObject): Uint8Array {
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  if (x === undefined) throw new Error('An Ed25519 key has an x.');
  return createWireWriter().string(TYPE).string(Buffer.from(x, 'base64url')).bytes();
}

/** `key`: private or public. The line for `TrustedUserCAKeys`, or after `@cert-authority` in known_hosts. */
export function publicKeyLine(key: KeyObject, comment: string): string {
  return `${TYPE} ${Buffer.from(publicKeyBlob(key)).toString('base64')} ${comment}`;
}
