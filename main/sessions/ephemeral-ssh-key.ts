import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A key pair that lives as long as one session, in memory only. */
export interface EphemeralSshKey {
  /** `ssh-ed25519 AAAA…` */
  readonly publicKeyLine: string;
  /** in the format of OpenSSH (PROTOCOL.key), which `ssh` and ssh2 both read */
  readonly privateKeyPem: string;
}

const PrivateJwk = z.object({ crv: z.literal('Ed25519'), x: z.string(), d: z.string() });
const TYPE = 'ssh-ed25519';
/** The block size of cipher "none". */
const BLOCK_BYTES = 8;

export function generateEphemeralSshKey(): EphemeralSshKey {
  const jwk = PrivateJwk.parse(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));
  const publicBytes = Buffer.from(jwk.x, 'base64url');
  const seed = Buffer.from(jwk.d, 'base64url');
  const publicBlob = Buffer.concat([field(TYPE), field(publicBytes)]);
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    publicBlob,
    field(Buffer.concat([seed, publicBytes])),
    field('sallyport session'),
  ]);
  const paddingBytes = (BLOCK_BYTES - (secret.length % BLOCK_BYTES)) % BLOCK_BYTES;
  const padding = Buffer.from(Array.from({ length: paddingBytes }, (_, n) => n + 1));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'),
    field('none'),
    field('none'),
    field(''),
    uint32(1),
    field(publicBlob),
    field(Buffer.concat([secret, padding])),
  ]);
  const body = whole.toString('base64').replace(/.{1,70}/g, '$&\n');
  return {
    publicKeyLine: `${TYPE} ${publicBlob.toString('base64')}`,
    privateKeyPem: `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}-----END OPENSSH PRIVATE KEY-----\n`,
  };
}

/** A `string` of RFC 4251: length, then bytes. */
function field(content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
