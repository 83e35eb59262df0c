import { systemTimers } from '../../timers.ts';
import type { Dispose } from '../../timers.ts';
import { createUpdates } from './create-updates.ts';
import type { Updater } from './create-updates.ts';
import { readUpdateSettings } from './update-settings.ts';

export interface StartUpdatesOptions {
  /** a checkout has nothing that could be replaced */
  readonly isPackaged: boolean;
  /** the package.json of the program */
  readonly manifest: unknown;
  readonly tell: (level: 'info' | 'error', message: string) => void;
  readonly loadUpdater?: () => Promise<Updater>;
}

/** Starts to look for updates where a feed was configured when the program was packaged; else nothing is loaded. */
export async function startUpdates(options: StartUpdatesOptions): Promise<Dispose> {
  const { manifest, tell, loadUpdater = loadElectronUpdater } = options;
  const settings = options.isPackaged ? readUpdateSettings(manifest) : null;
  if (settings === null) return () => undefined;
  const updater = await loadUpdater();
  return createUpdates({ settings, updater, timers: systemTimers, fetchText, tell }).dispose;
}

async function loadElectronUpdater(): Promise<Updater> {
  // CommonJS, with an accessor that makes the updater of this system.
  const { default: electronUpdater } = await import('electron-updater');
  const { autoUpdater } = electronUpdater;
  autoUpdater.logger = null;
  return autoUpdater;
}

const MAX_BYTES = 256 * 1024;
const FETCH_MS = 30_000;

/** Throws for an answer that is none, too long, or from elsewhere. */
async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const text = await answer.text();
  if (text.length > MAX_BYTES) throw new Error(`${url}: too long`);
  return text;
}
