import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP_ORIGIN, EVENT_CHANNEL, REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import {
  loadDesktopProgram,
  SESSION_HOST,
  temporaryFolder,
  withElectron,
} from '../support/desktop-program.ts';
import type { ElectronDouble, ElectronDoubleOptions } from '../support/electron-double/electron-double.ts';
import {
  createElectronDouble,
  createMachine,
  onlyWindow,
} from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';

let folder: { readonly path: string; remove(): void };
let programs: DesktopProgram[];

beforeEach(() => {
  folder = temporaryFolder();
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map(program => program.end()));
  folder.remove();
});

async function load(args: readonly string[] = [], options: ElectronDoubleOptions = {}) {
  const program = await loadDesktopProgram(['--profile', folder.path, '--demo-keys', ...args], options);
  programs.push(program);
  return program;
}

async function started(args: readonly string[] = [], options: ElectronDoubleOptions = {}) {
  const program = await load(args, options);
  await program.becomeReady();
  await opened(program);
  return program;
}

/** The window stands and shows its page. */
async function opened({ electron }: DesktopProgram) {
  const window = onlyWindow(electron);
  if (window.loaded.length === 0) await once(window, 'ready-to-show');
  return window;
}

/** The session host that waits for the first session; it comes when the window has had the processor for itself. */
async function spareHost({ utilityProcess }: ElectronDouble) {
  await expect.poll(() => utilityProcess.forked.length).toBe(1);
  const [host] = utilityProcess.forked;
  if (host === undefined) throw new Error('there is none');
  return host;
}

describe('the desktop program at its start', () => {
  it('has its sandbox, its scheme and its lock before Electron is ready, without waiting for anything', async () => {
    const machine = createMachine();
    const { electron } = await load([], { machine });
    expect(electron.app.isReady()).toBe(false);
    expect(electron.app.isSandboxEnabled).toBe(true);
    expect(electron.protocol.schemes).toMatchObject([
      { scheme: 'sallyport-app', privileges: { standard: true, secure: true } },
    ]);
    const privileges = electron.protocol.schemes[0]?.privileges ?? {};
    expect(privileges.bypassCSP ?? false).toBe(false);
    expect(privileges.allowServiceWorkers ?? false).toBe(false);
    expect([...machine.locks.values()]).toEqual([electron.app]);
  });

  it('keeps everything of its windows in the profile, for its user only', async () => {
    const { electron } = await load();
    const own = electron.app.paths.get('userData') ?? '';
    expect(own).toBe(join(folder.path, 'window'));
    expect(statSync(own).mode & 0o777).toBe(0o700);
  });

  it('says so and ends where the profile cannot be made', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const program = await loadDesktopProgram(['--profile', join(file, 'profile')]);
    expect(program.electron.app.exitCode).toBe(1);
    expect(program.electron.dialog.errors).toHaveLength(1);
  });

  it('shows its own page in a window of sandboxed preferences', async () => {
    const window = await opened(await started());
    expect(window.loaded).toEqual([`${APP_ORIGIN}/index.html`]);
    const { preload, ...preferences } = window.preferences;
    // All of them: nothing experimental, no features of Blink.
    expect(preferences).toEqual({
      devTools: true,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    expect(preload).toMatch(/preload\.cjs$/);
    expect(window.calls).toEqual(['setContentProtection true', 'show']);
  });

  it('answers the requests of its page from the real client', async () => {
    const { electron } = await started();
    const page = new PageDouble(electron.ipcMain, onlyWindow(electron).webContents);
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'app.state', {})).toMatchObject({
      ok: true,
      value: { accounts: [], current: null, shell: { kind: 'desktop' } },
    });
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'app.state', { more: 1 })).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'constructor', {})).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  it('becomes the handler of its links only where it is installed', async () => {
    const inCheckout = await load();
    expect(inCheckout.electron.app.protocolClients).toEqual([]);
    const installed = await load([], { isPackaged: true });
    // Behind the dashes a link is never read as a switch of the program.
    expect(installed.electron.app.protocolClients).toEqual([['sallyport', process.execPath, ['--']]]);
  });
});

describe('keys of the desktop program', () => {
  async function startedWithKeychain(change: (program: DesktopProgram) => void) {
    const program = await loadDesktopProgram(['--profile', folder.path]);
    programs.push(program);
    change(program);
    await program.becomeReady();
    return program;
  }

  it('are kept where the system has a keychain', async () => {
    const program = await startedWithKeychain(() => undefined);
    await opened(program);
    expect(program.electron.dialog.errors).toEqual([]);
  });

  it.each([
    ['a back end with a key that every program has', { backend: 'basic_text' }],
    ['no keychain', { isAvailable: false }],
  ] as const)('are refused with %s: the program says so, ends, and started nothing', async (_what, state) => {
    const { electron } = await startedWithKeychain(program =>
      Object.assign(program.electron.safeStorage, state),
    );
    expect(electron.dialog.errors).toEqual([
      ['Sallyport cannot start', expect.stringContaining('keychain') as string],
    ]);
    expect(electron.app.exitCode).toBe(1);
    expect(electron.BrowserWindow.getAllWindows()).toEqual([]);
    expect(electron.utilityProcess.forked).toEqual([]);
  });
});

describe('links to the desktop program', () => {
  async function linksToldTo(program: DesktopProgram): Promise<unknown[]> {
    const window = await opened(program);
    const page = new PageDouble(program.electron.ipcMain, window.webContents);
    const told: unknown[] = [];
    page.ipcRenderer.on(EVENT_CHANNEL, (_event, name: unknown, payload: unknown) => {
      if (name === 'deep-link') told.push(payload);
    });
    return told;
  }

  it('of a second program reach the first, which comes to the front; the second quits', async () => {
    const machine = createMachine();
    const first = await started([], { machine });
    const told = await linksToldTo(first);
    const window = onlyWindow(first.electron);
    window.minimize();
    const arrived = once(first.electron.app, 'second-instance');
    const second = await load(['sallyport://session/ses_1'], { machine });
    await arrived;
    await Promise.resolve();
    expect(second.electron.app.exitCode).toBe(0);
    expect(second.electron.app.isSandboxEnabled).toBe(false);
    expect(told).toEqual([{ view: 'session', id: 'ses_1' }]);
    expect(window.isMinimized()).toBe(false);
    expect(window.calls.at(-1)).toBe('focus');
    expect(first.electron.app.exitCode).toBeNull();
  });

  it('do not cross to the client of another profile', async () => {
    const machine = createMachine();
    await started([], { machine });
    const other = join(folder.path, 'other');
    mkdirSync(other);
    const program = await load(['--profile', other], { machine });
    expect(program.electron.app.exitCode).toBeNull();
    expect(existsSync(join(other, 'accounts'))).toBe(true);
  });

  it('that started the program are where its window begins', async () => {
    const program = await started(['sallyport://session/ses_1']);
    expect((await opened(program)).loaded).toEqual([`${APP_ORIGIN}/index.html#/session/ses_1`]);
  });

  it('that came before the window are not lost (macOS)', async () => {
    const program = await load();
    let isPrevented = false;
    program.electron.app.emit(
      'open-url',
      { preventDefault: () => (isPrevented = true) },
      'sallyport://session/ses_2',
    );
    await program.becomeReady();
    expect((await opened(program)).loaded).toEqual([`${APP_ORIGIN}/index.html#/session/ses_2`]);
    expect(isPrevented).toBe(true);
  });

  it('that come before the page listens wait for it, and are told once', async () => {
    const machine = createMachine();
    const first = await started([], { machine });
    const arrived = once(first.electron.app, 'second-instance');
    await load(['sallyport://session/ses_3'], { machine });
    await arrived;
    const page = new PageDouble(first.electron.ipcMain, onlyWindow(first.electron).webContents);
    const ask = () => page.ipcRenderer.invoke(REQUEST_CHANNEL, 'links.follow', {});
    expect(await ask()).toEqual({ ok: true, value: { link: { view: 'session', id: 'ses_3' } } });
    expect(await ask()).toEqual({ ok: true, value: { link: null } });
  });

  it('that come while a crashed page is loaded anew wait for it', async () => {
    const machine = createMachine();
    const first = await started([], { machine });
    const { webContents } = onlyWindow(first.electron);
    const before = new PageDouble(first.electron.ipcMain, webContents);
    await before.ipcRenderer.invoke(REQUEST_CHANNEL, 'links.follow', {});
    webContents.crash();
    const arrived = once(first.electron.app, 'second-instance');
    await load(['sallyport://session/ses_4'], { machine });
    await arrived;
    const after = new PageDouble(first.electron.ipcMain, webContents);
    expect(await after.ipcRenderer.invoke(REQUEST_CHANNEL, 'links.follow', {})).toEqual({
      ok: true,
      value: { link: { view: 'session', id: 'ses_4' } },
    });
  });

  it.each([
    'sallyport://session/a%2Fb',
    'sallyport://session/a?b',
    'sallyport://admin/a',
    'https://session/a',
  ])('are nothing where they are not good: %s', async link => {
    const machine = createMachine();
    const first = await started([link], { machine });
    expect((await opened(first)).loaded).toEqual([`${APP_ORIGIN}/index.html`]);
    const told = await linksToldTo(first);
    const arrived = once(first.electron.app, 'second-instance');
    await load([link], { machine });
    await arrived;
    await Promise.resolve();
    expect(told).toEqual([]);
  });
});

describe('a page of the desktop program', () => {
  it('is under every guard: it goes nowhere, is given nothing, and sends nothing', async () => {
    const { electron } = await started();
    const { webContents } = onlyWindow(electron);
    const { defaultSession } = electron.session;
    const own = { isMainFrame: true, requestingUrl: webContents.getURL() };
    expect(webContents.navigateFromPage('https://example.org/')).toBe(false);
    expect(webContents.attachWebview('https://example.org/')).toBe(false);
    expect(defaultSession.ask(webContents, 'geolocation', own)).toBe(false);
    expect(defaultSession.ask(webContents, 'clipboard-sanitized-write', own)).toBe(true);
    expect(defaultSession.leaves('https://example.org/')).toBe(false);
  });

  it('leads out by a link that the user confirms', async () => {
    const { electron } = await started();
    expect(onlyWindow(electron).webContents.openFromPage('https://example.org/')).toBe('deny');
    const [question] = electron.dialog.questions;
    expect(question?.options.detail).toBe('https://example.org/');
    expect(electron.shell.opened).toEqual([]);
    question?.answer(0);
    await new Promise(setImmediate);
    expect(electron.shell.opened).toEqual(['https://example.org/']);
  });
});

describe('session hosts of the desktop program', () => {
  it('are ended by force, be it before they have started', async () => {
    const electron = createElectronDouble({ entryOf: () => SESSION_HOST });
    await electron.app.becomeReady();
    const { createUtilityForkHost } = await withElectron(
      electron,
      () => import('../../main/electron/fork-utility-host.ts'),
    );
    const host = createUtilityForkHost('session-host.js')();
    expect(electron.utilityProcess.forked[0]?.child.pid).toBeUndefined();
    const ended = new Promise(resolve => (host.onExit = resolve));
    host.kill();
    await ended;
    // Once it is gone there is nobody to end.
    expect(() => host.kill()).not.toThrow();
  });

  it('inherit nothing of its environment but whom it trusts in TLS', async () => {
    const { NODE_EXTRA_CA_CERTS: before } = process.env;
    process.env.SALLYPORT_TEST_SECRET = 'hunter2';
    process.env.NODE_EXTRA_CA_CERTS = '/etc/sallyport/authority.pem';
    try {
      const { electron } = await started();
      const host = await spareHost(electron);
      expect(host.environment).toEqual({
        SALLYPORT_PROCESS: 'session-host',
        NODE_EXTRA_CA_CERTS: '/etc/sallyport/authority.pem',
      });
      expect(host.options).toMatchObject({ stdio: 'ignore' });
      expect(host.args).toEqual([]);
      expect(host.modulePath).toMatch(/session-host\.js$/);
    } finally {
      delete process.env.SALLYPORT_TEST_SECRET;
      if (before === undefined) delete process.env.NODE_EXTRA_CA_CERTS;
      else process.env.NODE_EXTRA_CA_CERTS = before;
    }
  });

  it('that fail fatally do not take the program with them', async () => {
    const { electron } = await started();
    const host = await spareHost(electron);
    expect(() => host.child.emit('error', 'FatalError', 'somewhere', 'a report')).not.toThrow();
  });
});

describe('the end of the desktop program', () => {
  it('waits for its sessions: the program goes when they are gone, and not before', async () => {
    const program = await started();
    const { app } = program.electron;
    const { child } = await spareHost(program.electron);
    const order: string[] = [];
    child.once('exit', () => order.push('session host'));
    app.once('quit', () => order.push('program'));
    const ended = once(app, 'quit');
    app.quit();
    // The window is closed, the program is not.
    expect(program.electron.BrowserWindow.getAllWindows()).toEqual([]);
    expect(app.exitCode).toBeNull();
    await ended;
    expect(order).toEqual(['session host', 'program']);
    expect(app.exitCode).toBe(0);
  });

  it('comes with its last window', async () => {
    const program = await started();
    const ended = once(program.electron.app, 'quit');
    onlyWindow(program.electron).close();
    await ended;
    expect(program.electron.app.exitCode).toBe(0);
  });
});
