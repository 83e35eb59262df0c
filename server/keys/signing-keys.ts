import { createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { JWK } from 'jose';

/** Signs what clients verify against the published keys (JWS, RFC 7515; EdDSA, RFC 8037; `kid` is the RFC 7638 thumbprint). */
export interface SigningKeys {
  /** Compact JWS of the claims, by the newest key. */
  sign(typ: string, claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** As `sign`, and the header brings the public key along (`jwk`, RFC 7515 section 4.1.3): for what is checked without the server. */
  signWithKey(typ: string, claims: Readonly<Record<string, unknown>>): Promise<string>;
  readonly jwks: { readonly keys: readonly JWK[] };
}

/** `keys`: Ed25519 private keys, the one that signs last. */
export async function createSigningKeys(keys: readonly KeyObject[]): Promise<SigningKeys> {
  const newest = keys.at(-1);
  if (newest === undefined) throw new Error('There must be a key to sign with.');
  const published = await Promise.all(keys.map(publicJwk));
  const kid = published.at(-1)?.kid ?? '';
  const jwk = await exportJWK(createPublicKey(newest));
  /** At once, and not in a thread as WebCrypto signs: a server with ten thousand streams signs 2,500 leases a second, at 40 µs each. */
  const signed = (claims: Readonly<Record<string, unknown>>, header: { typ: string; jwk?: JWK }) => {
    const encoded = [{ alg: 'EdDSA', kid, ...header }, claims].map(part =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const input = encoded.join('.');
    return Promise.resolve(`${input}.${sign(null, Buffer.from(input), newest).toString('base64url')}`);
  };
  return {
    sign: (typ, claims) => signed(claims, { typ }),
    signWithKey: (typ, claims) => signed(claims, { typ, jwk }),
    jwks: { keys: published },
  };
}

async function publicJwk(key: KeyObject): Promise<JWK & { kid: string }> {
  const jwk = await exportJWK(createPublicKey(key));
  return { ...jwk, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}
