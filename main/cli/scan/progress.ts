import type { Writable } from 'node:stream';
import { barOf, isPlain } from '../bar.ts';

/** What a scan has done so far. */
export interface ScanCounts {
  readonly files: number;
  /** as they lie on the disk, packed or not */
  readonly bytes: number;
  readonly values: number;
}

export interface Progress {
  /** How much there is to read; known some time after the beginning. */
  expect(total: { readonly files: number; readonly bytes: number }): void;
  update(counts: ScanCounts, path: string): void;
  /** Takes the bar away; a later update draws it again. Before anything else is written to the terminal. */
  clear(): void;
}

export interface ProgressOptions {
  readonly stream: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
}

/** More often the eye sees no difference, and a slow terminal would hold up the scan. */
const REDRAW_MS = 100;

/** A bar on one line of a terminal; null where the stream is none, or a dumb one. Colour only without NO_COLOR (no-color.org). */
export function createProgress({ stream, environment, nowMs }: ProgressOptions): Progress | null {
  if (stream.isTTY !== true || environment['TERM'] === 'dumb') return null;
  const hasNoColour = isPlain(environment);
  let total: { readonly files: number; readonly bytes: number } | null = null;
  let drawnAtMs = -Infinity;
  let isDrawn = false;
  return {
    expect(expected) {
      total = expected;
    },
    update(counts, path) {
      const now = nowMs();
      if (now - drawnAtMs < REDRAW_MS) return;
      drawnAtMs = now;
      isDrawn = true;
      const columns = stream.columns ?? 80;
      const words = progressWords(counts, total);
      const bar = total === null ? '' : `${barOf(counts.bytes / Math.max(1, total.bytes))}  `;
      const room = columns - bar.length - words.length - 3;
      const line = `${bar}${words}  ${endOf(path, room)}`.slice(0, Math.max(0, columns - 1));
      const shown = hasNoColour
        ? line
        : `\u001b[36m${line.slice(0, bar.length)}\u001b[39m${line.slice(bar.length)}`;
      stream.write(`\r${shown}\u001b[K`);
    },
    clear() {
      if (isDrawn) stream.write('\r\u001b[K');
      isDrawn = false;
    },
  };
}

function progressWords(
  counts: ScanCounts,
  total: { readonly files: number; readonly bytes: number } | null,
): string {
  const files =
    total === null
      ? `${counts.files} ${counts.files === 1 ? 'file' : 'files'}`
      : `${counts.files}/${total.files} files`;
  const bytes =
    total === null ? byteWords(counts.bytes) : `${byteWords(counts.bytes)} of ${byteWords(total.bytes)}`;
  return `${files}  ${bytes}  ${counts.values} found`;
}

/** The end of a path says more than its beginning. Control characters of file names are not for a terminal. */
function endOf(path: string, room: number): string {
  const plain = path.replace(/\p{Cc}/gu, '?');
  return plain.length <= room ? plain : room < 8 ? '' : `…${plain.slice(plain.length - room + 1)}`;
}

/** `3.4 MB`, by thousands. */
export function byteWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit] ?? ''}`;
}
