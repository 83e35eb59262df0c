import { z } from 'zod';
import { EndCause } from './access.ts';
import { MAX_COLS, MAX_ROWS } from './data-plane.ts';
import { DeviceId, GrantId, SessionId } from './ids.ts';
import { Entity, MaskMark } from './redaction.ts';

/**
 * The container `.sprec` (docs/recording-format.md): a magic, a version byte, then length-prefixed records, each of which
 * names the SHA-256 of the record before. The JSON of public records is validated by these schemas.
 */
export const SPREC_MAGIC = 'SPREC';
export const SPREC_VERSION = 1;

/** Milliseconds since 1970 or since a start: no further than a Date reaches (ECMA-262, 21.4.1.1), so that every time can be shown. */
const Ms = z.number().min(-8.64e15).max(8.64e15);
const SinceStartMs = Ms.nonnegative();

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Forms of other programs' recordings that are taken for review. */
export const ImportedFormat = z.enum(['asciicast-v2', 'asciicast-v3']);
export type ImportedFormat = z.infer<typeof ImportedFormat>;

export const RecordingHeader = z.strictObject({
  version: z.literal(SPREC_VERSION),
  sessionId: SessionId,
  grantId: GrantId,
  /** SHA-256 of the compact JWS of the grant */
  grantHash: Sha256Hex,
  deviceId: DeviceId,
  /** the device's Ed25519 public key, raw 32 bytes as base64url: what checkpoints and end are signed with */
  devicePublicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  recipients: z.array(z.string()).min(1).max(20),
  startedAtMs: Ms,
  cols: z.int().positive().max(MAX_COLS),
  rows: z.int().positive().max(MAX_ROWS),
  /**
   * Only of what was recorded elsewhere: no Sallyport device saw it, its grant is none, and the key that signs it was made for the import
   * and thrown away.
   */
  imported: z.strictObject({ format: ImportedFormat, atMs: Ms }).optional(),
});
export type RecordingHeader = z.infer<typeof RecordingHeader>;

/** Public facts of a segment; nothing of its content. Times: milliseconds since `startedAtMs`. */
export const SegmentHeader = z.strictObject({
  sequence: z.int().nonnegative(),
  startMs: SinceStartMs,
  endMs: SinceStartMs,
  hasKeyframe: z.boolean(),
  cipherBytes: z.int().positive(),
  cipherSha256: Sha256Hex,
});
export type SegmentHeader = z.infer<typeof SegmentHeader>;

export const Checkpoint = z.strictObject({
  segments: z.int().nonnegative(),
  atMs: Ms,
  signature: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export const RecordingEnd = z.strictObject({
  cause: EndCause,
  segments: z.int().nonnegative(),
  cipherBytes: z.int().nonnegative(),
  endedAtMs: Ms,
  /** for `recovered`: what is known to be missing, in milliseconds since the start; `toMs` null where unknown */
  gap: z.strictObject({ fromMs: Ms, toMs: Ms.nullable() }).nullable(),
  /** what the session host saw when it ended everything: shown to reviewers as the proof of the end */
  proof: z.strictObject({
    processesLeft: z.int().nonnegative().nullable(),
    isChannelClosed: z.boolean().nullable(),
  }),
  signature: z.string(),
});
export type RecordingEnd = z.infer<typeof RecordingEnd>;

/** Markers: `m` events of a segment. Values never stand in them; texts are redacted. */
export const Marker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mask'), mask: MaskMark }),
  z.object({
    kind: z.literal('command'),
    text: z.string().max(4000),
    exitCode: z.int().nullable(),
    language: z.enum(['shell', 'sql']).optional(),
    /** only where the shell told that it is over: the same command again, with how long it ran */
    tookMs: z.number().nonnegative().optional(),
  }),
  z.object({ kind: z.literal('alert'), text: z.string().max(1000) }),
  z.object({ kind: z.literal('access'), phase: z.string(), text: z.string().max(1000) }),
  /** of an imported recording: what its author marked, redacted */
  z.object({ kind: z.literal('note'), text: z.string().max(1000) }),
]);
export type Marker = z.infer<typeof Marker>;

/** One event inside a segment, after asciicast v3 (`[seconds since the event before, code, payload]` on disk). `atMs`: server time while recording, milliseconds since the start when read. */
export type RecordedEvent =
  | { readonly kind: 'output'; readonly atMs: number; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly atMs: number; readonly cols: number; readonly rows: number }
  | { readonly kind: 'marker'; readonly atMs: number; readonly marker: Marker }
  | { readonly kind: 'exit'; readonly atMs: number; readonly status: number };

/** A segment closes at whichever comes first (recording.md, Container). */
export const SEGMENT_MAX_UNPERSISTED_MS = 250;
export const SEGMENT_MAX_BYTES = 256 * 1024;
export const SEGMENT_MAX_MS = 10_000;

/** How safe a running recording is, for the operator's light. Times: server time, milliseconds since the epoch. */
export const RecordingHealth = z.object({
  state: z.enum(['recording', 'uploading-behind', 'offline', 'sealed', 'uploaded', 'failed']),
  segments: z.int().nonnegative(),
  spooledBytes: z.number().nonnegative(),
  uploadedBytes: z.number().nonnegative(),
  /** everything shown up to here is durable on the server; null before the first acknowledgement */
  safeUpToMs: z.number().nullable(),
  /** room that is left for recordings on this machine, where it is nearly used up; null while there is plenty */
  spoolLeftBytes: z.number().nonnegative().nullable(),
});
export type RecordingHealth = z.infer<typeof RecordingHealth>;

/** Permanent names of what a check can find (docs/verify.md says what each means), each with the kind of problem that it is. */
export const PROBLEM_KINDS = {
  'not-a-recording': 'not-a-recording',
  'header-altered': 'header',
  'header-missing': 'header',
  'header-repeated': 'header',
  'record-altered': 'chain',
  'segment-altered': 'chain',
  'segment-missing': 'chain',
  'segment-misplaced': 'chain',
  'segment-foreign': 'chain',
  'checkpoint-altered': 'chain',
  'end-altered': 'chain',
  'totals-wrong': 'chain',
  unreadable: 'chain',
  'content-altered': 'segment',
  'times-wrong': 'segment',
  'length-wrong': 'segment',
  'signature-wrong': 'signature',
  'device-foreign': 'signature',
  'tail-cut': 'cut',
  'bytes-after-end': 'after-end',
  'index-altered': 'after-end',
  gap: 'gap',
  imported: 'origin',
} as const;
export type ProblemCode = keyof typeof PROBLEM_KINDS;
const PROBLEM_CODES = Object.keys(PROBLEM_KINDS) as [ProblemCode, ...ProblemCode[]];

/** What a check of a recording found. `isVerified` is true only with a signed end and no problem. */
export const VerificationReport = z.object({
  isVerified: z.boolean(),
  sessionId: z.string().nullable(),
  /** those before the first problem */
  segments: z.int().nonnegative(),
  /** those that could be read to their end, also after a problem */
  segmentsRead: z.int().nonnegative(),
  /** numbers of those in which a problem was found */
  segmentsFaulty: z.array(z.int().nonnegative()),
  /** how many should be there and are not */
  segmentsMissing: z.int().nonnegative(),
  /** offset from which on nothing could be read, and so was not checked; null where all was read */
  unreadFromByte: z.int().nonnegative().nullable(),
  bytes: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
  endCause: EndCause.nullable(),
  problems: z.array(
    z.object({
      code: z.enum(PROBLEM_CODES),
      kind: z.enum([
        'not-a-recording',
        'header',
        'chain',
        'segment',
        'signature',
        'cut',
        'after-end',
        'gap',
        'origin',
      ]),
      sequence: z.int().nonnegative().nullable(),
      fromMs: z.number().nullable(),
      toMs: z.number().nullable(),
      message: z.string(),
    }),
  ),
});
export type VerificationReport = z.infer<typeof VerificationReport>;

/** A moment in a recording that the reviewer can jump to. */
export const TimelineMark = z.object({
  atMs: z.number(),
  kind: z.enum(['mask', 'command', 'alert', 'access', 'note', 'gap']),
  entity: Entity.optional(),
  /** of a mask: why it was made */
  why: MaskMark.pick({ rule: true, action: true, score: true, evidence: true }).optional(),
  /** of a command: see `Marker` */
  command: z
    .object({
      language: z.enum(['shell', 'sql']),
      exitCode: z.int().nullable(),
      tookMs: z.number().nullable(),
    })
    .optional(),
  text: z.string(),
});
export type TimelineMark = z.infer<typeof TimelineMark>;
