import type { Socket } from 'node:net';

/** After the program's end, a terminal that a background process still holds open is over when it was quiet for this long … */
const QUIET_MS = 50;
/** … or when this much has come since: more than the kernel holds back for a program that is gone. */
const MAX_AFTER_EXIT_BYTES = 1024 * 1024;

/**
 * Holds back the destruction of node-pty's socket until everything that the program wrote was delivered.
 *
 * node-pty destroys its socket 200 ms after the child's exit; what was not read by then is lost: always when the reader is
 * paused. It calls `destroy` on this very socket, so the call is held here until the reader has resumed and the terminal is
 * empty (EIO on Linux, end of file on macOS) or quiet.
 */
export function holdUntilDrained(socket: Socket, isPaused: () => boolean): { onResume: () => void } {
  const destroy = socket.destroy.bind(socket);
  let asked: { readonly error: Error | undefined } | null = null;
  let isDone = false;
  let quiet: NodeJS.Timeout | null = null;
  let bytesAfterExit = 0;

  const finish = (): void => {
    if (isDone || asked === null) return;
    isDone = true;
    if (quiet !== null) clearTimeout(quiet);
    destroy(asked.error);
  };

  const review = (): void => {
    if (isDone || asked === null || isPaused()) return;
    const isEmpty = socket.readableLength === 0;
    if (isEmpty && (asked.error !== undefined || socket.readableEnded)) {
      finish();
      return;
    }
    if (bytesAfterExit > MAX_AFTER_EXIT_BYTES) {
      finish();
      return;
    }
    if (quiet !== null) clearTimeout(quiet);
    // Timers come before input in a turn of the event loop: one more turn of input before the verdict.
    quiet = setTimeout(() => {
      setImmediate(() => {
        if (!isPaused() && quiet !== null) finish();
      });
    }, QUIET_MS);
  };

  socket.on('data', (chunk: Buffer) => {
    if (asked === null) return;
    bytesAfterExit += chunk.length;
    if (quiet !== null) clearTimeout(quiet);
    quiet = null;
    setImmediate(review);
  });
  socket.destroy = (error?: Error) => {
    if (isDone) return destroy(error);
    asked = { error: error ?? asked?.error };
    review();
    return socket;
  };
  return { onResume: () => void setImmediate(review) };
}
