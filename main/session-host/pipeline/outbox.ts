import { OUTPUT_HIGH_WATERMARK_BYTES } from '../../../contract/data-plane.ts';
import { createAckWindow } from '../../../core/flow-control/ack-window.ts';

/** A message that the recorder accepted, on its way to the terminal. */
export interface OutboxItem {
  readonly frame: Uint8Array;
  /** null for messages that are not output: they cost nothing but keep their place in the order */
  readonly output: { readonly seq: number; readonly bytes: number } | null;
}

/**
 * What was accepted and may be shown, in order. Nothing leaves while it is covered, nor while the terminal owes acknowledgements for
 * the high watermark: at most that and one message are under way.
 */
export interface Outbox {
  push(item: OutboxItem): void;
  /** Returns false for an acknowledgement that means nothing; see `AckWindow`. */
  acked(seq: number): boolean;
  setCovered(isCovered: boolean): void;
  /** The last message. Under a cover what waits is never shown: it is dropped, and the last message leaves at once. */
  end(frame: Uint8Array): void;
  /** Output that the terminal has not acknowledged, sent or waiting. */
  readonly outputBytes: number;
}

export function createOutbox(send: (frame: Uint8Array) => void): Outbox {
  const window = createAckWindow();
  const waiting: OutboxItem[] = [];
  let waitingBytes = 0;
  let isCovered = false;

  const pump = (): void => {
    while (!isCovered && window.unackedBytes < OUTPUT_HIGH_WATERMARK_BYTES) {
      const item = waiting.shift();
      if (item === undefined) return;
      if (item.output !== null) {
        waitingBytes -= item.output.bytes;
        window.sent(item.output.seq, item.output.bytes);
      }
      send(item.frame);
    }
  };

  return {
    push(item) {
      waiting.push(item);
      waitingBytes += item.output?.bytes ?? 0;
      pump();
    },
    acked(seq) {
      const isValid = window.acked(seq);
      if (isValid) pump();
      return isValid;
    },
    setCovered(covered) {
      isCovered = covered;
      pump();
    },
    end(frame) {
      if (isCovered) {
        waiting.length = 0;
        waitingBytes = 0;
        send(frame);
        return;
      }
      waiting.push({ frame, output: null });
      pump();
    },
    get outputBytes() {
      return window.unackedBytes + waitingBytes;
    },
  };
}
