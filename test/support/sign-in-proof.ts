import { createPrivateKey } from 'node:crypto';
import { CompactSign } from 'jose';
import { SIGN_IN_TYP } from '../../contract/sign-in.ts';

/** Proof that a device key finishes a sign-in, written after contract/sign-in.ts only. */
export function proofOf(
  { privateKeyPem }: { readonly privateKeyPem: string },
  signIn: string,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ signIn })))
    .setProtectedHeader({ alg: 'EdDSA', typ: SIGN_IN_TYP })
    .sign(createPrivateKey(privateKeyPem));
}
