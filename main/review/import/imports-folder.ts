import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import type { ImportedRecording } from '../../../contract/imports.ts';
import { RecordingId } from '../../../contract/ids.ts';
import { CHAIN_CRYPTO } from '../../session-host/recorder/chain-crypto.ts';
import type { RecordingSource } from '../recording-source.ts';
import { openFileSource } from '../recording-source.ts';
import { readOutline } from '../replay.ts';

/** Recordings that were imported into a profile: `ID.sprec` in a folder of their own (mode 0700), sealed to the reviewer. */
export interface ImportsFolder {
  /** Newest import first. A file that is no imported recording is left out. */
  list(): Promise<ImportedRecording[]>;
  /** null where it was not imported here */
  source(recordingId: RecordingId): Promise<RecordingSource | null>;
  /** Throws `not-found`. */
  remove(recordingId: RecordingId): Promise<void>;
  readonly folder: string;
}

const ENDING = '.sprec';
/** An import that a crash cut off leaves its folder; one that runs is younger. */
const STALE_MS = 24 * 3_600_000;

export function createImportsFolder(folder: string): ImportsFolder {
  const pathOf = (recordingId: RecordingId) => join(folder, `${recordingId}${ENDING}`);
  const names = () => readdir(folder).catch(() => [] as string[]);
  return {
    folder,
    async list() {
      const found: ImportedRecording[] = [];
      for (const name of await names()) {
        const id = RecordingId.safeParse(name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : null);
        const recording = id.success ? await describeImport(pathOf(id.data), id.data) : null;
        if (recording !== null) found.push(recording);
      }
      return found.sort((a, b) => b.importedAtMs - a.importedAtMs);
    },
    async source(recordingId) {
      const path = pathOf(recordingId);
      const isThere = await stat(path).then(
        () => true,
        () => false,
      );
      return isThere ? openFileSource(path) : null;
    },
    async remove(recordingId) {
      await rm(pathOf(recordingId)).catch((cause: unknown) => {
        throw new SallyportError('not-found', 'There is no such imported recording here any more.', {
          cause,
        });
      });
    },
  };
}

/** What can be said of an imported recording without opening it; null for a file that is none. */
export async function describeImport(path: string, id: RecordingId): Promise<ImportedRecording | null> {
  const source = await openFileSource(path);
  try {
    const { header, durationMs, size } = await readOutline(source, CHAIN_CRYPTO);
    const { imported, startedAtMs, cols, rows, sessionId } = header;
    if (imported === undefined || sessionId !== id) return null;
    return {
      id,
      format: imported.format,
      importedAtMs: imported.atMs,
      startedAtMs,
      durationMs,
      bytes: size,
      cols,
      rows,
    };
  } catch {
    return null;
  } finally {
    await source.close();
  }
}

/** Takes away what imports left that were cut off. `nowMs`: milliseconds since the epoch. */
export async function removeUnfinishedImports(folder: string, nowMs: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (!name.startsWith('unfinished-')) continue;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => null);
    if (facts !== null && nowMs - facts.mtimeMs > STALE_MS) await rm(path, { recursive: true, force: true });
  }
}
