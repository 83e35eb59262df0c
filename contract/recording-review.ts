import { z } from 'zod';
import { RecordingId } from './ids.ts';
import { Account, RecordingSummary, ReviewInput } from './server-api.ts';

/** What reviewers decided, wrote and saw of one recording. Times: server time unless they are of a recording (since its start); milliseconds. */

/** `lifted`: another reviewer settled a flag or follow-up (`settles`), with a reason. */
export const ReviewDecision = z.object({
  id: z.string(),
  decision: z.enum([...ReviewInput.shape.decision.options, 'lifted']),
  note: z.string(),
  by: Account,
  atMs: z.number(),
  /** the decision that a `lifted` settles; null of all others */
  settles: z.string().nullable(),
  /** a flag or follow-up that nobody has settled yet */
  isStanding: z.boolean(),
});
export type ReviewDecision = z.infer<typeof ReviewDecision>;

export const LiftInput = z.strictObject({
  decisionId: z.string().min(1).max(64),
  reason: z.string().trim().min(1, 'must say why').max(2000),
});
export type LiftInput = z.infer<typeof LiftInput>;

/** An age file (base64) of `CommentContent` as JSON, for the recipients of its recording: the server cannot read it. */
export const SealedComment = z
  .string()
  .min(1)
  .max(64 * 1024)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64');
export const CommentInput = z.strictObject({ sealed: SealedComment });
export type CommentInput = z.infer<typeof CommentInput>;
export const StoredComment = z.object({
  id: z.string(),
  by: Account,
  atMs: z.number(),
  sealed: z.string(),
  /** public keys of the author's devices, raw Ed25519 as base64url; their enrolments stand in the audit log */
  authorKeys: z.array(z.string()),
});
export type StoredComment = z.infer<typeof StoredComment>;

/** A comment as the reviewer's client opened it; `problem` says why it could not, `text` is null then. */
export const OpenedComment = StoredComment.omit({ sealed: true, authorKeys: true }).extend({
  /** since the recording's start */
  momentMs: z.number().nonnegative(),
  text: z.string().nullable(),
  problem: z.string().nullable(),
  /**
   * `signed`: by a device of the author. `unsigned`: an older client wrote it, or somebody who knows the recipients. `foreign`: what is signed is
   * something else, or by a device that is none of the author's.
   */
  authorship: z.enum(['signed', 'unsigned', 'foreign']),
});
export type OpenedComment = z.infer<typeof OpenedComment>;

export const COMMENT_MAX_CHARS = 4_000;
/** What is said: `recordingId` and `accountId` say where it belongs, so that the server cannot put it elsewhere unnoticed. */
export const CommentContent = z.strictObject({
  version: z.literal(1),
  recordingId: RecordingId,
  accountId: z.string(),
  /** the moment that it is about, since the recording's start */
  momentMs: z.number().nonnegative(),
  text: z.string().trim().min(1).max(COMMENT_MAX_CHARS),
});
export type CommentContent = z.infer<typeof CommentContent>;
/** A comment with its author's word for it. `signature`: Ed25519 over `commentSigningInput`, base64url. */
export const SignedComment = z.strictObject({
  version: z.literal(2),
  comment: CommentContent,
  deviceKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type SignedComment = z.infer<typeof SignedComment>;

/** Parts of a recording as `[fromMs, toMs]`, apart and in order. */
export const Spans = z
  .array(z.tuple([z.number().nonnegative(), z.number().nonnegative()]).refine(([from, to]) => from <= to))
  .max(500);
export type Spans = z.infer<typeof Spans>;
export const WatchedInput = z.strictObject({ spans: Spans.min(1) });
export type WatchedInput = z.infer<typeof WatchedInput>;

/** What somebody's client reported as shown; parts that were seen several times are there once. */
export const Coverage = z.object({ by: Account, spans: z.array(z.tuple([z.number(), z.number()])) });
export type Coverage = z.infer<typeof Coverage>;

export const RecordingReview = z.object({
  summary: RecordingSummary,
  /** oldest first */
  decisions: z.array(ReviewDecision),
  comments: z.array(StoredComment),
  coverage: z.array(Coverage),
});
export type RecordingReview = z.infer<typeof RecordingReview>;

/** How much of a running recording the server has: whole records, durable. */
export const RecordingProgress = z.object({
  state: RecordingSummary.shape.state,
  bytes: z.int().nonnegative(),
  /** offset of the newest segment that begins with a keyframe; null while there is none */
  keyframeOffset: z.int().nonnegative().nullable(),
});
export type RecordingProgress = z.infer<typeof RecordingProgress>;
/** The server answers a question for progress at the latest after this long. */
export const PROGRESS_WAIT_MS = 8_000;
