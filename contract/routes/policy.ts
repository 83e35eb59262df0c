import { z } from 'zod';
import { AppliedPolicy, MAX_POLICY_LENGTH, PolicyReplayRow } from '../access-policy.ts';
import { limit, route } from './route.ts';

/** The access policy. It is changed where the server runs, never from here. */
export const POLICY_ROUTES = {
  /** null: none is set, and the terms of the targets decide */
  getPolicy: route({
    method: 'GET',
    path: '/v1/policy',
    proof: 'device',
    output: z.object({ policy: AppliedPolicy.nullable() }),
  }),
  /** what would have become of past requests under a policy, newest first; changes nothing */
  testPolicy: route({
    method: 'POST',
    path: '/v1/policy/test',
    proof: 'device',
    input: z.strictObject({ source: z.string().max(MAX_POLICY_LENGTH), limit }),
    output: z.object({ rows: z.array(PolicyReplayRow) }),
  }),
} as const;
