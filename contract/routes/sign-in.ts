import { z } from 'zod';
import { FinishSignInInput, SignInAnswer, SignInOffer, StartedSignIn, StartSignInInput } from '../sign-in.ts';
import { route } from './route.ts';

/** Enrolling, and signing in again, through an identity provider (OpenID Connect). */
export const SIGN_IN_ROUTES = {
  signInOffer: route({ method: 'GET', path: '/v1/sign-in', proof: 'none', output: SignInOffer }),
  startSignIn: route({
    method: 'POST',
    path: '/v1/sign-in',
    proof: 'none',
    input: StartSignInInput,
    output: StartedSignIn,
  }),
  /** with what came back to the client's loopback address, or as a question whether the person is done; good once */
  finishSignIn: route({
    method: 'POST',
    path: '/v1/sign-in/:id/finish',
    proof: 'none',
    params: z.strictObject({ id: z.string().min(8).max(100) }),
    input: FinishSignInInput,
    output: SignInAnswer,
  }),
} as const;
