/**
 * The data plane between a session host and a terminal: a closed union on `kind`, no schema library per chunk.
 * The codec (core/data-plane/frame.ts) checks kind, length and ranges of every frame from the other side.
 */

/** Session host to terminal. `seq` counts output messages of a session from 1; the recorder accepted the same number before. */
export type HostMessage =
  | { readonly kind: 'output'; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resized'; readonly cols: number; readonly rows: number }
  | { readonly kind: 'ended' };

/** Terminal to session host. */
export type TerminalMessage =
  | { readonly kind: 'ack'; readonly seq: number }
  | { readonly kind: 'input'; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly cols: number; readonly rows: number };

/** Output is coalesced up to this size towards the terminal: measured 1.6x faster than 4 KiB messages. */
export const MAX_OUTPUT_BYTES = 64 * 1024;
/** One input message; node-pty's write has no back-pressure, so pasted text is cut into such pieces and bounded in total. */
export const MAX_INPUT_BYTES = 16 * 1024;
/** Input that waits for the program; beyond it further input is refused (10 MB to a child that never reads costs 90% CPU). */
export const MAX_PENDING_INPUT_BYTES = 1024 * 1024;
/** Pause the transport when this much output is not acknowledged by the terminal … */
export const OUTPUT_HIGH_WATERMARK_BYTES = 512 * 1024;
/** … and go on below this: credits of 128 to 512 KiB leave Ctrl-C quiet after about 10 ms. */
export const OUTPUT_LOW_WATERMARK_BYTES = 128 * 1024;
/** Terminal sizes that are accepted from outside. */
export const MIN_COLS = 2;
export const MAX_COLS = 1000;
export const MIN_ROWS = 1;
export const MAX_ROWS = 500;
