import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
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
 * What the window loads before it can be used, and what somebody loads who reads another language than English. A budget that is
 * exceeded is a reason to look for what came in; it is raised only with a reason in the commit.
 */
const BUDGETS = [
  { what: 'scripts', extension: '.js', isLanguage: false, budgetBytes: 440 * 1024 },
  { what: 'languages', extension: '.js', isLanguage: true, budgetBytes: 40 * 1024 },
  { what: 'styles', extension: '.css', isLanguage: false, budgetBytes: 14 * 1024 },
] as const;

/** where build/renderer.vite.config.ts puts translations */
const LANGUAGES_FOLDER = 'languages';

/** The sizes of a built renderer; one without any files is not within its budget, because nothing was measured. */
export async function bundleSizes(folder: string): Promise<BundleSize[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    BUDGETS.map(async ({ what, extension, isLanguage, budgetBytes }) => {
      const paths = all
        .filter(
          file =>
            file.isFile() &&
            extname(file.name) === extension &&
            isTranslation(file.parentPath) === isLanguage,
        )
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

const isTranslation = (folder: string) => basename(folder) === LANGUAGES_FOLDER;

export function sizeWords({ what, files, bytes, gzippedBytes, budgetBytes, isWithin }: BundleSize): string {
  const kib = (size: number) => `${(size / 1024).toFixed(1)} KiB`;
  const verdict = isWithin ? '' : ' EXCEEDED';
  return `${what}: ${files} ${files === 1 ? 'file' : 'files'}, ${kib(bytes)}, gzipped ${kib(gzippedBytes)} of ${kib(budgetBytes)}${verdict}`;
}
