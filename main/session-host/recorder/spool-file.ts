import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { SallyportError } from '../../../contract/errors.ts';

/** What the spool needs of an open file; `node:fs/promises` has it. Tests hand in a disk that fails. */
export interface SpoolHandle {
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  datasync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}
export type OpenSpoolFile = (path: string, flags: 'wx' | 'r+', mode: number) => Promise<SpoolHandle>;

export const openOnDisk: OpenSpoolFile = (path, flags, mode) => open(path, flags, mode);

/** More than the recorder's high watermark: when the disk is full, what is queued and the signed end still fit. */
const RESERVE_BYTES = 4 * 1024 * 1024;

/**
 * A file that only grows. What `append` returned for outlives the process, what `sync` returned for the machine (fdatasync). A reserve file
 * holds room beside it: when the disk is full, the reserve is given up and the append is done after all.
 */
export interface SpoolFile {
  readonly size: number;
  /** Appends whole or leaves the file as it was. Throws `spool-full` or `recorder-failed`. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything that was appended before is on the disk. Throws `spool-full` or `recorder-failed`. */
  sync(): Promise<void>;
  /** False once the disk was full: what is queued can be saved, more must not be begun. */
  readonly hasReserve: boolean;
  /** Closes the file and gives the reserve back. */
  close(): Promise<void>;
}

export interface SpoolFileOptions {
  readonly path: string;
  readonly reservePath: string;
  /** null makes the file; a number goes on at this length and cuts what lies beyond */
  readonly resumeAt: number | null;
  readonly openFile: OpenSpoolFile;
}

export async function openSpoolFile(options: SpoolFileOptions): Promise<SpoolFile> {
  const { path, reservePath, resumeAt, openFile } = options;
  const handle = await openFile(path, resumeAt === null ? 'wx' : 'r+', 0o600).catch(fail);
  let size = resumeAt ?? 0;
  let hasReserve = false;
  try {
    if (resumeAt === null) {
      await writeReserve(reservePath, openFile);
      hasReserve = true;
    } else {
      // A reserve of an earlier run is room for the end that is written now.
      await rm(reservePath, { force: true });
      await handle.truncate(resumeAt);
    }
  } catch (error) {
    await handle.close();
    await rm(reservePath, { force: true });
    if (resumeAt === null) await rm(path, { force: true });
    return fail(error);
  }

  /** Once more without the reserve where the disk is full. */
  const withReserve = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!isDiskFull(error) || !hasReserve) throw error;
      hasReserve = false;
      await rm(reservePath, { force: true });
      await work();
    }
  };

  return {
    get size() {
      return size;
    },
    get hasReserve() {
      return hasReserve;
    },
    async append(bytes) {
      try {
        await withReserve(() => writeAt(handle, bytes, size));
      } catch (error) {
        // Whatever was written in part is cut again when the file is next opened, if it cannot be cut now.
        await handle.truncate(size).catch(() => undefined);
        return fail(error);
      }
      size += bytes.length;
    },
    sync: () => withReserve(() => handle.datasync()).catch(fail),
    async close() {
      hasReserve = false;
      await rm(reservePath, { force: true });
      await handle.close();
    },
  };
}

/** Random bytes: a file system that packs or shares blocks cannot make the room disappear. */
async function writeReserve(path: string, openFile: OpenSpoolFile): Promise<void> {
  await rm(path, { force: true });
  const handle = await openFile(path, 'wx', 0o600);
  try {
    await writeAt(handle, randomBytes(RESERVE_BYTES), 0);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

export async function writeAt(handle: SpoolHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function fail(cause: unknown): never {
  throw diskFailure(cause);
}

/** What a failed write means: `spool-full` or `recorder-failed`. */
export function diskFailure(cause: unknown): SallyportError {
  if (cause instanceof SallyportError) return cause;
  if (isDiskFull(cause))
    return new SallyportError(
      'spool-full',
      'The disk that holds recordings is full, so the session cannot be recorded any further. Free some space, then connect again.',
      { cause },
    );
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new SallyportError(
    'recorder-failed',
    `The recording could not be written to disk (${code}), so the session cannot go on. Check the disk, then connect again.`,
    { cause },
  );
}
