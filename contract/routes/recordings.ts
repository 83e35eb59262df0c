import { z } from 'zod';
import { Evidence } from '../evidence.ts';
import { RecordingId } from '../ids.ts';
import { ReasonInput, RecordingSummary, RetentionInput } from '../server-api.ts';
import { List, route } from './route.ts';

/** Recordings; their bytes have routes of their own. */
export const RECORDINGS_ROUTES = {
  /** reviewers and administrators. Newest first. */
  listRecordings: route({
    method: 'GET',
    path: '/v1/recordings',
    proof: 'device',
    query: List,
    output: z.object({ recordings: z.array(RecordingSummary) }),
  }),
  /** reviewers and administrators: keeps it from being deleted until the hold is lifted */
  holdRecording: route({
    method: 'POST',
    path: '/v1/recordings/:id/hold',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  liftHold: route({
    method: 'POST',
    path: '/v1/recordings/:id/hold/lift',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  /** administrators: keeps it longer than its terms say, never shorter */
  retainRecording: route({
    method: 'POST',
    path: '/v1/recordings/:id/retention',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: RetentionInput,
    output: RecordingSummary,
  }),
  /** administrators: destroys the key, then the bytes, of one that was reviewed or whose time is over, and that nobody holds */
  deleteRecording: route({
    method: 'POST',
    path: '/v1/recordings/:id/delete',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    input: ReasonInput,
    output: RecordingSummary,
  }),
  /** administrators: reads stored recordings again, the named one or all, in the background; damage shows in the list and the log */
  scrubRecordings: route({
    method: 'POST',
    path: '/v1/recordings/scrub',
    proof: 'device',
    input: z.strictObject({ recordingId: RecordingId.optional() }),
    output: z.object({ queued: z.int() }),
  }),
  recordingEvidence: route({
    method: 'GET',
    path: '/v1/recordings/:id/evidence',
    proof: 'device',
    params: z.strictObject({ id: RecordingId }),
    output: Evidence,
  }),
} as const;
