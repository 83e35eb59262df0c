import { MAX_OUTPUT_BYTES } from '../../../contract/data-plane.ts';
import type { Dispose, Timers } from '../../timers.ts';

/** Up to this size a chunk that comes alone is an echo or a prompt and leaves at once. */
const ECHO_BYTES = 1024;

export interface Coalescer {
  push(bytes: Uint8Array): void;
  /** Passes on what waits, now: before a resize, a marker of an end, a cover. */
  flush(): void;
  /** The terminal has worked something off: what waited for that leaves when it has little left. */
  acked(): void;
}

/** How long output may wait for more of a burst; a pty delivers 4 KiB at a time, one for each turn of the event loop. */
const MAX_WAIT_MS = 2;
/** While the terminal has much to work off, a message that comes later is not seen later, and costs every process on its way less in one. */
const MAX_BUSY_WAIT_MS = 10;
/** So it is when output has been coming for so long without a pause: nobody waits for one line of it. */
const LONG_BURST_MS = 50;

/**
 * Joins output into messages of at most `MAX_OUTPUT_BYTES` without making an echo wait: a small chunk that comes when nothing else
 * does leaves in the same tick. What follows it is joined until a turn of the event loop brings no more, for `MAX_WAIT_MS` at most;
 * in a long burst, and while the terminal has enough to do, until a message is full, for `MAX_BUSY_WAIT_MS`.
 */
export function createCoalescer(options: {
  readonly timers: Timers;
  readonly onMessage: (bytes: Uint8Array) => void;
  /** The terminal has much to work off, and more output may come. */
  readonly isBusy: () => boolean;
}): Coalescer {
  const { timers, onMessage, isBusy } = options;
  let parts: Uint8Array[] = [];
  let waitingBytes = 0;
  let waitingSinceMs = 0;
  let hasGrown = false;
  let isBurst = false;
  let burstSinceMs = 0;
  /** A source that is resumed by a message may answer at once: its output waits its turn. */
  let isEmitting = false;
  /** Waits for the terminal: until then there is no turn. */
  let wake: Dispose | null = null;

  /** Passes on all that fills messages, and the rest too where it is not to wait. */
  const emit = (keepsRest: boolean): void => {
    const joined = parts.length === 1 ? parts[0] : join(parts, waitingBytes);
    if (joined === undefined) return;
    const pieces: Uint8Array[] = [];
    let at = 0;
    while (joined.length - at > MAX_OUTPUT_BYTES || (!keepsRest && at < joined.length)) {
      const end = cutOf(joined, at + MAX_OUTPUT_BYTES);
      pieces.push(joined.subarray(at, end));
      at = end;
    }
    parts = at < joined.length ? [joined.subarray(at)] : [];
    waitingBytes = joined.length - at;
    isEmitting = true;
    for (const piece of pieces) onMessage(piece);
    isEmitting = false;
  };
  const flush = (): void => emit(false);
  /** Once for each turn of the event loop while a burst goes on. */
  const turn = (): void => {
    if (waitingBytes === 0) {
      isBurst = false;
      return;
    }
    const waitedMs = timers.nowMs() - waitingSinceMs;
    const isLong = timers.nowMs() - burstSinceMs >= LONG_BURST_MS;
    const hasMore = hasGrown && waitedMs < (isLong ? MAX_BUSY_WAIT_MS : MAX_WAIT_MS);
    hasGrown = false;
    if (!hasMore && waitingBytes < MAX_OUTPUT_BYTES && waitedMs < MAX_BUSY_WAIT_MS && isBusy()) {
      wake = timers.after(MAX_BUSY_WAIT_MS - waitedMs, turnAgain);
      return;
    }
    if (!hasMore) flush();
    timers.soon(turn);
  };
  const turnAgain = (): void => {
    wake?.();
    wake = null;
    turn();
  };

  return {
    push(bytes) {
      if (bytes.length === 0) return;
      const isAlone = !isBurst;
      if (isAlone) {
        isBurst = true;
        burstSinceMs = timers.nowMs();
        timers.soon(turn);
      }
      if (waitingBytes === 0) waitingSinceMs = timers.nowMs();
      hasGrown = true;
      parts.push(bytes);
      waitingBytes += bytes.length;
      if (isEmitting) return;
      if (isAlone && bytes.length <= ECHO_BYTES) flush();
      else if (waitingBytes > MAX_OUTPUT_BYTES) emit(true);
      else if (wake !== null && waitingBytes === MAX_OUTPUT_BYTES) turnAgain();
    },
    flush,
    acked() {
      if (wake !== null && !isBusy()) turnAgain();
    },
  };
}

/** The end of a message: at the limit, or up to three bytes before it where a UTF-8 character (RFC 3629) would be cut. */
function cutOf(bytes: Uint8Array, limit: number): number {
  for (let end = limit; end > limit - 4; end--) {
    const next = bytes[end];
    if (next === undefined) return bytes.length;
    if ((next & 0xc0) !== 0x80) return end;
  }
  return limit;
}

function join(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
