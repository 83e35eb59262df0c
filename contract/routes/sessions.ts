import { z } from 'zod';
import { GrantId, SessionId } from '../ids.ts';
import { SessionInput, SuspendInput } from '../server-administration.ts';
import { SessionRecord, SessionReport } from '../server-api.ts';
import { limit, route } from './route.ts';

/** Sessions, as their clients report them. */
export const SESSIONS_ROUTES = {
  listSessions: route({
    about:
      'Own sessions; approvers, reviewers and administrators get all. Newest first. `chain`: those under a grant that extends none, or under one that extends it.',
    refusals: [],
    method: 'GET',
    path: '/v1/sessions',
    proof: 'device',
    query: z.strictObject({
      limit,
      running: z.enum(['true', 'false']).optional(),
      chain: GrantId.optional(),
    }),
    output: z.object({ sessions: z.array(SessionRecord) }),
  }),
  createSession: route({
    about: 'Opens a session under a running grant.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'grant-expired', 'grant-revoked'],
    method: 'POST',
    path: '/v1/sessions',
    proof: 'device',
    input: SessionInput,
    output: SessionRecord,
  }),
  reportSession: route({
    about:
      'What a session has shown and why it is locked. A report with an endCause ends the session; reports after that are a conflict.',
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/sessions/:id/report',
    proof: 'device',
    params: z.strictObject({ id: SessionId }),
    input: SessionReport,
    output: SessionRecord,
  }),
  suspendSession: route({
    about: 'Locks a running session, or lifts that lock. For approvers.',
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/sessions/:id/suspend',
    proof: 'device',
    params: z.strictObject({ id: SessionId }),
    input: SuspendInput,
    output: SessionRecord,
  }),
  liftBudget: route({
    about:
      "Opens a session that locked itself because it showed more than its budget: another budget's worth from now on.",
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/sessions/:id/lift',
    proof: 'device',
    params: z.strictObject({ id: SessionId }),
    output: SessionRecord,
  }),
} as const;
