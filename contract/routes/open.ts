import { z } from 'zod';
import { SshAuthorities } from '../server-administration.ts';
import { route } from './route.ts';

const Alive = z.object({ ok: z.literal(true) });

/** What anybody may ask for. */
export const OPEN_ROUTES = {
  health: route({
    about: 'Answers as soon as the process serves.',
    refusals: [],
    method: 'GET',
    path: '/healthz',
    proof: 'none',
    output: Alive,
  }),
  ready: route({
    about:
      'Answers 503 while the database or the storage of recordings cannot be reached, and while the server is ending.',
    refusals: [],
    method: 'GET',
    path: '/readyz',
    proof: 'none',
    output: Alive,
  }),
  jwks: route({
    about: 'The public keys that verify what this server signs (JWK set, RFC 7517).',
    refusals: [],
    method: 'GET',
    path: '/v1/jwks',
    proof: 'none',
    output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  }),
  time: route({
    about:
      'Signed server time: a compact JWS (typ sallyport-time+jwt). It repeats the nonce, so that whoever asks knows that it is no older answer.',
    refusals: [],
    method: 'GET',
    path: '/v1/time',
    proof: 'none',
    query: z.strictObject({
      nonce: z
        .string()
        .regex(/^[\w-]{16,64}$/)
        .optional(),
    }),
    output: z.object({ time: z.string() }),
  }),
  sshAuthorities: route({
    about: 'The authorities that sign SSH user and host certificates, as lines for OpenSSH.',
    refusals: [],
    method: 'GET',
    path: '/v1/ssh-authorities',
    proof: 'none',
    output: SshAuthorities,
  }),
  openApi: route({
    about: 'This description of the interface (OpenAPI 3.1).',
    refusals: [],
    method: 'GET',
    path: '/openapi.json',
    proof: 'none',
    output: z.record(z.string(), z.unknown()),
  }),
  /**
   * For an sshd's `AuthorizedPrincipalsCommand`: the login, as a line of plain text, while the grant behind a certificate runs and is for that
   * login; else nothing. `certificate` is the certificate's key id (`%i`), `user` the login (`%u`).
   */
  sshPrincipals: route({
    about:
      "The login, as a line of plain text, while the grant behind an SSH certificate runs and is for that login; else nothing. For an sshd's AuthorizedPrincipalsCommand.",
    refusals: [],
    method: 'GET',
    path: '/v1/ssh-principals',
    proof: 'none',
    query: z.strictObject({ certificate: z.string().max(400), user: z.string().max(128) }),
    output: z.string(),
    answerType: 'text/plain',
  }),
} as const;
