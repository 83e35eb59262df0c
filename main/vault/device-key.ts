import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';

/** An Ed25519 key of a device: signs proofs, checkpoints and the ends of recordings. */
export interface DeviceKey {
  /** PKCS#8 PEM */
  readonly privateKeyPem: string;
  /** raw 32 bytes, base64url (the `x` of RFC 8037) */
  readonly publicKey: string;
}

const PublicJwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() });

export function generateDeviceKey(): DeviceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return parseDeviceKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** Throws where the text is no Ed25519 key in PKCS#8 PEM. */
export function parseDeviceKey(privateKeyPem: string): DeviceKey {
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem)).export({ format: 'jwk' });
  return { privateKeyPem, publicKey: PublicJwk.parse(publicKey).x };
}
