import { z } from 'zod';
import { FinishSignInInput, SignInAnswer, SignInOffer, StartedSignIn, StartSignInInput } from '../sign-in.ts';
import { route } from './route.ts';

/** Enrolling, and signing in again, through an identity provider (OpenID Connect). */
export const SIGN_IN_ROUTES = {
  signInOffer: route({
    about: 'Whether people sign in through an identity provider here, and which.',
    refusals: [],
    method: 'GET',
    path: '/v1/sign-in',
    proof: 'none',
    output: SignInOffer,
  }),
  startSignIn: route({
    about: 'Begins a sign-in through the identity provider.',
    refusals: ['not-found', 'not-signed-in'],
    method: 'POST',
    path: '/v1/sign-in',
    proof: 'none',
    input: StartSignInInput,
    output: StartedSignIn,
  }),
  finishSignIn: route({
    about:
      "Ends a sign-in: with what came back to the client's loopback address, or as a question whether the person is done; good once.",
    refusals: ['not-found', 'not-signed-in', 'not-allowed', 'conflict'],
    method: 'POST',
    path: '/v1/sign-in/:id/finish',
    proof: 'none',
    params: z.strictObject({ id: z.string().min(8).max(100) }),
    input: FinishSignInInput,
    output: SignInAnswer,
  }),
} as const;
