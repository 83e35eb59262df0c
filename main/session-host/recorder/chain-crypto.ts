import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { ChainCrypto } from '../../../core/recording/chain-crypto.ts';

/** SHA-256 and Ed25519 of this process, for core/recording. */
export const CHAIN_CRYPTO: ChainCrypto = {
  createSha256() {
    const hash = createHash('sha256');
    return {
      update: bytes => void hash.update(bytes),
      digest: () => new Uint8Array(hash.digest()),
    };
  },
  verifyEd25519({ publicKey, message, signature }) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') };
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  },
};

export interface DeviceSigner {
  sign(message: Uint8Array): Uint8Array;
  /** raw 32 bytes as base64url, as it stands in a recording's header */
  readonly publicKey: string;
}

/** `privateKeyPem`: Ed25519, PKCS#8. */
export function createDeviceSigner(privateKeyPem: string): DeviceSigner {
  const key = createPrivateKey(privateKeyPem);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (key.asymmetricKeyType !== 'ed25519' || x === undefined)
    throw new TypeError('The device key must be an Ed25519 private key.');
  return { sign: message => new Uint8Array(sign(null, message, key)), publicKey: x };
}
