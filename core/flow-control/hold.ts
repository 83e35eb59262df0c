/** A high and a low watermark: full from `highBytes` on, and until the level is below `lowBytes` again. */
export interface Watermarks {
  readonly highBytes: number;
  readonly lowBytes: number;
}

/** What back-pressure looks at. */
export interface Levels {
  /** output that the terminal has not acknowledged, sent or still waiting to be sent */
  readonly outputBytes: number;
  /** what the recorder accepted and has not made durable */
  readonly recorderBytes: number;
  readonly isCovered: boolean;
}

/** Why a transport is held; it runs only while nothing holds it. */
export interface Hold {
  readonly isOutputFull: boolean;
  readonly isRecorderFull: boolean;
  readonly isCovered: boolean;
}

export const NO_HOLD: Hold = { isOutputFull: false, isRecorderFull: false, isCovered: false };

/**
 * The next hold, from the one before and the levels now. Each watermark has its own hysteresis, so that a transport is not paused
 * and resumed with every message; a cover has none.
 */
export function nextHold(
  before: Hold,
  levels: Levels,
  marks: { readonly output: Watermarks; readonly recorder: Watermarks },
): Hold {
  return {
    isOutputFull: isFull(before.isOutputFull, levels.outputBytes, marks.output),
    isRecorderFull: isFull(before.isRecorderFull, levels.recorderBytes, marks.recorder),
    isCovered: levels.isCovered,
  };
}

export function isHeld(hold: Hold): boolean {
  return hold.isOutputFull || hold.isRecorderFull || hold.isCovered;
}

function isFull(wasFull: boolean, bytes: number, marks: Watermarks): boolean {
  return wasFull ? bytes >= marks.lowBytes : bytes >= marks.highBytes;
}
