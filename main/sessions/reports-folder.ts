import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Where one running client keeps reports that the server does not have yet. Several clients (a window, `sallyport connect`) may share
 * a profile: each has a folder of its own, and takes over only those of clients that are gone.
 */
export interface ReportsFolder {
  readonly folder: string;
  /** Folders of clients that ended without telling everything. */
  abandoned(): readonly string[];
  /** This client ends: removes the folder, or leaves it to the next client if something is in it. */
  release(): void;
}

const OWNER_FILE = 'owner';
const Owner = z.object({ pid: z.int().positive(), startedAt: z.string().nullable() });
type Owner = z.infer<typeof Owner>;

/** Makes the folder of this process under `root` (one root per device). */
export function claimReportsFolder(root: string): ReportsFolder {
  const name = randomUUID();
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner: Owner = { pid: process.pid, startedAt: startOf(process.pid) };
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
  return {
    folder,
    abandoned: () =>
      readdirSync(root)
        .filter(other => other !== name && !isOwned(join(root, other)))
        .map(other => join(root, other)),
    release() {
      rmSync(join(folder, OWNER_FILE), { force: true });
      removeEmptyFolder(folder);
    },
  };
}

/** Removes a folder of reports when all of them were told. */
export function removeEmptyFolder(folder: string): void {
  const isEmpty = readdirSync(folder).every(name => name === OWNER_FILE);
  if (isEmpty) rmSync(folder, { recursive: true, force: true });
}

function isOwned(folder: string): boolean {
  let owner: Owner;
  try {
    owner = Owner.parse(JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')));
  } catch {
    return false;
  }
  try {
    process.kill(owner.pid, 0);
    return startOf(owner.pid) === owner.startedAt;
  } catch (error) {
    // Alive, but of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process began, so that a reused pid is not taken for it; null where the system does not tell (proc(5), field 22). */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
