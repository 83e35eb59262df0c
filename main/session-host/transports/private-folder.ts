import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, with the final NUL; this leaves 37 for a name in the folder. */
const MAX_FOLDER_BYTES = 66;
/** Paths that need no quoting in an OpenSSH configuration nor in the command that its ProxyJump builds. */
const PLAIN_PATH = /^[A-Za-z0-9/._+-]+$/;

export interface PrivateFolder {
  readonly path: string;
  /** Removes the folder with all that is in it. */
  remove(): Promise<void>;
}

/** A new folder that only this user can enter (mode 0700 by mkdtemp(3)), for unix sockets and files without secrets. */
export async function createPrivateFolder(): Promise<PrivateFolder> {
  const preferred = tmpdir();
  const isFit =
    process.platform === 'win32' ||
    (PLAIN_PATH.test(preferred) && Buffer.byteLength(preferred) + 17 <= MAX_FOLDER_BYTES);
  const path = await mkdtemp(join(isFit ? preferred : '/tmp', 'sallyport-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }) };
}
