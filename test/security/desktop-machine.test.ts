import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import type { App } from '../../main/app/app.ts';
import { appMenu } from '../../main/electron/app-menu.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import { loadDesktopProgram, temporaryFolder } from '../support/desktop-program.ts';
import type { ElectronDoubleOptions } from '../support/electron-double/electron-double.ts';
import { onlyWindow } from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';
import { ENGLISH } from '../../main/electron/shell-texts.ts';

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

async function started(args: readonly string[] = [], options: ElectronDoubleOptions = {}) {
  const program = await loadDesktopProgram(['--profile', folder.path, '--demo-keys', ...args], options);
  programs.push(program);
  await program.becomeReady();
  return program;
}

describe('a packaged desktop program', () => {
  it.each(['--remote-debugging-port=9222', '--no-sandbox', '--js-flags=--allow-natives-syntax'])(
    'does not start with %s, and says why',
    async given => {
      const { electron } = await started([given], { isPackaged: true });
      expect(electron.dialog.errors).toEqual([
        ['Sallyport cannot start', expect.stringContaining(given.split('=')[0] ?? '') as string],
      ]);
      expect(electron.app.exitCode).toBe(1);
      expect(electron.app.windows.size).toBe(0);
    },
  );

  it('starts without, and its pages cannot be looked into', async () => {
    const { electron } = await started(['--enable-features=x'], { isPackaged: true });
    expect(electron.app.exitCode).toBeNull();
    expect(onlyWindow(electron).preferences.devTools).toBe(false);
  });

  it('leaves them to the developer of a checkout', async () => {
    const { electron } = await started(['--remote-debugging-port=0']);
    expect(electron.app.exitCode).toBeNull();
    expect(onlyWindow(electron).preferences.devTools).toBe(true);
  });
});

describe('the menu of the desktop program', () => {
  it("is not Electron's own, whose keys look into pages and load them anew", async () => {
    const { electron } = await started();
    // Linux, where tests run: none, for its keys belong to the terminal.
    expect(electron.Menu.applicationMenu).toBeNull();
    const roles = JSON.stringify(appMenu('darwin', ENGLISH));
    expect(roles).toContain('"paste"');
    expect(roles).not.toMatch(/devtools|reload/i);
  });
});

describe('the tray and the notifications of the desktop program', () => {
  async function shownPage(electron: DesktopProgram['electron']) {
    const window = onlyWindow(electron);
    if (window.loaded.length === 0) await once(window, 'ready-to-show');
    return new PageDouble(electron.ipcMain, window.webContents);
  }
  const labels = (electron: DesktopProgram['electron']) =>
    electron.Tray.made.flatMap(tray => tray.menu?.template.map(({ label }) => label) ?? []);

  it('the tray stands there while it runs, with nothing to lock before a session does', async () => {
    const program = await started();
    const { electron } = program;
    expect(labels(electron)).toEqual(
      expect.arrayContaining(['Open Sallyport', 'No session is running', 'Lock every session', 'Quit']),
    );
    expect(electron.Tray.made[0]?.toolTip).toBe('Sallyport');
    await program.end();
    expect(electron.Tray.made.map(tray => tray.gone)).toEqual([true]);
  });

  it('a notification is shown by the system, and a click on it leads the window there', async () => {
    const { electron } = await started();
    const page = await shownPage(electron);
    const told: unknown[] = [];
    page.ipcRenderer.on(EVENT_CHANNEL, (_event, ...message: unknown[]) => told.push(message));
    const link = { view: 'place', place: 'approvals' };
    const input = { title: 'Omar asks for shop', body: '30 minutes', link };
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'shell.notify', input)).toEqual({
      ok: true,
      value: { isShown: true },
    });
    const [notification] = electron.Notification.made;
    expect(notification).toMatchObject({ title: 'Omar asks for shop', isShown: true });
    notification?.emit('click');
    await expect.poll(() => told).toContainEqual(['deep-link', link]);
  });

  it('a notification that leads out of the program is refused', async () => {
    const { electron } = await started();
    const page = await shownPage(electron);
    const input = { title: 'x', body: '', link: { view: 'place', place: 'https://example.org' } };
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'shell.notify', input)).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect(electron.Notification.made).toEqual([]);
  });
});

describe('the machine of the desktop program', () => {
  afterEach(() => vi.doUnmock('../../main/app/app.ts'));

  /** What the machine's events come to at the client. */
  async function toldAt(program: () => Promise<DesktopProgram>) {
    const told: string[] = [];
    vi.doMock('../../main/app/app.ts', async load => {
      const { createApp } = await load<{ createApp: (options: unknown) => App }>();
      return {
        createApp(options: unknown): App {
          const client = createApp(options);
          const tell = (name: 'away' | 'resumed') => () => (told.push(name), client[name]());
          return { ...client, away: tell('away'), resumed: tell('resumed') };
        },
      };
    });
    return { program: await program(), told };
  }

  it('locks every session when its screen is locked or it goes to sleep, and asks the server anew after', async () => {
    const { program, told } = await toldAt(() => started());
    const { powerMonitor } = program.electron;
    powerMonitor.emit('lock-screen');
    powerMonitor.emit('unlock-screen');
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    expect(told).toEqual(['away', 'resumed', 'away', 'resumed']);
  });

  it('is held at its shutdown until recordings are sealed', async () => {
    const { electron } = await started();
    const ended = once(electron.app, 'quit');
    let isHeld = false;
    electron.powerMonitor.emit('shutdown', { preventDefault: () => (isHeld = true) });
    expect(isHeld).toBe(true);
    await ended;
    expect(electron.app.exitCode).toBe(0);
  });
});

it('each wall that docs/desktop.md tells of has its test, and each point of the checklist its line', () => {
  const text = readFileSync('docs/desktop.md', 'utf8');
  const named = [...text.matchAll(/`((?:test|main)\/[^`]+\.(?:test|spec)\.ts)`/g)].map(
    match => match[1] ?? '',
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(path => !existsSync(path))).toEqual([]);
  const points = [...text.matchAll(/^\| (\d+) /gm)].map(match => Number(match[1]));
  expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
