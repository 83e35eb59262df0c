import { z } from 'zod';
import { DeviceId, RecordingId } from './ids.ts';
import { Account } from './server-api.ts';

/**
 * A share lets one more age recipient open a recording that was sealed without it: the file keys of its segments and comments, sealed to that
 * recipient by a reviewer who can read it. The recording itself stays as it is. A long one comes in several parts. docs/adr/0007.
 */

/** Type of the signed statement: a compact JWS (EdDSA) by the device key of the sharing reviewer, over `ShareClaims`. */
export const SHARE_TYP = 'sallyport-share+jwt';
/** File keys in one part: 24 bytes each, twice base64, stay under what the server takes as one body. */
export const SHARE_PART_KEYS = 15_000;
const MAX_PARTS = 200;
const MAX_SEALED_CHARS = 900 * 1024;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const recipient = z.string().regex(/^age1[a-z0-9]{10,200}$/);
const part = z.int().min(1).max(MAX_PARTS);

/** What the device says with its signature: these sealed bytes are its share of that recording for that recipient. */
export const ShareClaims = z.strictObject({
  version: z.literal(1),
  recordingId: RecordingId,
  /** SHA-256 of the recording's header record, hex: the chain begins with it */
  headerHash: hash,
  recipient,
  deviceId: DeviceId,
  /** from 1 */
  part,
  parts: part,
  /** SHA-256 of the sealed bytes, hex */
  sha256: hash,
});
export type ShareClaims = z.infer<typeof ShareClaims>;

/** What is sealed (age, over JSON): `keys` are entries of 24 bytes, 8 that name an age file (docs/recording-format.md) and its file key of 16, in base64. */
export const ShareContent = z.strictObject({
  version: z.literal(1),
  recordingId: RecordingId,
  headerHash: hash,
  part,
  parts: part,
  keys: z.base64(),
});
export type ShareContent = z.infer<typeof ShareContent>;

export const ShareInput = z.strictObject({
  statement: z.string().max(4000),
  /** an age file, base64 */
  sealed: z.base64().min(1).max(MAX_SEALED_CHARS),
});
export type ShareInput = z.infer<typeof ShareInput>;

/** A part of a share as the server keeps it; its sealed bytes are asked for one by one. */
export const StoredShare = z.object({
  id: z.string(),
  recipient: z.string(),
  /** grants leave the recipient out by now */
  isRetired: z.boolean(),
  by: Account,
  deviceId: DeviceId,
  /** of the sharing device: Ed25519, raw, base64url */
  devicePublicKey: z.string(),
  part: z.int(),
  parts: z.int(),
  atMs: z.number(),
  statement: z.string(),
});
export type StoredShare = z.infer<typeof StoredShare>;

/** A part of a share with its sealed bytes (an age file, base64): as it lies in a file. */
export const HeldShare = StoredShare.extend({ sealed: z.base64().min(1).max(MAX_SEALED_CHARS) });
export type HeldShare = z.infer<typeof HeldShare>;
/** `shares.json` of a bundle: what lets the one who fetched it open the recording offline. */
export const SharesFile = z.object({ version: z.literal(1), shares: z.array(HeldShare).max(MAX_PARTS) });
export type SharesFile = z.infer<typeof SharesFile>;
