import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface BundleSize {
  readonly what: string;
  readonly files: number;
  readonly bytes: number;
  /** as a browser would get it */
  readonly gzippedBytes: number;
  readonly budgetBytes: number;
  readonly isWithin: boolean;
}

/**
 * What the window loads before it can be used. A budget that is exceeded is a reason to look for what came in; it is raised only with a
 * reason in the commit.
 */
const BUDGETS = [
  { what: 'scripts', extension: '.js', budgetBytes: 440 * 1024 },
  { what: 'styles', extension: '.css', budgetBytes: 14 * 1024 },
] as const;

/** The sizes of a built renderer; one without any files is not within its budget, because nothing was measured. */
export async function bundleSizes(folder: string): Promise<BundleSize[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    BUDGETS.map(async ({ what, extension, budgetBytes }) => {
      const paths = all
        .filter(file => file.isFile() && extname(file.name) === extension)
        .map(file => join(file.parentPath, file.name));
      const contents = await Promise.all(paths.map(path => readFile(path)));
      const gzippedBytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
      return {
        what,
        files: contents.length,
        bytes: contents.reduce((sum, content) => sum + content.length, 0),
        gzippedBytes,
        budgetBytes,
        isWithin: contents.length > 0 && gzippedBytes <= budgetBytes,
      };
    }),
  );
}

export function sizeWords({ what, files, bytes, gzippedBytes, budgetBytes, isWithin }: BundleSize): string {
  const kib = (size: number) => `${(size / 1024).toFixed(1)} KiB`;
  const verdict = isWithin ? '' : ' EXCEEDED';
  return `${what}: ${files} ${files === 1 ? 'file' : 'files'}, ${kib(bytes)}, gzipped ${kib(gzippedBytes)} of ${kib(budgetBytes)}${verdict}`;
}
