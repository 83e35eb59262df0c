import type { JSONWebKeySet } from 'jose';
import { compactVerify, createLocalJWKSet } from 'jose';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import { LEASE_TYP, TIME_TYP } from '../../contract/server-api.ts';
import { CHECKPOINT_TYP, LogCheckpoint } from '../../contract/transparency.ts';

/** A lease that the server signed for this device. Server time, milliseconds. */
export interface Lease {
  readonly nowMs: number;
  readonly untilMs: number;
}

const LeaseClaims = z.object({ sub: z.string(), now: z.number(), until: z.number() });
const TimeClaims = z.object({ now: z.number(), nonce: z.string().optional() });

/** Throws `not-allowed` where the lease is not by a pinned key, not a lease, or for another device. */
export async function verifyLease(
  jws: string,
  options: { readonly jwks: JSONWebKeySet; readonly deviceId: string },
): Promise<Lease> {
  const claims = await verifyStatement(jws, { jwks: options.jwks, typ: LEASE_TYP, schema: LeaseClaims });
  if (claims.sub !== options.deviceId) throw notBelieved();
  return { nowMs: claims.now, untilMs: claims.until };
}

/** Signed server time in milliseconds. Throws `not-allowed` where it is not by a pinned key, or an answer to another question. */
export async function verifyTime(
  jws: string,
  expected: { readonly jwks: JSONWebKeySet; readonly nonce: string },
): Promise<number> {
  const { now, nonce } = await verifyStatement(jws, {
    jwks: expected.jwks,
    typ: TIME_TYP,
    schema: TimeClaims,
  });
  if (nonce !== expected.nonce) throw notBelieved();
  return now;
}

/** A checkpoint of the server's log. Throws `not-allowed` where it is not by a pinned key. */
export async function verifyCheckpoint(jws: string, jwks: JSONWebKeySet): Promise<LogCheckpoint> {
  return verifyStatement(jws, { jwks, typ: CHECKPOINT_TYP, schema: LogCheckpoint });
}

async function verifyStatement<T>(
  jws: string,
  expected: { readonly jwks: JSONWebKeySet; readonly typ: string; readonly schema: z.ZodType<T> },
): Promise<T> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(expected.jwks), {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    if (protectedHeader.typ === expected.typ)
      return expected.schema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw notBelieved(cause);
  }
  throw notBelieved();
}

function notBelieved(cause?: unknown): SallyportError {
  return new SallyportError(
    'not-allowed',
    'What the server said is not signed by the key that this client knows. If the server was set up anew, enrol again.',
    { cause },
  );
}
