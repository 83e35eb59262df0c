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
  /** decisions, comments and coverage of one recording */
  recordingReview: route({
    method: 'GET',
    path: '/v1/recordings/:id/review',
    proof: 'device',
    params,
    output: RecordingReview,
  }),
  reviewRecording: route({
    method: 'POST',
    path: '/v1/recordings/:id/review',
    proof: 'device',
    params,
    input: ReviewInput,
    output: RecordingSummary,
  }),
  /** settles a standing flag (of another reviewer) or follow-up */
  liftDecision: route({
    method: 'POST',
    path: '/v1/recordings/:id/lift',
    proof: 'device',
    params,
    input: LiftInput,
    output: RecordingSummary,
  }),
  createComment: route({
    method: 'POST',
    path: '/v1/recordings/:id/comments',
    proof: 'device',
    params,
    input: CommentInput,
    output: StoredComment,
  }),
  /** which parts the caller's client showed since its last report */
  reportWatched: route({
    method: 'POST',
    path: '/v1/recordings/:id/watched',
    proof: 'device',
    params,
    input: WatchedInput,
    output: done,
  }),
  /** waits until there is more than `after` bytes, or the recording is no longer running, but at most PROGRESS_WAIT_MS; asking is watching */
  followRecording: route({
    method: 'GET',
    path: '/v1/recordings/:id/progress',
    proof: 'device',
    params,
    query: z.strictObject({ after: z.coerce.number().int().min(-1).default(-1) }),
    output: RecordingProgress,
  }),
  /** the caller's device watches no longer */
  stopFollowing: route({
    method: 'POST',
    path: '/v1/recordings/:id/unfollow',
    proof: 'device',
    params,
    output: done,
  }),
} as const;
