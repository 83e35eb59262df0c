import { OUTPUT_LOW_WATERMARK_BYTES } from '../../contract/data-plane.ts';

/**
 * The terminal's end of flow control: each numbered output is written once and acknowledged when the terminal has worked it off, so
 * that the session host pauses the transport while this side is behind. After a reconnect the host may send again what it has
 * no acknowledgement for: that is acknowledged, not drawn twice.
 */
export interface OutputFlow {
  receive(seq: number, bytes: Uint8Array): void;
  /** the highest number that was worked off; 0 before the first */
  acknowledged(): number;
}

export interface OutputFlowOptions {
  /** calls back when the bytes are on the screen; in order */
  readonly write: (bytes: Uint8Array, done: () => void) => void;
  readonly acknowledge: (seq: number) => void;
}

/** While more is being written, acknowledgements are told for so much together: each goes through three processes. */
const ACKNOWLEDGE_BYTES = OUTPUT_LOW_WATERMARK_BYTES;

export function createOutputFlow(options: OutputFlowOptions): OutputFlow {
  let received = 0;
  let done = 0;
  let untoldBytes = 0;
  return {
    receive(seq, bytes) {
      if (seq <= received) {
        // a repeat of what is still being written is acknowledged by that write
        if (seq <= done) options.acknowledge(done);
        return;
      }
      received = seq;
      options.write(bytes, () => {
        done = Math.max(done, seq);
        untoldBytes += bytes.length;
        if (seq < received && untoldBytes < ACKNOWLEDGE_BYTES) return;
        untoldBytes = 0;
        options.acknowledge(seq);
      });
    },
    acknowledged: () => done,
  };
}
