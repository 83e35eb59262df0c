import { OUTPUT_HIGH_WATERMARK_BYTES, OUTPUT_LOW_WATERMARK_BYTES } from '../../../contract/data-plane.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { Marker, RecordedEvent } from '../../../contract/recording.ts';
import type { MaskMark } from '../../../contract/redaction.ts';
import { encodeHostMessage } from '../../../core/data-plane/frame.ts';
import type { Hold } from '../../../core/flow-control/hold.ts';
import { isHeld, nextHold, NO_HOLD } from '../../../core/flow-control/hold.ts';
import type { Redactor, RedactorOptions } from '../../../core/redaction/redactor.ts';
import type { Dispose, Timers } from '../../timers.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { RECORDER_HIGH_WATERMARK_BYTES, RECORDER_LOW_WATERMARK_BYTES } from '../recorder/recorder.ts';
import type { Transport } from '../transports/transport.ts';
import { keyNotesOf } from './key-notes.ts';
import { createCoalescer } from './coalescer.ts';
import { createMaskMarks } from './mask-marks.ts';
import type { MaskReport } from './mask-tally.ts';
import { createMaskTally } from './mask-tally.ts';
import { createOutbox } from './outbox.ts';

const WATERMARKS = {
  output: { highBytes: OUTPUT_HIGH_WATERMARK_BYTES, lowBytes: OUTPUT_LOW_WATERMARK_BYTES },
  recorder: { highBytes: RECORDER_HIGH_WATERMARK_BYTES, lowBytes: RECORDER_LOW_WATERMARK_BYTES },
};

/**
 * The redactor's hold-back begins anew with each chunk. A program that writes a little all the time would never be quiet for that
 * long: after so many times the hold-back in which nothing got through, what is held is released all the same.
 */
const MAX_STALL_HOLDS = 4;

export interface PipelineOptions {
  readonly source: Pick<Transport, 'pause' | 'resume'>;
  readonly createRedactor: (hooks: Pick<RedactorOptions, 'onMask' | 'onBlock' | 'onLateMask'>) => Redactor;
  readonly recorder: Recorder;
  readonly timers: Timers;
  /** server time, milliseconds since the epoch: the time of recorded events */
  readonly serverNowMs: () => number;
  /** frames for the terminal (core/data-plane/frame.ts) */
  readonly onFrame: (frame: Uint8Array) => void;
  /** totals of the session so far, throttled */
  readonly onMasked: MaskReport;
  /** Once for each value masked, with its keyed hash. */
  readonly onValue: (valueKey: string | null) => void;
  readonly onBlocked: (mark: MaskMark) => void;
  /** once, also when the redaction broke: nothing is shown any more, and the source stays paused until the session ends */
  readonly onRecorderFailed: (message: string) => void;
}

/**
 * The way of output: source → redactor → coalescer → recorder → outbox → terminal, in exactly this order. A message that the recorder
 * did not accept is not shown (invariant 2). The source is paused while the terminal owes acknowledgements, the recorder's queue
 * is over its high watermark, the session is covered, or the recorder failed.
 */
export interface Pipeline {
  /** Raw output of the transport. */
  takeOutput(raw: Uint8Array): void;
  /** The operator typed this and the gate let it pass. */
  noteInput(bytes: Uint8Array): void;
  resize(cols: number, rows: number): void;
  acked(seq: number): void;
  /** A moment of the session's access, as a marker of the recording. */
  note(phase: string, text: string): void;
  /** What a rule saw, as a marker of the recording. */
  alert(text: string): void;
  /** Any other marker, after what was shown before it. Its text is redacted. */
  mark(marker: Marker): void;
  /** Covered: nothing goes to the terminal, the source is paused. What was read already is recorded, and shown after the cover. */
  setCovered(isCovered: boolean): void;
  /**
   * The session is ending: lets the source run so that what it still has is recorded, held by the recorder only. What the terminal
   * does not take, or may not see under a cover, stays in the outbox.
   */
  beginEnd(): void;
  /** The source is over: releases what the redactor holds, records the exit status (null: unknown), tells the terminal. */
  finish(exitStatus: number | null): void;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { source, recorder, timers } = options;
  const outbox = createOutbox(options.onFrame);
  const tally = createMaskTally(timers, options.onMasked);
  let hold: Hold = NO_HOLD;
  let nextSeq = 1;
  let isCovered = false;
  let isPaused = false;
  let isEnding = false;
  let hasFailed = false;
  let cancelFlush: Dispose | null = null;
  let stalledSinceMs: number | null = null;

  const applyHold = (): void => {
    hold = nextHold(
      hold,
      {
        outputBytes: isEnding ? 0 : outbox.outputBytes,
        recorderBytes: recorder.queuedBytes,
        isCovered: isCovered && !isEnding,
      },
      WATERMARKS,
    );
    const shouldPause = hasFailed ? !isEnding : isHeld(hold);
    if (shouldPause === isPaused) return;
    isPaused = shouldPause;
    if (shouldPause) source.pause();
    else source.resume();
  };

  const fail = (message: string): void => {
    if (hasFailed) return;
    hasFailed = true;
    cancelFlush?.();
    applyHold();
    options.onRecorderFailed(message);
  };

  /** False when the recorder could not take it: then it must not be shown. */
  const accept = (event: RecordedEvent): boolean => {
    if (hasFailed) return false;
    try {
      recorder.accept(event);
      return true;
    } catch (error) {
      fail(
        error instanceof SallyportError
          ? error.message
          : 'The recording cannot be continued: the recorder stopped unexpectedly. The session is locked; nothing unrecorded was shown.',
      );
      return false;
    }
  };
  const mark = (marker: Marker): void => void accept({ kind: 'marker', atMs: options.serverNowMs(), marker });

  const maskMarks = createMaskMarks(found => mark({ kind: 'mask', mask: found }));

  const coalescer = createCoalescer({
    timers,
    isBusy: () => !isPaused && outbox.outputBytes >= OUTPUT_LOW_WATERMARK_BYTES,
    onMessage(bytes) {
      const seq = nextSeq;
      const frame = encodeHostMessage({ kind: 'output', seq, bytes });
      // The recorder gets the frame's copy: what the redactor returned may be a view of a buffer that is used again.
      const own = frame.subarray(frame.length - bytes.length);
      if (!accept({ kind: 'output', atMs: options.serverNowMs(), seq, bytes: own })) return;
      maskMarks.recorded(bytes.length);
      nextSeq += 1;
      outbox.push({ frame, output: { seq, bytes: bytes.length } });
      applyHold();
    },
  });

  const redactor = options.createRedactor({
    onMask(found, valueKey) {
      tally.add(found);
      options.onValue(valueKey);
      maskMarks.found(found);
    },
    onBlock: options.onBlocked,
    onLateMask: offset => recorder.hide(offset),
  });

  /** What the redactor lets go; nothing, and a locked session, when it fails: what it did not look at must not be shown. */
  const redacted = (step: () => Uint8Array): Uint8Array | null => {
    try {
      return step();
    } catch {
      // The error is not passed on: it may quote what it stumbled over.
      fail(
        'The redaction of this session stopped unexpectedly. The session is locked; nothing unredacted was shown or recorded.',
      );
      return null;
    }
  };

  /** Passes on what the redactor let go, and sets the timer anew: its hold-back may have begun, moved or ended. */
  const release = (step: () => Uint8Array): void => {
    const bytes = redacted(step);
    if (bytes === null) return;
    maskMarks.released(bytes.length);
    recorder.holdFrom(redactor.undecidedFrom);
    coalescer.push(bytes);
    cancelFlush?.();
    cancelFlush = null;
    const { holdMs } = redactor;
    if (bytes.length > 0 || holdMs === null) stalledSinceMs = null;
    if (holdMs === null || hasFailed) return;
    const nowMs = timers.nowMs();
    stalledSinceMs ??= nowMs;
    const delayMs = Math.min(holdMs, stalledSinceMs + MAX_STALL_HOLDS * holdMs - nowMs);
    cancelFlush = timers.after(delayMs, () => {
      cancelFlush = null;
      stalledSinceMs = null;
      if (!hasFailed) release(() => redactor.flush());
    });
  };

  recorder.onDrain = applyHold;
  recorder.onFailed = (_code, message) => fail(message);

  return {
    takeOutput(raw) {
      if (hasFailed) return;
      release(() => redactor.write(raw));
    },
    noteInput(bytes) {
      if (hasFailed) return;
      redactor.noteInput(bytes);
      for (const note of keyNotesOf(bytes)) recorder.noteKey(note);
    },
    resize(cols, rows) {
      if (hasFailed) return;
      // What was held back was written for the size before.
      release(() => redactor.resize(cols, rows));
      coalescer.flush();
      if (!accept({ kind: 'resize', atMs: options.serverNowMs(), cols, rows })) return;
      outbox.push({ frame: encodeHostMessage({ kind: 'resized', cols, rows }), output: null });
    },
    acked(seq) {
      if (!outbox.acked(seq)) return;
      coalescer.acked();
      applyHold();
    },
    note(phase, text) {
      coalescer.flush();
      mark({ kind: 'access', phase, text });
    },
    alert(text) {
      coalescer.flush();
      mark({ kind: 'alert', text });
    },
    mark(marker) {
      coalescer.flush();
      mark(marker);
    },
    setCovered(covered) {
      isCovered = covered;
      if (covered) {
        outbox.setCovered(true);
        // Recorded now, shown after the cover: nothing that was read waits in memory without a record.
        coalescer.flush();
      } else outbox.setCovered(false);
      applyHold();
    },
    beginEnd() {
      isEnding = true;
      applyHold();
    },
    finish(exitStatus) {
      const rest = hasFailed ? null : redacted(() => redactor.end());
      if (rest !== null) {
        maskMarks.released(rest.length);
        coalescer.push(rest);
      }
      coalescer.flush();
      maskMarks.flush();
      cancelFlush?.();
      cancelFlush = null;
      if (exitStatus !== null) accept({ kind: 'exit', atMs: options.serverNowMs(), status: exitStatus });
      outbox.end(encodeHostMessage({ kind: 'ended' }));
      tally.flush();
    },
  };
}
