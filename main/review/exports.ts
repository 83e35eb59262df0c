import { randomUUID } from 'node:crypto';
import { SallyportError } from '../../contract/errors.ts';
import type { RequestOutputOf } from '../../contract/ipc.ts';

/** One window asks for a few; one that was left (its window is gone) gives way to a newer one. */
const MAX_EXPORTS = 4;

/** A file that is made while it is asked for. */
export interface PendingFile extends Omit<RequestOutputOf<'recordings.export'>, 'exportId'> {
  readonly pieces: AsyncIterable<FilePiece>;
}

export type FilePiece = Pick<RequestOutputOf<'export.next'>, 'content' | 'done'>;

/** Exports whose files are asked for piece by piece. */
export interface Exports {
  begin(file: PendingFile): RequestOutputOf<'recordings.export'>;
  /** Throws `not-found` for one that is over or was stopped. */
  next(exportId: string): Promise<RequestOutputOf<'export.next'>>;
  stop(exportId: string): Promise<void>;
}

export function createExports(): Exports {
  const running = new Map<string, AsyncIterator<FilePiece>>();
  const stop = async (exportId: string): Promise<void> => {
    const pieces = running.get(exportId);
    running.delete(exportId);
    await pieces?.return?.();
  };
  return {
    stop,
    begin({ pieces, ...file }) {
      const exportId = randomUUID();
      running.set(exportId, pieces[Symbol.asyncIterator]());
      const [oldest] = running.keys();
      if (running.size > MAX_EXPORTS && oldest !== undefined) void stop(oldest);
      return { exportId, ...file };
    },
    async next(exportId) {
      const pieces = running.get(exportId);
      if (pieces === undefined)
        throw new SallyportError('not-found', 'This export was ended. Begin it again.');
      const { value, done } = await pieces.next();
      if (done !== true) return { ...value, isOver: false };
      running.delete(exportId);
      return { content: '', done: 0, isOver: true };
    },
  };
}
