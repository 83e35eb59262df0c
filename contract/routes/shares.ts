import { z } from 'zod';
import { RecordingId } from '../ids.ts';
import { ShareInput, StoredShare } from '../recording-share.ts';
import { route } from './route.ts';

/** Recordings opened for reviewers whose keys they were not sealed to. */
export const SHARES_ROUTES = {
  createShare: route({
    about:
      'Opens a recording for one more recipient, by a reviewer who can read it. Sent again by the same device for the same recipient, a part replaces the one before.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/shares',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ShareInput,
    output: StoredShare,
  }),
  listShares: route({
    about: 'Shares of a recording.',
    refusals: ['not-allowed', 'not-found'],
    method: 'GET',
    path: '/v1/recordings/:id/shares',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    output: z.object({ shares: z.array(StoredShare) }),
  }),
  readShare: route({
    about: 'One part of a share.',
    refusals: ['not-allowed', 'not-found'],
    method: 'GET',
    path: '/v1/recordings/:id/shares/:shareId',
    proof: 'device',
    params: z.strictObject({ id: RecordingId, shareId: z.string().min(1).max(64) }),
    output: z.object({ sealed: z.string() }),
  }),
} as const;
