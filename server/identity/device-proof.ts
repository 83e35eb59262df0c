import { createHash, createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt } from 'jose';
import { z } from 'zod';
import { DeviceId } from '../../contract/ids.ts';
import { PROOF_TYP, PROOF_WINDOW_S } from '../../contract/server-api.ts';

/** What a request says of itself, to compare with what its proof says. */
export interface ProvenRequest {
  readonly authorization: string | undefined;
  readonly method: string;
  /** with query, as it stands in the request line */
  readonly path: string;
}

export interface ProofExpectations {
  readonly audience: string;
  readonly nowMs: number;
  /** raw Ed25519 public key (base64url) of a device that is enrolled and not revoked, else null */
  readonly findDeviceKey: (id: DeviceId) => Promise<string | null>;
  /** Notes the proof as used until then; false when it was used before. */
  readonly useOnce: (proofHash: string, expiresAtMs: number) => Promise<boolean>;
}

export type ProofResult =
  | { readonly kind: 'proven'; readonly deviceId: DeviceId }
  /** `isClock`: the time in the proof is off, and nothing else is known to be wrong */
  | { readonly kind: 'refused'; readonly reason: string; readonly isClock: boolean };

const ProofClaims = z.strictObject({
  sub: DeviceId,
  aud: z.string(),
  htm: z.string(),
  htp: z.string(),
  jti: z.string().min(8).max(128),
  iat: z.number(),
});

/** The scheme and a compact JWS; bounded, since it is read before anybody is known. */
const AUTHORIZATION = /^Sallyport ([A-Za-z0-9_-]{1,1000}\.[A-Za-z0-9_-]{1,6000}\.[A-Za-z0-9_-]{1,200})$/;

/**
 * Verifies the proof of possession of a device key (contract/server-api.ts, PROOF_TYP; after DPoP, RFC 9449, section 4.3).
 * The signature is checked before anything that would tell a stranger what is known here.
 */
export async function verifyDeviceProof(
  request: ProvenRequest,
  expected: ProofExpectations,
): Promise<ProofResult> {
  const proof = AUTHORIZATION.exec(request.authorization ?? '')?.[1];
  if (proof === undefined) return refused('The request has no device proof. Enrol this device first.');
  const claims = await verifiedClaims(proof, expected);
  if (claims === null) {
    return refused(
      'The device proof is not valid: the device is unknown or revoked, or its signature does not fit.',
    );
  }
  if (claims.aud !== expected.audience) return refused('The device proof was made for another server.');
  if (claims.htm !== request.method || claims.htp !== request.path) {
    return refused('The device proof was made for another request.');
  }
  if (Math.abs(claims.iat - expected.nowMs / 1000) > PROOF_WINDOW_S) {
    return {
      kind: 'refused',
      isClock: true,
      reason: 'The device proof is too old or from the future: ask the server for its time.',
    };
  }
  // Remembered for as long as the window would accept it again.
  const expiresAtMs = (claims.iat + PROOF_WINDOW_S + 1) * 1000;
  const hash = createHash('sha256').update(`${claims.sub}\n${claims.jti}`).digest('base64url');
  if (!(await expected.useOnce(hash, Math.ceil(expiresAtMs)))) {
    return refused('The device proof was used before. Make a new one for every request.');
  }
  return { kind: 'proven', deviceId: claims.sub };
}

async function verifiedClaims(
  proof: string,
  expected: ProofExpectations,
): Promise<z.infer<typeof ProofClaims> | null> {
  try {
    const claims = ProofClaims.parse(decodeJwt(proof));
    const x = await expected.findDeviceKey(claims.sub);
    if (x === null) return null;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const { protectedHeader } = await compactVerify(proof, key, { algorithms: ['EdDSA'] });
    return protectedHeader.typ === PROOF_TYP ? claims : null;
  } catch (error) {
    if (isOfTheProof(error)) return null;
    throw error;
  }
}

/** What a bad proof makes the parsers throw, as against a database that cannot be reached. */
function isOfTheProof(error: unknown): boolean {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_JW') || code.startsWith('ERR_JOSE') || code.startsWith('ERR_CRYPTO');
}

function refused(reason: string): ProofResult {
  return { kind: 'refused', reason, isClock: false };
}
