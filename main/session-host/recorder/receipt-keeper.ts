import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { UploadOffset } from './tus-client.ts';

/**
 * Keeps the newest receipt of a recording beside the spool, and leaves it there when the recording is gone: the operator's proof of what the
 * server has taken, against which "sallyport verify --receipt" holds a recording.
 */
export interface ReceiptKeeper {
  /** Never throws: a receipt that cannot be written endangers nothing. */
  keep(at: Pick<UploadOffset, 'receipt'>): void;
  /** Resolves when what was kept so far is written. */
  written(): Promise<void>;
}

export function createReceiptKeeper(path: string): ReceiptKeeper {
  let newest: string | null = null;
  let onDisk: string | null = null;
  let writing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    while (newest !== null && newest !== onDisk) {
      const receipt: string = newest;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(`${path}.part`, `${receipt}\n`, { mode: 0o600 });
      await rename(`${path}.part`, path);
      onDisk = receipt;
    }
  };

  return {
    keep({ receipt }) {
      if (receipt === null) return;
      newest = receipt;
      writing ??= write()
        .catch(() => undefined)
        .finally(() => {
          writing = null;
        });
    },
    written: () => writing ?? Promise.resolve(),
  };
}
