import { z } from 'zod';
import { RecordingId } from './ids.ts';
import { ImportedFormat } from './recording.ts';
import { MaskCounts } from './redaction.ts';

/** A recording of another program, imported on this machine for review. Times: milliseconds, of moments since the epoch. */
export const ImportedRecording = z.object({
  id: RecordingId,
  format: ImportedFormat,
  importedAtMs: z.number(),
  startedAtMs: z.number(),
  durationMs: z.number(),
  bytes: z.number(),
  cols: z.int(),
  rows: z.int(),
});
export type ImportedRecording = z.infer<typeof ImportedRecording>;

/** What came of an import. */
export const ImportOutcome = z.object({
  recording: ImportedRecording,
  /** values that were masked on the way in */
  masked: MaskCounts,
  /** keystrokes of the file that were not taken over */
  inputsLeftOut: z.int().nonnegative(),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** Bytes of a file that cross to main at once: as base64 they stay under what a window may send in one message. */
export const IMPORT_PIECE_BYTES = 128 * 1024;
