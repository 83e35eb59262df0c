import { z } from 'zod';
import { EnrolAnswer, EnrolInput } from './server-api.ts';

/**
 * Signing in through an identity provider. The server is the relying party and keeps the verifier, the nonce and the device code; the client
 * brings a device key, opens the browser, and takes the answer at a loopback address of its own (RFC 8252, PKCE by RFC 7636), or shows a code that
 * is typed on another machine (RFC 8628). Nothing of the provider's tokens reaches the client.
 */

/** `provider` null: this server knows local accounts only, which enrol with one-time codes. */
export const SignInOffer = z.object({
  provider: z.object({ name: z.string(), hasDeviceFlow: z.boolean() }).nullable(),
});
export type SignInOffer = z.infer<typeof SignInOffer>;

const device = {
  deviceName: EnrolInput.shape.deviceName,
  devicePublicKey: EnrolInput.shape.devicePublicKey,
};
export const StartSignInInput = z.discriminatedUnion('flow', [
  z.strictObject({
    flow: z.literal('browser'),
    ...device,
    redirectUri: z
      .string()
      .regex(
        /^http:\/\/(?:127\.0\.0\.1|\[::1\]):\d{1,5}\/sign-in$/,
        'must be http://127.0.0.1:PORT/sign-in, the loopback address of the client',
      ),
  }),
  z.strictObject({ flow: z.literal('device'), ...device }),
]);
export type StartSignInInput = z.infer<typeof StartSignInInput>;

export const StartedSignIn = z.object({
  id: z.string(),
  /** where the person goes on: the provider's page */
  url: z.string(),
  /** to be compared, or typed there; null in the browser flow */
  userCode: z.string().nullable(),
  expiresAtMs: z.number(),
});
export type StartedSignIn = z.infer<typeof StartedSignIn>;

/** Proof that who finishes holds the device key of who started: compact JWS by that key, claims `{ signIn }`. */
export const SIGN_IN_TYP = 'sallyport-sign-in+jwt';
export const FinishSignInInput = z.strictObject({
  proof: z.string().max(4000),
  /** the query that came back to the redirect address; only in the browser flow */
  callback: z.string().max(8000).optional(),
});
export type FinishSignInInput = z.infer<typeof FinishSignInInput>;

export const SignInAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), waitMs: z.number().positive() }),
  z.object({ state: z.literal('done'), enrolment: EnrolAnswer }),
]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;
