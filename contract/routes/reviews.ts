import { z } from 'zod';
import { RecordingId } from '../ids.ts';
import {
  CommentInput,
  LiftInput,
  RecordingProgress,
  RecordingReview,
  StoredComment,
  WatchedInput,
} from '../recording-review.ts';
import { RecordingSummary, ReviewInput } from '../server-api.ts';
import { route } from './route.ts';

const params = z.strictObject({ id: RecordingId });
const done = z.object({});

/** Decisions, comments and what was watched; following a running recording. */
export const REVIEWS_ROUTES = {
  recordingReview: route({
    about: 'Decisions, comments and coverage of one recording.',
    refusals: ['not-allowed', 'not-found'],
    method: 'GET',
    path: '/v1/recordings/:id/review',
    proof: 'device',
    params,
    output: RecordingReview,
  }),
  reviewRecording: route({
    about: 'Decides on a recording.',
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/recordings/:id/review',
    proof: 'device',
    params,
    input: ReviewInput,
    output: RecordingSummary,
  }),
  liftDecision: route({
    about: 'Settles a standing flag (of another reviewer) or follow-up.',
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/recordings/:id/lift',
    proof: 'device',
    params,
    input: LiftInput,
    output: RecordingSummary,
  }),
  createComment: route({
    about: "Adds a comment, sealed to the recording's recipients.",
    refusals: ['not-allowed', 'not-found', 'conflict', 'recording-deleted'],
    method: 'POST',
    path: '/v1/recordings/:id/comments',
    proof: 'device',
    params,
    input: CommentInput,
    output: StoredComment,
  }),
  reportWatched: route({
    about: "Notes which parts the caller's client showed since its last report.",
    refusals: ['not-allowed', 'not-found', 'conflict'],
    method: 'POST',
    path: '/v1/recordings/:id/watched',
    proof: 'device',
    params,
    input: WatchedInput,
    output: done,
  }),
  followRecording: route({
    about:
      'Waits until there is more than "after" bytes, or the recording is no longer running, but at most PROGRESS_WAIT_MS; asking is watching.',
    refusals: ['not-allowed', 'not-found', 'recording-deleted'],
    method: 'GET',
    path: '/v1/recordings/:id/progress',
    proof: 'device',
    params,
    query: z.strictObject({ after: z.coerce.number().int().min(-1).default(-1) }),
    output: RecordingProgress,
  }),
  stopFollowing: route({
    about: "The caller's device watches no longer.",
    refusals: ['not-allowed', 'not-found'],
    method: 'POST',
    path: '/v1/recordings/:id/unfollow',
    proof: 'device',
    params,
    output: done,
  }),
} as const;
