import { z } from 'zod';
import { Marker } from './recording.ts';
import { MaskCounts } from './redaction.ts';

/**
 * The search index of a recording (docs/recording-format.md, "Search index"): lines of code `w` and `d` in segments of their own,
 * sealed to the same recipients as everything else. A block is what stands from one keyframe to the next.
 */
export const SearchPart = z.object({
  /** leaves are numbered from 0 in the order of the recording */
  leaf: z.int().nonnegative(),
  /** this part of `2 ** partBits`: hashes that begin with these bits */
  part: z.int().nonnegative(),
  partBits: z.int().min(0).max(16),
  /** number of each block's first segment, ascending */
  blocks: z.array(z.int().nonnegative()).max(10_000),
  /** base64url: a filter for each block, in their order (core/recording/hash-filter.ts) */
  filters: z.string(),
});
export type SearchPart = z.infer<typeof SearchPart>;

/** What a player shows of the whole recording before it was read: only texts that are redacted, and counts. */
export const RecordingOverview = z.object({
  /** characters written, in equal slices of the recording's time */
  density: z.array(z.number().nonnegative()).max(2_000),
  marks: z.array(z.object({ atMs: z.number().nonnegative(), marker: Marker })).max(20_000),
  /** false where there were more marks than are listed */
  areMarksComplete: z.boolean(),
  masked: MaskCounts,
});
export type RecordingOverview = z.infer<typeof RecordingOverview>;

/** Where the parts stand: the one line of the last segment, which has a keyframe and so is found by the recording's index. */
export const SearchDirectory = z.object({
  leaves: z
    .array(
      z.object({
        partBits: z.int().min(0).max(16),
        /** numbers of the first segments of its first and its last block; every block between is in the leaf */
        firstBlock: z.int().nonnegative(),
        lastBlock: z.int().nonnegative(),
        /** of each part's segment record: byte offset in the file and length */
        parts: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])).max(65_536),
      }),
    )
    .max(10_000),
  overview: RecordingOverview,
});
export type SearchDirectory = z.infer<typeof SearchDirectory>;
