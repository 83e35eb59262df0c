import { randomUUID } from 'node:crypto';
import { SallyportError } from '../../../contract/errors.ts';
import type { ImportOutcome } from '../../../contract/imports.ts';
import { DEFAULT_POLICY } from '../../../core/redaction/policy.ts';
import type { CastImporter } from './cast-importer.ts';
import type { ImportsFolder } from './imports-folder.ts';
import { describeImport, removeUnfinishedImports } from './imports-folder.ts';

/** One window imports one file; those whose windows are gone give way. */
const MAX_IMPORTS = 2;

export interface ImportsOptions {
  readonly folder: ImportsFolder;
  /** of the reviewer, whom what is imported is sealed to; null while there is no identity */
  readonly recipient: () => string | null;
  /** milliseconds since the epoch */
  readonly wallNowMs: () => number;
}

/** Imports whose files come from a window piece by piece. */
export interface Imports extends Pick<ImportsFolder, 'list' | 'remove'> {
  /** Throws `identity-missing`. */
  begin(): Promise<{ readonly importId: string }>;
  /** After a failure nothing is left of it. Throws `bad-input`, `not-found`, `recorder-failed`. */
  push(importId: string, base64: string): Promise<void>;
  finish(importId: string): Promise<ImportOutcome>;
  stop(importId: string): Promise<void>;
  dispose(): Promise<void>;
}

export function createImports({ folder, recipient, wallNowMs }: ImportsOptions): Imports {
  const running = new Map<string, CastImporter>();

  const stop = async (importId: string): Promise<void> => {
    const importer = running.get(importId);
    running.delete(importId);
    await importer?.abort();
  };
  const step = async <T>(importId: string, take: (importer: CastImporter) => Promise<T>): Promise<T> => {
    const importer = running.get(importId);
    if (importer === undefined)
      throw new SallyportError('not-found', 'This import was ended. Begin it again.');
    try {
      return await take(importer);
    } catch (error) {
      await stop(importId);
      throw error;
    }
  };

  return {
    list: folder.list,
    remove: folder.remove,
    stop,
    async begin() {
      const own = recipient();
      if (own === null)
        throw new SallyportError(
          'identity-missing',
          'What is imported is sealed to your own key, and this machine holds none. Make one with "sallyport keys new".',
        );
      const importedAtMs = wallNowMs();
      await removeUnfinishedImports(folder.folder, importedAtMs);
      // loaded when wanted: the redactor's word lists are large
      const { createCastImporter } = await import('./cast-importer.ts');
      const importer = await createCastImporter({
        folder: folder.folder,
        recipients: [own],
        policy: DEFAULT_POLICY,
        importedAtMs,
      });
      const importId = randomUUID();
      running.set(importId, importer);
      const [oldest] = running.keys();
      if (running.size > MAX_IMPORTS && oldest !== undefined) await stop(oldest);
      return { importId };
    },
    push: (importId, base64) =>
      step(importId, importer => importer.push(new Uint8Array(Buffer.from(base64, 'base64')))),
    finish: importId =>
      step(importId, async importer => {
        const { recordingId, path, masked, inputsLeftOut } = await importer.finish();
        running.delete(importId);
        const recording = await describeImport(path, recordingId);
        if (recording === null) throw new Error('What was imported is not what was written.');
        return { recording, masked, inputsLeftOut };
      }),
    async dispose() {
      await Promise.all([...running.keys()].map(stop));
    },
  };
}
