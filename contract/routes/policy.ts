import { z } from 'zod';
import { AppliedPolicy, MAX_POLICY_LENGTH, PolicyReplayRow } from '../access-policy.ts';
import { limit, route } from './route.ts';

/** The access policy. It is changed where the server runs, never from here. */
export const POLICY_ROUTES = {
  getPolicy: route({
    about: 'The access policy in force; null: none is set, and the terms of the targets decide.',
    refusals: ['not-allowed'],
    method: 'GET',
    path: '/v1/policy',
    proof: 'device',
    output: z.object({ policy: AppliedPolicy.nullable() }),
  }),
  testPolicy: route({
    about: 'What would have become of past requests under a policy, newest first; changes nothing.',
    refusals: ['not-allowed'],
    method: 'POST',
    path: '/v1/policy/test',
    proof: 'device',
    input: z.strictObject({ source: z.string().max(MAX_POLICY_LENGTH), limit }),
    output: z.object({ rows: z.array(PolicyReplayRow) }),
  }),
} as const;
