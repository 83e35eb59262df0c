import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron';
import type { ShellFacts, ShellNotification } from '../../contract/shell.ts';
import type { App } from '../app/app.ts';
import { createApp } from '../app/app.ts';
import { createReviewService } from '../review/create-review-service.ts';
import { contentSecurityPolicy } from '../shell/content-security-policy.ts';
import type { LinkView } from '../../contract/link.ts';
import { parseDeepLink } from '../shell/deep-link.ts';
import { openProfile } from '../vault/profile-folder.ts';
import { fileSecretBox } from '../vault/secret-box.ts';
import { readManifest, version } from '../version.ts';
import { startAddress } from './app-address.ts';
import { appMenu } from './app-menu.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { keepCrashNotes } from './crash-notes.ts';
import { createExternalLinks } from './external-links.ts';
import { foreignSwitch, foreignSwitchWords } from './foreign-switches.ts';
import { createUtilityForkHost } from './fork-utility-host.ts';
import { guardContents, guardNetwork, guardPermissions } from './guards.ts';
import { serveIpc } from './ipc.ts';
import { linkAmong, readLaunch } from './launch.ts';
import { createSafeStorageBox } from './safe-storage-box.ts';
import { createNotifications } from './notifications.ts';
import { reloadAfterCrash } from './reload-after-crash.ts';
import { shellTexts } from './shell-texts.ts';
import { startTray } from './tray.ts';
import { startUpdates } from './updates/start-updates.ts';
import { createAppWindow } from './window.ts';

/**
 * Composition root of the desktop shell. Built to out/desktop/main.js; the renderer lies beside it in out/renderer.
 *
 * Electron holds `ready` back until this module has run to its end, so what has to come before (the lock, the scheme, the sandbox) is
 * done without waiting for anything (https://www.electronjs.org/docs/latest/tutorial/esm).
 */
const RENDERER = join(import.meta.dirname, '..', 'renderer');
const PRELOAD = join(import.meta.dirname, 'preload.cjs');
const SESSION_HOST = join(import.meta.dirname, 'session-host.js');

const launch = readLaunch(process.argv.slice(1));
const FACTS: ShellFacts = {
  kind: 'desktop',
  lacks: launch.hasDemoKeys
    ? [{ capability: 'safe-storage', meaning: 'The keys of the demo lie in files of its folder.' }]
    : [],
};

if (!isUntampered() || !hasOwnFolder()) app.exit(1);
else if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  app.enableSandbox();
  registerAppScheme(protocol);
  // A checkout would register the bare runtime, which does not know what to do with a link.
  if (app.isPackaged) app.setAsDefaultProtocolClient('sallyport', process.execPath, ['--']);
  const texts = () => shellTexts(app.getPreferredSystemLanguages());
  const externalLinks = createExternalLinks(dialog, shell, texts);
  guardContents(app, { openExternal: url => void externalLinks.ask(url) });

  let client: App | null = null;
  let firstLink = launch.link;
  const show = (link: LinkView | null) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) firstLink = link ?? firstLink;
    else if (link !== null) client?.showLink(link);
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  };
  app.on('second-instance', (_event, argv) => show(linkAmong(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    show(parseDeepLink(url));
  });

  void app.whenReady().then(() => {
    guardPermissions(session.defaultSession);
    guardNetwork(session.defaultSession);
    const menu = appMenu(process.platform, texts());
    Menu.setApplicationMenu(menu === null ? null : Menu.buildFromTemplate(menu));
    serveAppScheme(protocol, { folder: RENDERER, policy: contentSecurityPolicy() });
    const opened = openClient(createNotifications(show));
    if (opened === null) return;
    client = opened;
    const ipc = serveIpc(opened);
    const open = async () => {
      const window = createAppWindow(PRELOAD, { hasDevTools: !app.isPackaged });
      const connection = ipc.connect(window.webContents);
      reloadAfterCrash(window.webContents, { dialog, nowMs: () => performance.now() });
      const link = firstLink;
      firstLink = null;
      await window.loadURL(await startAddress(link, connection));
    };
    // A window that was closed while it loaded is nothing to tell anybody.
    const openWindow = () => void open().catch(() => undefined);
    openWindow();
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) openWindow();
    });
    const deeds = { show, lockAll: () => opened.away(), quit: () => app.quit() };
    const tray = startTray(opened, deeds, texts());
    app.once('will-quit', () => tray?.dispose());
    followPower(opened);
    endInOrder(opened);
    lookForUpdates(opened);
  });
  app.on('window-all-closed', () => app.quit());
}

/** A checkout is a developer's, who may look in. False, after telling the user, where a packaged program was started with a refused switch. */
function isUntampered(): boolean {
  const found = app.isPackaged ? foreignSwitch(app.commandLine) : null;
  if (found !== null) cannotStart(new Error(foreignSwitchWords(found)));
  return found === null;
}

/**
 * One folder is one client: what Chromium keeps for its windows, and with it the lock against a second instance, goes into the
 * profile. False, after telling the user, where the folder cannot be made.
 */
function hasOwnFolder(): boolean {
  if (launch.profileFolder === undefined) return true;
  try {
    const folder = join(openProfile(launch.profileFolder, process.env).folder, 'window');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    app.setPath('userData', folder);
    keepCrashNotes(app, { file: join(folder, 'crashes.jsonl'), version, now: () => new Date() });
    return true;
  } catch (error) {
    cannotStart(error);
    return false;
  }
}

/** Null, after telling the user, where the client cannot keep its keys or read its accounts. */
function openClient(notify: (notification: ShellNotification) => void): App | null {
  try {
    return createApp({
      profile: openProfile(launch.profileFolder, process.env),
      secretBox: launch.hasDemoKeys ? fileSecretBox : createSafeStorageBox(safeStorage, process.platform),
      shell: FACTS,
      forkHost: createUtilityForkHost(SESSION_HOST),
      createReviewService,
      environment: process.env,
      notify,
    });
  } catch (error) {
    cannotStart(error);
    app.exit(1);
    return null;
  }
}

/** Where a feed was configured when this program was packaged. What is wrong with that is told, and hinders nothing else. */
function lookForUpdates(client: App): void {
  startUpdates({
    isPackaged: app.isPackaged,
    manifest: readManifest(),
    tell: (level, message) => client.tell(level, message),
  }).then(
    stop => app.once('will-quit', stop),
    () =>
      dialog.showErrorBox(
        'Sallyport looks for no updates',
        'This program was packaged with wrong settings for them. Everything else works; tell whoever packaged it.',
      ),
  );
}

function cannotStart(error: unknown): void {
  dialog.showErrorBox('Sallyport cannot start', error instanceof Error ? error.message : String(error));
}

/** Who leaves the machine leaves no open session behind; who comes back waits for the server's word. */
function followPower(client: App): void {
  powerMonitor.on('lock-screen', () => client.away());
  powerMonitor.on('suspend', () => client.away());
  powerMonitor.on('resume', () => client.resumed());
  powerMonitor.on('unlock-screen', () => client.resumed());
  // The system waits a little: long enough to seal the recordings.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault();
    app.quit();
  });
}

/** Sessions end, and recordings are sealed, before the program does. */
function endInOrder(client: App): void {
  let isDisposed = false;
  app.on('will-quit', event => {
    if (isDisposed) return;
    event.preventDefault();
    void client.dispose().finally(() => {
      isDisposed = true;
      app.quit();
    });
  });
}
