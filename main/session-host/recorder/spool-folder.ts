import { mkdir, readdir, rm, stat, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { SessionId } from '../../../contract/ids.ts';

/**
 * The spool: one folder (mode 0700) of ciphertext. Names carry the session's id and nothing else:
 * `ID.sprec` the recording · `ID.draft` what it holds back, for this device alone · `ID.reserve` room kept for the end · `ID.lock` who writes or uploads it · `ID.receipt` the server has it ·
 * `receipts/ID.jws` what the server countersigned last; it stays when the recording is gone.
 */
export interface SpoolPaths {
  readonly recording: string;
  readonly draft: string;
  readonly reserve: string;
  readonly lock: string;
  readonly receipt: string;
  readonly lastReceipt: string;
}

export function spoolPaths(folder: string, sessionId: SessionId): SpoolPaths {
  const path = (ending: string) => join(folder, `${sessionId}.${ending}`);
  return {
    recording: path('sprec'),
    draft: path('draft'),
    reserve: path('reserve'),
    lock: path('lock'),
    receipt: path('receipt'),
    lastReceipt: join(folder, 'receipts', `${sessionId}.jws`),
  };
}

export async function ensureSpoolFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // mkdir leaves the mode of a folder that was there before
  await chmod(folder, 0o700);
}

/** Ids of the recordings that lie in the spool; empty where there is no folder yet. */
export async function listSpool(folder: string): Promise<SessionId[]> {
  const ids: SessionId[] = [];
  for (const name of await namesIn(folder)) {
    const id = SessionId.safeParse(name.endsWith('.sprec') ? name.slice(0, -'.sprec'.length) : null);
    if (id.success) ids.push(id.data);
  }
  return ids.sort();
}

/** Bytes of all recordings in the spool but one. Reserves do not count: they are given back. */
export async function measureSpool(folder: string, exceptId: SessionId): Promise<number> {
  let bytes = 0;
  for (const id of await listSpool(folder)) {
    if (id === exceptId) continue;
    // A recording that was uploaded just now may be gone.
    bytes += await stat(spoolPaths(folder, id).recording).then(
      found => found.size,
      () => 0,
    );
  }
  return bytes;
}

export async function removeSpool(paths: SpoolPaths): Promise<void> {
  for (const path of [paths.recording, paths.draft, paths.reserve, paths.receipt, paths.lock])
    await rm(path, { force: true });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
