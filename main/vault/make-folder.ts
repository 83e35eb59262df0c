import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, each with `mode`; leaves what is there. Throws the system's error, ENOTDIR for a file in its place.
 * `mkdir` with `recursive` never comes back where a folder is there but takes no new one and says ENOENT, as /proc does.
 */
export function makeFolder(path: string, mode: number): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const each of missing) {
    try {
      mkdirSync(each, { mode });
    } catch (error) {
      // Somebody else has made it just now.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if (!statSync(path).isDirectory()) throw Object.assign(new Error(`${path} is a file`), { code: 'ENOTDIR' });
}

/** Why a folder cannot be used, in words. */
export function whyUnusable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'for an unknown reason';
  return WORDS[code] ?? code;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a read-only disk',
  ENOENT: 'no folder can be made there',
  ENOTDIR: 'a file stands in its place or above it',
  ENOSPC: 'its disk is full',
  EDQUOT: "this user's share of its disk is used up",
  ENAMETOOLONG: 'its name is too long',
};
