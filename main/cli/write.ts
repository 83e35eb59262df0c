import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes with back-pressure. Resolves false once the reader has gone (EPIPE), which is no error in a pipe. */
export async function write(stream: Writable, chunk: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed || stream.writableEnded) return false;
  if (stream.write(chunk)) return true;
  try {
    await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  } catch (error) {
    if (isBrokenPipe(error)) return false;
    throw error;
  }
  return !stream.destroyed;
}

/** Tells of a broken pipe, which is no error; what else goes wrong is for whoever runs the command. `dispose` removes the listener. */
export function quietBrokenPipe(stream: Writable, onBroken: () => void): { dispose(): void } {
  const listener = (error: Error): void => {
    if (isBrokenPipe(error)) onBroken();
  };
  stream.on('error', listener);
  return { dispose: () => stream.off('error', listener) };
}

export function isBrokenPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
  );
}
