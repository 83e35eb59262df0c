import { compactVerify, importJWK } from 'jose';
import { z } from 'zod';

/** What the makers sign of a release: its version and the SHA-512 (base64) of each file. `scripts/sign-update.ts` writes it. */
export const SignedRelease = z.object({
  kind: z.literal('sallyport-release'),
  version: z.string(),
  files: z.array(z.object({ name: z.string(), sha512: z.string() })).min(1),
});
export type SignedRelease = z.infer<typeof SignedRelease>;

/** Where in the feed the signature of a version lies. */
export const releaseFile = (version: string): string => `release-${version}.jws`;

/** What a feed offers, as electron-updater read it: nobody vouches for it. */
export interface OfferedUpdate {
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha512: string }[];
}

/** The content of a compact JWS that one of the keys has signed (RFC 7515, RFC 8037); null for any other text. */
export async function verifyRelease(jws: string, keys: readonly string[]): Promise<SignedRelease | null> {
  for (const x of keys) {
    try {
      const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
      const { payload } = await compactVerify(jws.trim(), key, { algorithms: ['EdDSA', 'Ed25519'] });
      return SignedRelease.parse(JSON.parse(new TextDecoder().decode(payload)));
    } catch {
      // not this key's, or not of this form: the next key may fit
    }
  }
  return null;
}

/** Whether everything that would be downloaded is what was signed, under the version that was signed. */
export function isOffered({ version, files }: OfferedUpdate, signed: SignedRelease): boolean {
  return (
    version === signed.version &&
    files.length > 0 &&
    files.every(({ url, sha512 }) => signed.files.some(file => file.name === url && file.sha512 === sha512))
  );
}
