import type { KeyObject } from 'node:crypto';
import { createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { SallyportError } from '../../../contract/errors.ts';
import { readSshString, sshString, sshUint32 } from './ssh-wire.ts';

const ALGORITHM = 'ssh-ed25519';

/** An Ed25519 key of a session and, where there is one, its user certificate. The private key stays in memory. */
export interface SshIdentity {
  /** what is offered to the server: the certificate, else the public key; wire format */
  readonly offeredBlob: Buffer;
  readonly publicBlob: Buffer;
  /** RFC 8709 signature, wire format */
  sign(bytes: Uint8Array): Buffer;
  /** unencrypted `openssh-key-v1` PEM, for ssh2, which reads no PKCS#8; never to be written to disk */
  toOpensshPem(): string;
}

/**
 * Reads an Ed25519 private key (PKCS#8 or openssh-key-v1 PEM, not encrypted) and the certificate that belongs to it
 * (`ssh-ed25519-cert-v01@openssh.com AAAA…`). Throws `credential-refused` when they are not that.
 */
export function readSshIdentity(privateKeyPem: string, certificate: string | null): SshIdentity {
  const key = readPrivateKey(privateKeyPem);
  const publicBlob = Buffer.concat([sshString(ALGORITHM), sshString(rawPublicKey(key))]);
  const offeredBlob = certificate === null ? publicBlob : readCertificate(certificate);
  return {
    offeredBlob,
    publicBlob,
    sign: bytes => Buffer.concat([sshString(ALGORITHM), sshString(sign(null, bytes, key))]),
    toOpensshPem: () => formatOpensshPem(key, publicBlob),
  };
}

function readPrivateKey(pem: string): KeyObject {
  try {
    const key = pem.includes('BEGIN OPENSSH PRIVATE KEY') ? readOpensshPem(pem) : createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: the reason of a parser could quote the key.
  }
  throw new SallyportError(
    'credential-refused',
    'The key of this session is not an unencrypted Ed25519 private key. This is a fault of the client: connect again, and report it if it stays.',
  );
}

function readCertificate(line: string): Buffer {
  const [type, base64] = line.trim().split(/\s+/);
  const blob = Buffer.from(base64 ?? '', 'base64');
  if (type === `${ALGORITHM}-cert-v01@openssh.com` && readSshString(blob, 0)?.value.toString() === type) {
    return blob;
  }
  throw new SallyportError(
    'credential-refused',
    'The server did not answer with an OpenSSH certificate for an Ed25519 key. Ask an administrator to check the target.',
  );
}

function rawPublicKey(key: KeyObject): Buffer {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(jwk.x ?? '', 'base64url');
}

function rawSeed(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url');
}

/** PROTOCOL.key of OpenSSH: the secret part is 32 bytes of seed and 32 of public key. */
function readOpensshPem(pem: string): KeyObject {
  const bytes = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  let offset = 'openssh-key-v1\0'.length;
  const read = (from: Buffer): Buffer => {
    const found = readSshString(from, offset);
    if (found === null) throw new Error('cut off');
    offset = found.next;
    return found.value;
  };
  if (read(bytes).toString() !== 'none') throw new Error('encrypted');
  read(bytes);
  read(bytes);
  offset += 4;
  read(bytes);
  const secret = read(bytes);
  offset = 8;
  if (read(secret).toString() !== ALGORITHM) throw new Error('another algorithm');
  const x = read(secret);
  const d = read(secret).subarray(0, 32);
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url'), d: d.toString('base64url') },
  });
}

function formatOpensshPem(key: KeyObject, publicBlob: Buffer): string {
  const check = randomBytes(4);
  const publicKey = rawPublicKey(key);
  const secret = [
    check,
    check,
    publicBlob,
    sshString(Buffer.concat([rawSeed(key), publicKey])),
    sshString('sallyport'),
  ];
  const length = secret.reduce((sum, part) => sum + part.length, 0);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (length % 8)) % 8));
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    sshUint32(1),
    sshString(publicBlob),
    sshString(Buffer.concat([...secret, padding])),
  ]);
  const lines = body.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}
