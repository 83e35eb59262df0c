import { createHash, createPublicKey, verify } from 'node:crypto';
import type { ChainCrypto } from '../../core/recording/chain-crypto.ts';

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
