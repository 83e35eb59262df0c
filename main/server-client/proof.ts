import { createPrivateKey, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { PROOF_TYP } from '../../contract/server-api.ts';

export interface ProofSigner {
  /** The `Authorization` header for one request. `path` with its query; `nowMs` in server time, milliseconds. */
  authorize(method: string, path: string, nowMs: number): Promise<string>;
}

/** Signs a proof of possession per request (after DPoP, RFC 9449): bound to method, path and audience, usable once. */
export function createProofSigner(options: {
  readonly deviceId: string;
  readonly audience: string;
  readonly privateKeyPem: string;
}): ProofSigner {
  const key = createPrivateKey(options.privateKeyPem);
  return {
    async authorize(method, path, nowMs) {
      const proof = await new SignJWT({ htm: method, htp: path })
        .setProtectedHeader({ alg: 'EdDSA', typ: PROOF_TYP })
        .setSubject(options.deviceId)
        .setAudience(options.audience)
        .setJti(randomUUID())
        .setIssuedAt(Math.floor(nowMs / 1000))
        .sign(key);
      return `Sallyport ${proof}`;
    },
  };
}
