import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SallyportError } from '../../../contract/errors.ts';
import { unreadable } from './file-problem.ts';
import type { Ignored } from './gitignore.ts';

/** A file to read, with its size; or a place in the tree that cannot be read. */
export type Found =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'problem'; readonly error: SallyportError };

/**
 * Files under a path, directories walked in name order. A link is followed where it is the path itself; inside of directories links,
 * pipes and devices are passed over, so that no circle and no endless file is entered. `ignored` leaves files and directories out.
 */
export async function* filesUnder(path: string, ignored: Ignored | null): AsyncGenerator<Found> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) yield* filesIn(path, ignored === null ? null : await ignored.under(path));
    else yield { kind: 'file', path, bytes: info.size };
  } catch (cause) {
    yield { kind: 'problem', error: unreadable(path, cause) };
  }
}

async function* filesIn(folder: string, ignored: Ignored | null): AsyncGenerator<Found> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    yield { kind: 'problem', error: unreadable(folder, cause) };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if ((!isFolder && !entry.isFile()) || ignored?.has(path, isFolder) === true) continue;
    if (isFolder) yield* filesIn(path, ignored === null ? null : await ignored.under(path));
    else yield { kind: 'file', path, bytes: await sizeOf(path) };
  }
}

/** For the progress only: whoever reads the file finds out what is wrong with it. */
async function sizeOf(path: string): Promise<number> {
  return lstat(path).then(
    info => info.size,
    () => 0,
  );
}
