import { z } from 'zod';
import { Evidence } from '../evidence.ts';
import { RecordingId } from '../ids.ts';
import { ReasonInput, RecordingSummary, RetentionInput } from '../server-api.ts';
import { List, route } from './route.ts';

/** Recordings; their bytes have routes of their own. */
export const RECORDINGS_ROUTES = {
  listRecordings: route({
    about: 'Recordings, for reviewers and administrators. Newest first.',
    refusals: ['not-allowed'],
    method: 'GET',
    path: '/v1/recordings',
    proof: 'device',
    query: List,
    output: z.object({ recordings: z.array(RecordingSummary) }),
  }),
  holdRecording: route({
    about:
      'Holds a recording, for reviewers and administrators: keeps it from being deleted until the hold is lifted.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/hold',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  liftHold: route({
    about: 'Lifts a hold.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/hold/lift',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  retainRecording: route({
    about: 'For administrators: keeps it longer than its terms say, never shorter.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/retention',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: RetentionInput,
    output: RecordingSummary,
  }),
  deleteRecording: route({
    about:
      'For administrators: destroys the key, then the bytes, of one that was reviewed or whose time is over, that nobody holds, and that no flag or follow-up stands on.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/delete',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  scrubRecordings: route({
    about:
      'For administrators: reads stored recordings again, the named one or all, in the background; damage shows in the list and the log.',
    refusals: ['not-allowed', 'not-found'],
    method: 'POST',
    path: '/v1/recordings/scrub',
    proof: 'device',
    input: z.strictObject({ recordingId: RecordingId.optional() }),
    output: z.object({ queued: z.int() }),
  }),
  recordingEvidence: route({
    about:
      'What proves a recording: grant, receipts and log proofs, for a bundle that is checked without the server.',
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'GET',
    path: '/v1/recordings/:id/evidence',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    output: Evidence,
  }),
} as const;
