import { createUnfinishedSequence } from '../../core/recording/unfinished-sequence.ts';

/** What a line that scrolls by counts for, beside its bytes. */
const LINE_BYTES = 1024;
/** More than this (a thousand lines a second, or a megabyte) nobody reads frame by frame … */
const FLOOD_BYTES_PER_MS = 1024;
/** … once so much has come beyond it: the answer of a common command is drawn as it comes, and so is an animation that scrolls nothing. */
const FLOOD_BYTES = 512 * 1024;
/** In a flood the screen is drawn this long after it was drawn before. */
const FRAME_MS = 80;
/** A flood that says nothing for so long has ended or stopped: what it has is drawn. */
const QUIET_MS = 24;

/** Synchronised output (DEC private mode 2026): the terminal reads on and draws when it ends. */
const HOLD = '\x1b[?2026h';
const DRAW = '\x1b[?2026l';
const LINE_FEED = 0x0a;

export interface FloodFrames {
  /** Like the terminal's own `write`. */
  write(bytes: Uint8Array, done: () => void): void;
  dispose(): void;
}

export interface FloodFramesOptions {
  /** In order; what is written is parsed later. */
  readonly write: (data: Uint8Array | string, done?: () => void) => void;
  /** A program holds frames back itself. */
  readonly isHeld: () => boolean;
  readonly nowMs: () => number;
  /** Calls once, later; returns what takes it back. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/**
 * Draws some frames of a flood instead of all: laying out and painting sixty screens a second takes several times what reading the output takes,
 * and everything else on the machine waits for it. `drawn` is to be called after each frame.
 */
export function createFloodFrames(options: FloodFramesOptions): FloodFrames & { drawn(): void } {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const unfinished = createUnfinishedSequence();
  let excessBytes = 0;
  let lastMs = 0;
  let state: 'drawing' | 'holding' | 'ending' = 'drawing';
  let isDrawDue = false;
  let cancelFrame = (): void => undefined;
  let cancelQuiet = (): void => undefined;

  const isFlood = (bytes: Uint8Array): boolean => {
    const nowMs = options.nowMs();
    const weight = bytes.length + LINE_BYTES * linesIn(bytes);
    excessBytes = Math.max(0, excessBytes - (nowMs - lastMs) * FLOOD_BYTES_PER_MS) + weight;
    excessBytes = Math.min(excessBytes, 2 * FLOOD_BYTES);
    lastMs = nowMs;
    return excessBytes > FLOOD_BYTES;
  };
  /** Not within a sequence of the output, which the mode's own would cut. */
  const draw = (): void => {
    isDrawDue = true;
    if (unfinished.pending !== '') return;
    cancelFrame();
    cancelQuiet();
    isDrawDue = false;
    state = 'ending';
    options.write(DRAW);
  };

  return {
    write(bytes, done) {
      if (isFlood(bytes) && state === 'drawing' && unfinished.pending === '' && !options.isHeld()) {
        state = 'holding';
        options.write(HOLD);
        cancelFrame = options.after(FRAME_MS, draw);
      }
      options.write(bytes, done);
      unfinished.push(decoder.decode(bytes, { stream: true }));
      if (state !== 'holding') return;
      if (isDrawDue) draw();
      else {
        cancelQuiet();
        cancelQuiet = options.after(QUIET_MS, draw);
      }
    },
    drawn() {
      if (state === 'ending') state = 'drawing';
    },
    dispose() {
      cancelFrame();
      cancelQuiet();
    },
  };
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}
