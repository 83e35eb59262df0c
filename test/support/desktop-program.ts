import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { ElectronDouble, ElectronDoubleOptions } from './electron-double/electron-double.ts';
import { createElectronDouble } from './electron-double/electron-double.ts';

/** The sources of what a bundle calls session-host.js. */
export const SESSION_HOST = fileURLToPath(new URL('../../main/session-host/process.ts', import.meta.url));

/** The desktop program's own main module, run against the double of Electron. */
export interface DesktopProgram {
  readonly electron: ElectronDouble;
  /** Electron tells that it is ready; resolves when the module has done what it does then. */
  becomeReady(): Promise<void>;
  /** Quits as a user would and waits until the program is gone. */
  end(): Promise<void>;
}

/** Loads the module (or its bundle at `bundle`) anew, with this command line; nothing is ready yet. */
export async function loadDesktopProgram(
  args: readonly string[],
  options: ElectronDoubleOptions & { readonly bundle?: string } = {},
): Promise<DesktopProgram> {
  const { bundle } = options;
  const before = process.argv;
  process.argv = ['/opt/sallyport/sallyport', ...args];
  const electron = createElectronDouble(
    bundle === undefined ? { entryOf: () => SESSION_HOST, ...options } : options,
  );
  try {
    vi.resetModules();
    vi.doMock('electron', () => ({ ...electron }));
    if (bundle === undefined) await import('../../main/electron/main.ts');
    else await import(bundle);
  } finally {
    process.argv = before;
    vi.doUnmock('electron');
  }
  return {
    electron,
    becomeReady: () => electron.app.becomeReady(),
    async end() {
      if (electron.app.exitCode !== null) return;
      const ended = new Promise<void>(resolve => electron.app.once('quit', () => resolve()));
      electron.app.quit();
      await ended;
    },
  };
}

/** Loads a module of main/electron with this Electron. */
export async function withElectron<Module>(
  electron: ElectronDouble,
  load: () => Promise<Module>,
): Promise<Module> {
  vi.resetModules();
  vi.doMock('electron', () => ({ ...electron }));
  try {
    return await load();
  } finally {
    vi.doUnmock('electron');
  }
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'sallyport-desktop-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
