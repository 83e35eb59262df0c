import { z } from 'zod';

/**
 * The optional last record of a `.sprec`: where the keyframes stand, so that a player fetches only the ranges that it needs.
 * Each entry is `[sequence, offset, startMs]`: the segment, the byte offset of its record in the file, and its start in
 * milliseconds since `startedAtMs`. Signed by the device like the end.
 */
export const RecordingIndex = z.strictObject({
  keyframes: z
    .array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.number().nonnegative().max(8.64e15)]))
    .max(200_000),
  segments: z.int().nonnegative(),
  signature: z.string(),
});
export type RecordingIndex = z.infer<typeof RecordingIndex>;
