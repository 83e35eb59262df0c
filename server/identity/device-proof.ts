import { createHash, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
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
  /** public key (Ed25519) of a device that was enrolled, also where it was revoked since; else null */
  readonly findDeviceKey: (id: DeviceId) => Promise<KeyObject | null>;
  /** Notes the proof as used until then; false when it was used before. */
  readonly useOnce: (proof: UsedProof) => Promise<boolean>;
}

export interface UsedProof {
  readonly hash: string;
  readonly expiresAtMs: number;
  readonly deviceId: DeviceId;
}

export type ProofResult =
  | { readonly kind: 'proven'; readonly deviceId: DeviceId }
  /** `isClock`: the time in the proof is off, and nothing else is known to be wrong; `deviceId`: whose signature fits, else null */
  | {
      readonly kind: 'refused';
      readonly reason: string;
      readonly isClock: boolean;
      readonly deviceId: DeviceId | null;
    };

/** What an extension of JWS would need (`crit`, RFC 7515 section 4.1.11) is not known here. */
const ProofHeader = z.object({
  alg: z.literal('EdDSA'),
  typ: z.literal(PROOF_TYP),
  crit: z.undefined().optional(),
});

const ProofClaims = z.strictObject({
  sub: DeviceId,
  aud: z.string(),
  htm: z.string(),
  htp: z.string(),
  jti: z.string().min(8).max(128),
  iat: z.number(),
});

/** The scheme and a compact JWS; bounded, since it is read before anybody is known. */
const AUTHORIZATION = /^Sallyport ([A-Za-z0-9_-]{1,1000})\.([A-Za-z0-9_-]{1,6000})\.([A-Za-z0-9_-]{1,200})$/;

/**
 * Verifies the proof of possession of a device key (contract/server-api.ts, PROOF_TYP; after DPoP, RFC 9449, section 4.3).
 * The signature is checked before anything that would tell a stranger what is known here.
 */
export async function verifyDeviceProof(
  request: ProvenRequest,
  expected: ProofExpectations,
): Promise<ProofResult> {
  const parts = AUTHORIZATION.exec(request.authorization ?? '');
  if (parts === null) return refused('The request has no device proof. Enrol this device first.', null);
  const [, header = '', payload = '', signature = ''] = parts;
  const claims = claimsOf(header, payload);
  const key = claims === null ? null : await expected.findDeviceKey(claims.sub);
  if (claims === null || key === null || !isSigned(key, `${header}.${payload}`, signature)) {
    return refused(
      'The device proof is not valid: the device is unknown or revoked, or its signature does not fit.',
      null,
    );
  }
  const { sub: deviceId } = claims;
  if (claims.aud !== expected.audience)
    return refused('The device proof was made for another server.', deviceId);
  if (claims.htm !== request.method || claims.htp !== request.path) {
    return refused('The device proof was made for another request.', deviceId);
  }
  if (Math.abs(claims.iat - expected.nowMs / 1000) > PROOF_WINDOW_S) {
    const reason = 'The device proof is too old or from the future: ask the server for its time.';
    return { kind: 'refused', isClock: true, reason, deviceId };
  }
  // Remembered for as long as the window would accept it again.
  const expiresAtMs = Math.ceil((claims.iat + PROOF_WINDOW_S + 1) * 1000);
  const hash = createHash('sha256').update(`${deviceId}\n${claims.jti}`).digest('base64url');
  if (!(await expected.useOnce({ hash, expiresAtMs, deviceId }))) {
    return refused('The device proof was used before. Make a new one for every request.', deviceId);
  }
  return { kind: 'proven', deviceId };
}

/** Null where they are not those of a proof. */
function claimsOf(header: string, payload: string): z.infer<typeof ProofClaims> | null {
  try {
    const [head, claims] = [header, payload].map(
      part => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown,
    );
    if (!ProofHeader.safeParse(head).success) return null;
    return ProofClaims.safeParse(claims).data ?? null;
  } catch {
    return null;
  }
}

/** RFC 8037, section 3.1. At once, and not in a thread as WebCrypto verifies: the way there costs more than the 60 µs of the check. */
function isSigned(key: KeyObject, input: string, signature: string): boolean {
  return verify(null, Buffer.from(input), key, Buffer.from(signature, 'base64url'));
}

function refused(reason: string, deviceId: DeviceId | null): ProofResult {
  return { kind: 'refused', reason, isClock: false, deviceId };
}
