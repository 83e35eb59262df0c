import type { Duplex } from 'node:stream';

/** Reads exact amounts from a stream during a login; afterwards the stream is the caller's again. */
export interface ByteReader {
  /** Resolves with exactly `length` bytes; null when the stream ends before. */
  read(length: number): Promise<Buffer | null>;
  /** Stops reading and puts back what was read too much. */
  release(): void;
}

/** One reader a stream at a time. */
export function readBytesOf(stream: Duplex): ByteReader {
  let buffered = Buffer.alloc(0);
  let isOver = stream.destroyed || stream.readableEnded;
  let wake: () => void = () => undefined;
  const onReadable = (): void => {
    for (let chunk = readChunk(stream); chunk !== null; chunk = readChunk(stream)) {
      buffered = Buffer.concat([buffered, chunk]);
    }
    wake();
  };
  const onOver = (): void => {
    isOver = true;
    wake();
  };
  stream.on('readable', onReadable);
  stream.on('end', onOver);
  stream.on('close', onOver);
  stream.on('error', onOver);
  return {
    async read(length) {
      while (buffered.length < length) {
        if (isOver) return null;
        await new Promise<void>(resolve => (wake = resolve));
      }
      const taken = buffered.subarray(0, length);
      buffered = buffered.subarray(length);
      return taken;
    },
    release() {
      stream.off('readable', onReadable);
      stream.off('end', onOver);
      stream.off('close', onOver);
      if (buffered.length > 0 && !stream.readableEnded) stream.unshift(buffered);
      buffered = Buffer.alloc(0);
    },
  };
}

function readChunk(stream: Duplex): Buffer | null {
  const chunk: unknown = stream.read();
  return Buffer.isBuffer(chunk) ? chunk : null;
}
