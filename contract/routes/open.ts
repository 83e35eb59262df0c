import { z } from 'zod';
import { SshAuthorities } from '../server-administration.ts';
import { route } from './route.ts';

const Alive = z.object({ ok: z.literal(true) });

/** What anybody may ask for. */
export const OPEN_ROUTES = {
  /** answers as soon as the process serves */
  health: route({ method: 'GET', path: '/healthz', proof: 'none', output: Alive }),
  /** answers 503 while the database cannot be reached */
  ready: route({ method: 'GET', path: '/readyz', proof: 'none', output: Alive }),
  jwks: route({
    method: 'GET',
    path: '/v1/jwks',
    proof: 'none',
    output: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
  }),
  /** signed server time: a compact JWS (TIME_TYP) */
  time: route({ method: 'GET', path: '/v1/time', proof: 'none', output: z.object({ time: z.string() }) }),
  sshAuthorities: route({
    method: 'GET',
    path: '/v1/ssh-authorities',
    proof: 'none',
    output: SshAuthorities,
  }),
} as const;
