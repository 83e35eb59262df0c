import type { Entity } from '../../../contract/redaction.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { LineDetector } from '../../../core/redaction/line-detector.ts';
import type { TextFinding } from '../../../core/redaction/scan-text.ts';
import { createTextScanner } from '../../../core/redaction/scan-text.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { quietBrokenPipe, write } from '../write.ts';
import { openFile, textOf } from './file-text.ts';
import type { Ignored } from './gitignore.ts';
import type { Progress, ScanCounts } from './progress.ts';
import { byteWords } from './progress.ts';
import type { Report } from './report.ts';
import type { Found } from './text-files.ts';
import { filesUnder } from './text-files.ts';

export interface ScanOptions {
  readonly detector: LineDetector;
  readonly report: Report;
  readonly ignored: Ignored | null;
  /** Null: nobody watches. With it goes a summary at the end. */
  readonly progress: Progress | null;
}

/** What was done when the scan ended, also by an interruption or because nobody reads its output. */
interface Scan {
  readonly io: CommandIo;
  readonly options: ScanOptions;
  readonly counts: { -readonly [key in keyof ScanCounts]: ScanCounts[key] };
  readonly byEntity: Map<Entity, number>;
  readonly problems: string[];
  /** The reader of the output has gone. */
  isGone: boolean;
}

/**
 * Scans files and directories one after the other; what cannot be read is told, and the rest is scanned. 0: nothing found; 1: something
 * found; 2: something could not be read.
 */
export async function scanPaths(
  paths: readonly string[],
  io: CommandIo,
  options: ScanOptions,
): Promise<ExitCode> {
  const counts = { files: 0, bytes: 0, values: 0 };
  const scan: Scan = { io, options, counts, byEntity: new Map(), problems: [], isGone: false };
  const quiet = quietBrokenPipe(io.stdout, () => {
    scan.isGone = true;
  });
  const counting = options.progress === null ? null : expectTotal(paths, scan, options.progress);
  try {
    await print(scan, options.report.begin());
    for (const path of paths) {
      const found = path === '-' ? [standardInput] : filesUnder(path, options.ignored);
      for await (const each of found) {
        if (io.signal.aborted || scan.isGone) break;
        if (each.kind === 'problem') note(scan, each.error.message);
        else await scanFile(scan, each.path);
      }
    }
    const isInterrupted = io.signal.aborted;
    await print(scan, options.report.end({ problems: scan.problems, isInterrupted }));
    options.progress?.clear();
    if (isInterrupted || options.progress !== null) io.stderr.write(summaryOf(scan, isInterrupted));
  } finally {
    await counting?.end();
    options.progress?.clear();
    quiet.dispose();
  }
  if (scan.problems.length > 0) return EXIT.usage;
  return counts.values > 0 ? EXIT.findings : EXIT.ok;
}

const standardInput: Found = { kind: 'file', path: '-', bytes: 0 };

async function scanFile(scan: Scan, path: string): Promise<void> {
  const { io, options, counts } = scan;
  const scanner = createTextScanner({ detector: options.detector.fork() });
  const text = textOf({
    open: () => (path === '-' ? io.stdin : openFile(path)),
    name: path,
    onBytes(bytes) {
      counts.bytes += bytes;
      options.progress?.update(counts, path);
    },
  });
  const stopReading = (): void => void io.stdin.destroy();
  if (path === '-') io.signal.addEventListener('abort', stopReading, { once: true });
  counts.files++;
  try {
    for await (const piece of text) {
      if (piece === null) {
        remark(scan, `"${path}" is binary, skipped.`);
        return;
      }
      await tell(scan, path, scanner.feed(piece));
      if (io.signal.aborted || scan.isGone) return;
    }
    await tell(scan, path, scanner.end());
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error;
    if (io.signal.aborted) return;
    // One file that cannot be read must not hide what the others hold, nor what was read of it.
    await tell(scan, path, scanner.end());
    note(scan, error.message);
  } finally {
    io.signal.removeEventListener('abort', stopReading);
  }
}

async function tell(scan: Scan, path: string, findings: readonly TextFinding[]): Promise<void> {
  for (const found of findings) {
    scan.counts.values++;
    scan.byEntity.set(found.entity, (scan.byEntity.get(found.entity) ?? 0) + 1);
    await print(scan, scan.options.report.finding(path, found));
    if (scan.isGone) return;
  }
}

async function print(scan: Scan, text: string): Promise<void> {
  if (text === '' || scan.isGone) return;
  scan.options.progress?.clear();
  if (!(await write(scan.io.stdout, text))) scan.isGone = true;
}

function note(scan: Scan, problem: string): void {
  scan.problems.push(problem);
  remark(scan, problem);
}

function remark(scan: Scan, text: string): void {
  scan.options.progress?.clear();
  scan.io.stderr.write(`sallyport scan: ${text}\n`);
}

/** `3 files (1.2 MB): 5 values found: 3 email, 2 card`. */
function summaryOf({ counts, byEntity, problems }: Scan, isInterrupted: boolean): string {
  const entities = [...byEntity]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([entity, number]) => `${number} ${entity}`);
  const files = `${counts.files} ${counts.files === 1 ? 'file' : 'files'} (${byteWords(counts.bytes)})`;
  const values =
    counts.values === 0
      ? 'nothing found'
      : `${counts.values} ${counts.values === 1 ? 'value' : 'values'} found: ${entities.join(', ')}`;
  const unread = problems.length === 0 ? '' : `; ${problems.length} could not be read`;
  return `sallyport scan: ${isInterrupted ? 'interrupted after ' : ''}${files}: ${values}${unread}\n`;
}

/** Walks the directories once more, beside the scan, to know how much there is. */
function expectTotal(paths: readonly string[], scan: Scan, progress: Progress): { end(): Promise<void> } {
  let isOver = false;
  const walk = async (): Promise<void> => {
    const total = { files: 0, bytes: 0 };
    for (const path of paths) {
      if (path === '-') return;
      for await (const found of filesUnder(path, scan.options.ignored)) {
        if (isOver || scan.io.signal.aborted) return;
        if (found.kind !== 'file') continue;
        total.files++;
        total.bytes += found.bytes;
      }
    }
    progress.expect(total);
  };
  const walking = walk();
  return {
    end() {
      isOver = true;
      return walking;
    },
  };
}
