import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import { version } from '../../main/version.ts';
import type { DesktopProgram } from '../support/desktop-program.ts';
import {
  loadDesktopProgram,
  SESSION_HOST,
  temporaryFolder,
  withElectron,
} from '../support/desktop-program.ts';
import { createElectronDouble, onlyWindow } from '../support/electron-double/electron-double.ts';
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

/** The window stands and shows its page. */
async function started(args: readonly string[] = []): Promise<DesktopProgram> {
  const program = await loadDesktopProgram(['--profile', folder.path, '--demo-keys', ...args]);
  programs.push(program);
  await program.becomeReady();
  const window = onlyWindow(program.electron);
  if (window.loaded.length === 0) await once(window, 'ready-to-show');
  return program;
}

describe('a page of the desktop program', () => {
  it('is loaded anew when its process is gone, where it was, and asks the same client', async () => {
    const { electron } = await started(['sallyport://session/ses_1']);
    const { webContents } = onlyWindow(electron);
    const address = webContents.getURL();
    webContents.crash('oom');
    expect(webContents.reloads).toBe(1);
    expect(webContents.getURL()).toBe(address);
    const page = new PageDouble(electron.ipcMain, webContents);
    expect(await page.ipcRenderer.invoke(REQUEST_CHANNEL, 'app.state', {})).toMatchObject({ ok: true });
  });

  it('that ended in order is not loaded anew', async () => {
    const { electron } = await started();
    const { webContents } = onlyWindow(electron);
    webContents.crash('clean-exit');
    expect(webContents.reloads).toBe(0);
  });

  it('that crashes again and again is given up, with words', async () => {
    const { electron } = await started();
    const { webContents } = onlyWindow(electron);
    for (let times = 0; times < 4; times += 1) webContents.crash();
    expect(webContents.reloads).toBe(3);
    expect(electron.dialog.errors).toEqual([
      [
        'The window of Sallyport does not stay up',
        expect.stringContaining('Sessions and their recordings go on') as string,
      ],
    ]);
  });
});

describe('what is noted of a crash', () => {
  const notes = () => readFileSync(join(folder.path, 'window', 'crashes.jsonl'), 'utf8');

  it('is which process, why and when, for this user only, and nothing of what it held', async () => {
    const { electron } = await started(['sallyport://session/ses_1']);
    onlyWindow(electron).webContents.crash('oom');
    onlyWindow(electron).webContents.crash('clean-exit');
    const gone = { type: 'Utility', name: 'sallyport-session-host', reason: 'crashed', exitCode: 11 };
    electron.app.emit('child-process-gone', {}, gone);
    const lines = notes()
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    const each = { at: expect.stringMatching(/^\d{4}-.*Z$/) as string, version };
    expect(lines).toEqual([
      { ...each, process: 'window', reason: 'oom', exitCode: 5 },
      { ...each, process: 'Utility sallyport-session-host', reason: 'crashed', exitCode: 11 },
    ]);
    expect(statSync(join(folder.path, 'window', 'crashes.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('does not grow without end', async () => {
    const { electron } = await started();
    const gone = { type: 'GPU', reason: 'crashed', exitCode: 1 };
    for (let times = 0; times < 1000; times += 1) electron.app.emit('child-process-gone', {}, gone);
    expect(notes().length).toBeGreaterThan(60_000);
    expect(notes().length).toBeLessThanOrEqual(64 * 1024);
  });

  it('is all: no dump of memory is made', () => {
    const sources = readdirSync('main/electron', { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readFileSync(join('main/electron', name), 'utf8'));
    expect(sources.filter(text => text.includes('crashReporter'))).toEqual([]);
  });
});

describe('session hosts of the desktop program', () => {
  it('that cannot be started are told as gone; one that runs is not', async () => {
    const electron = createElectronDouble({ entryOf: () => SESSION_HOST });
    await electron.app.becomeReady();
    const { createUtilityForkHost } = await withElectron(
      electron,
      () => import('../../main/electron/fork-utility-host.ts'),
    );
    const fork = createUtilityForkHost('session-host.js');
    const running = fork();
    const runningExits: number[] = [];
    running.onExit = code => runningExits.push(code ?? 0);
    await once(electron.utilityProcess.forked[0]?.child ?? electron.app, 'spawn');
    const failing = fork();
    const failingExits: number[] = [];
    failing.onExit = code => failingExits.push(code ?? 0);
    const gone = {
      type: 'Utility',
      name: 'sallyport-session-host',
      serviceName: 'node.mojom.NodeService',
      exitCode: 1,
    };
    electron.app.emit('child-process-gone', {}, { ...gone, reason: 'crashed' });
    expect(failingExits).toEqual([]);
    electron.app.emit('child-process-gone', {}, { ...gone, reason: 'launch-failed' });
    expect(failingExits).toEqual([-1]);
    expect(runningExits).toEqual([]);
    running.kill();
    failing.kill();
  });
});
