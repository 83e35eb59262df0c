import type { EndCause } from '../../../contract/access.ts';
import type { RecordedEvent, RecordingHealth } from '../../../contract/recording.ts';
import type { KeyNote } from './command-lines.ts';

/**
 * The recorder of one session: takes redacted events, encodes, seals each segment with age, appends to the spool with fsync and
 * uploads while the session runs. The renderer may see an output only after `accept` returned for its sequence number.
 */
export interface Recorder {
  /** Takes the event; its `atMs` is server time, milliseconds since the epoch. Throws `SallyportError` (`recorder-failed`, `spool-full`) when it cannot: the session must lock. */
  accept(event: RecordedEvent): void;
  /** A key was pressed, never which: commands are found on the redacted screen (command-lines.ts). */
  noteKey(note: KeyNote): void;
  /**
   * Output from this offset of all output on may still turn out to be part of a value: it waits, in memory only, until it is decided
   * (a later offset, or null), nothing is typed any more, or the recording is sealed (docs/adr/0005). Offsets count the bytes accepted.
   */
  holdFrom(offset: number | null): void;
  /** The character at this offset is part of a value: it is recorded masked, where it still waits. */
  hide(offset: number): void;
  /** Bytes that are accepted and not yet durable in the spool. Over the high watermark the transport is paused. */
  readonly queuedBytes: number;
  /** Called when `queuedBytes` falls below the low watermark after it was over the high one. */
  onDrain: () => void;
  /** Called once when the recording cannot be continued. */
  onFailed: (code: 'recorder-failed' | 'spool-full', message: string) => void;
  onHealth: (health: RecordingHealth) => void;
  /** Seals what is open, signs the end, and goes on uploading. Resolves when the end is durable in the spool. */
  seal(end: SealInput): Promise<SealedRecording>;
  /** Resolves when the server has acknowledged the whole recording, or rejects when `signal` aborts first. */
  uploaded(signal: AbortSignal): Promise<void>;
}

export interface SealInput {
  readonly cause: EndCause;
  readonly processesLeft: number | null;
  readonly isChannelClosed: boolean | null;
}

export interface SealedRecording {
  readonly path: string;
  readonly segments: number;
  readonly bytes: number;
}

/** Pause the transport when this much is accepted and not yet durable … */
export const RECORDER_HIGH_WATERMARK_BYTES = 2 * 1024 * 1024;
/** … and go on below this. */
export const RECORDER_LOW_WATERMARK_BYTES = 512 * 1024;
