import { generateKeyPairSync } from 'node:crypto';

export interface SshKey {
  /** PKCS#8 PEM */
  readonly privateKeyPem: string;
  /** `ssh-ed25519 AAAA…` */
  readonly publicKey: string;
}

/** A new Ed25519 key as a client makes one for a session (wire format: RFC 8709 section 4). */
export function createSshKey(): SshKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const text = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = Buffer.concat([text(Buffer.from('ssh-ed25519')), text(raw)]);
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: `ssh-ed25519 ${blob.toString('base64')}`,
  };
}
