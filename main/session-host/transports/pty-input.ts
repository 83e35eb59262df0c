import { writeSync } from 'node:fs';
import { MAX_PENDING_INPUT_BYTES } from '../../../contract/data-plane.ts';

/** While the program does not read, its terminal is asked again after a growing pause: node-pty's own writer spins at 90% CPU. */
const FIRST_RETRY_MS = 2;
const LAST_RETRY_MS = 64;

export interface PtyInput {
  /** Takes all or nothing: false when more than MAX_PENDING_INPUT_BYTES would wait. */
  write(bytes: Uint8Array): boolean;
  close(): void;
}

/**
 * Writes to the master side of a pty, whose descriptor does not block. Writes are synchronous and stop at `close`, so that no byte
 * can land in another file that was given the same descriptor number after the terminal's end.
 */
export function openPtyInput(fd: number): PtyInput {
  const queue: Uint8Array[] = [];
  let pendingBytes = 0;
  let retry: NodeJS.Timeout | null = null;
  let retryMs = FIRST_RETRY_MS;
  let isClosed = false;

  const close = (): void => {
    isClosed = true;
    queue.length = 0;
    pendingBytes = 0;
    if (retry !== null) clearTimeout(retry);
    retry = null;
  };

  const flush = (): void => {
    retry = null;
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      const written = writeSome(fd, head);
      if (written === 'closed') {
        close();
        return;
      }
      if (written === 0) {
        retry = setTimeout(flush, retryMs);
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
        return;
      }
      retryMs = FIRST_RETRY_MS;
      pendingBytes -= written;
      if (written === head.length) queue.shift();
      else queue[0] = head.subarray(written);
    }
  };

  return {
    write(bytes) {
      if (isClosed || pendingBytes + bytes.length > MAX_PENDING_INPUT_BYTES) return false;
      if (bytes.length === 0) return true;
      // A copy: the caller may reuse its buffer.
      queue.push(Uint8Array.from(bytes));
      pendingBytes += bytes.length;
      if (retry === null) flush();
      return true;
    },
    close,
  };
}

function writeSome(fd: number, bytes: Uint8Array): number | 'closed' {
  try {
    return writeSync(fd, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'EAGAIN' || code === 'EINTR' ? 0 : 'closed';
  }
}
