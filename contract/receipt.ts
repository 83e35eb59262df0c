import { z } from 'zod';
import { RecordingId } from './ids.ts';

/** `typ` of a receipt's JWS (EdDSA); its header names the server's public key (`jwk`, RFC 7515 section 4.1.3), so that a receipt can be checked by itself. */
export const RECEIPT_TYP = 'sallyport-receipt+jwt';

/** What a receipt says: by `atMs` these bytes, up to the record with this hash, were checked by the server and durable there. */
export const Receipt = z.object({
  recordingId: RecordingId,
  bytes: z.int().nonnegative(),
  segments: z.int().nonnegative(),
  /** SHA-256 (hex) of the public part of the last record */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** server time, milliseconds since the epoch */
  atMs: z.number().min(0).max(8.64e15),
});
export type Receipt = z.infer<typeof Receipt>;
