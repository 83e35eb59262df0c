/** The two primitives that the chain needs, handed in because this folder has no Node: SHA-256 and Ed25519 (RFC 8032). */
export interface ChainCrypto {
  createSha256(): Sha256;
  /** False for a wrong signature and for a key or signature of wrong length; never throws. */
  verifyEd25519(check: SignatureCheck): boolean;
}

export interface Sha256 {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

export interface SignatureCheck {
  /** raw, 32 bytes */
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  /** 64 bytes */
  readonly signature: Uint8Array;
}

export function sha256(crypto: ChainCrypto, bytes: Uint8Array): Uint8Array {
  const hash = crypto.createSha256();
  hash.update(bytes);
  return hash.digest();
}
