import { appendFileSync, statSync } from 'node:fs';
import type { App } from 'electron';

/** Notes of crashes stop here; the oldest tell the most. */
const MAX_BYTES = 64 * 1024;

export interface CrashNotesOptions {
  /** one JSON object a line, for this user only */
  readonly file: string;
  readonly version: string;
  readonly now: () => Date;
}

/**
 * Keeps a note of each process of the program that crashed: which, why in the system's word, and when. Nothing of what it held:
 * Electron's crash reporter is never started, for its dumps are memory, and memory has the text of terminals. Nothing is sent.
 */
export function keepCrashNotes(app: App, { file, version, now }: CrashNotesOptions): void {
  const note = (process: string, reason: string, exitCode: number): void => {
    if (reason === 'clean-exit') return;
    const line = `${JSON.stringify({ at: now().toISOString(), version, process, reason, exitCode })}\n`;
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) + line.length > MAX_BYTES) return;
      appendFileSync(file, line, { mode: 0o600 });
    } catch {
      // A full disk must not add to what went wrong.
    }
  };
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) =>
    note('window', reason, exitCode),
  );
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) =>
    note(name === undefined ? type : `${type} ${name}`, reason, exitCode),
  );
}
