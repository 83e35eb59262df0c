import { z } from 'zod';
import { RecordingId } from './ids.ts';

/** What stays of a deleted recording: the claims of a compact JWS by the server's key. Times: milliseconds since the epoch. */
export const TOMBSTONE_TYP = 'sallyport-tombstone+jwt';
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const Tombstone = z.object({
  version: z.literal(1),
  /** also the id of its session */
  recordingId: RecordingId,
  bytes: z.number(),
  segments: z.int(),
  durationMs: z.number(),
  /** of the header's record and of the last record, through which it stands for everything before; null where they were not kept */
  headerHash: Sha256Hex.nullable(),
  hash: Sha256Hex.nullable(),
  /** `retention`: its time was over; `by-hand`: an administrator decided */
  cause: z.enum(['retention', 'by-hand']),
  reason: z.string(),
  /** a name, or `server` */
  by: z.string(),
  atMs: z.number(),
  /** until when it had to be kept; null where nothing was set */
  retainUntilMs: z.number().nullable(),
  isReviewed: z.boolean(),
  /** whether the key that its stored bytes were encrypted with was destroyed first; false for what older versions stored */
  isKeyDestroyed: z.boolean(),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** A tombstone in a file, with what it is checked with: the server's public keys, JWK (RFC 7517). */
export const TombstoneFile = z.object({
  tombstone: z.string(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(20) }),
});
export type TombstoneFile = z.infer<typeof TombstoneFile>;
