import type { Dispose, Timers } from '../../timers.ts';
import type { OfferedUpdate } from './signed-release.ts';
import { isOffered, releaseFile, verifyRelease } from './signed-release.ts';
import type { UpdateSettings } from './update-settings.ts';

/** The part of electron-updater's `AppUpdater` that is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  setFeedURL(options: { readonly provider: 'generic'; readonly url: string; readonly channel: string }): void;
  checkForUpdates(): Promise<{
    readonly isUpdateAvailable: boolean;
    readonly updateInfo: OfferedUpdate;
  } | null>;
  downloadUpdate(): Promise<unknown>;
}

export interface UpdatesOptions {
  readonly settings: UpdateSettings;
  readonly updater: Updater;
  readonly timers: Timers;
  /** The text at an address; rejects where there is none. */
  readonly fetchText: (url: string) => Promise<string>;
  readonly tell: (level: 'info' | 'error', message: string) => void;
}

/** Long enough for a start to be over. */
const FIRST_AFTER_MS = 30_000;
const EVERY_MS = 4 * 60 * 60 * 1000;

/**
 * Looks for updates from time to time. What the feed offers is downloaded only when the makers' signature covers its version and every file,
 * on each system, besides what the system checks itself (Authenticode, codesign); an older version never. It is installed when the program
 * quits, which ends no session. `dispose` stops looking.
 */
export function createUpdates(options: UpdatesOptions): { check(): Promise<void>; dispose: Dispose } {
  const { settings, updater, timers, tell } = options;
  const told = new Set<string>();
  let ready: string | null = null;
  let isDisposed = false;
  let timer: Dispose = timers.after(FIRST_AFTER_MS, look);

  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowPrerelease = settings.channel !== 'latest';
  updater.setFeedURL({ provider: 'generic', url: settings.feed, channel: settings.channel });
  // Last: electron-updater allows it by itself wherever a channel is set.
  updater.allowDowngrade = false;

  function look(): void {
    void check().finally(() => {
      if (!isDisposed) timer = timers.after(EVERY_MS, look);
    });
  }

  /** A feed that cannot be reached now is looked at again later, and nothing to tell anybody. */
  async function check(): Promise<void> {
    try {
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true || found.updateInfo.version === ready) return;
      const { updateInfo } = found;
      const jws = await options.fetchText(new URL(releaseFile(updateInfo.version), settings.feed).href);
      const signed = await verifyRelease(jws, settings.keys);
      if (signed === null || !isOffered(updateInfo, signed)) return refuse(updateInfo.version);
      await updater.downloadUpdate();
      ready = updateInfo.version;
      tell('info', `Sallyport ${ready} is ready. It is installed when you quit.`);
    } catch {
      return undefined;
    }
  }

  function refuse(version: string): void {
    if (told.has(version)) return;
    told.add(version);
    tell(
      'error',
      `The update ${version.slice(0, 40)} is not what the makers of Sallyport have signed, and was not installed. Tell whoever runs Sallyport for you.`,
    );
  }

  return {
    check,
    dispose() {
      isDisposed = true;
      timer();
    },
  };
}
