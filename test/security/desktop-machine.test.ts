import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../main/app/app.ts';
import { appMenu } from '../../main/electron/app-menu.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import { loadDesktopProgram, temporaryFolder } from '../support/desktop-program.ts';
import type { ElectronDoubleOptions } from '../support/electron-double/electron-double.ts';
import { onlyWindow } from '../support/electron-double/electron-double.ts';

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
    const roles = JSON.stringify(appMenu('darwin'));
    expect(roles).toContain('"paste"');
    expect(roles).not.toMatch(/devtools|reload/i);
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
