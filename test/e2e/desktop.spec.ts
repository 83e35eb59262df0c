import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from '@playwright/test';
import { _electron, expect, test as base } from '@playwright/test';
import type { DemoInstallation } from '../../main/cli/demo/install-demo.ts';
import { installDemo } from '../../main/cli/demo/install-demo.ts';
import { findDesktopRuntime, hasDisplay } from '../../main/shell/desktop-runtime.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What keeps the desktop shell from running here; null where nothing does. */
function missing(): string | null {
  const runtime = findDesktopRuntime(process.env);
  if (runtime.kind === 'missing') return `the desktop shell did not run: ${runtime.reason}`;
  return hasDisplay(process.env) ? null : 'the desktop shell did not run: there is no display';
}

interface Desktop {
  readonly installation: DemoInstallation;
  /** the real program on that installation */
  readonly electron: ElectronApplication;
}

const test = base.extend<Desktop>({
  installation: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-e2e-desktop-'));
    try {
      const installation = await installDemo({
        folder,
        graceMs: 30_000,
        environment: process.env,
        onProgress: () => undefined,
        onLost: () => undefined,
        signal: new AbortController().signal,
      });
      await use(installation).finally(() => installation.stop());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  electron: async ({ installation }, use) => {
    const builder = spawn(process.execPath, ['scripts/build.ts'], { cwd: ROOT, stdio: 'inherit' });
    expect(await once(builder, 'exit')).toEqual([0, null]);
    const runtime = findDesktopRuntime(process.env);
    if (runtime.kind === 'missing') throw new Error(runtime.reason);
    const electron = await _electron.launch({
      executablePath: runtime.program,
      // Chromium refuses its own sandbox to root.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        ROOT,
        '--profile',
        installation.profileFolder,
        '--demo-keys',
      ],
      env: { ...process.env, HOME: installation.filesFolder } as Record<string, string>,
    });
    await use(electron);
    await electron.close();
  },
});

test.describe('the desktop shell', () => {
  const reason = missing();
  // Set where a skipped smoke test would go unnoticed (.github/workflows/ci.yml).
  if (reason !== null && process.env['SALLYPORT_REQUIRE_DESKTOP'] === '1') throw new Error(reason);
  test.skip(reason !== null, reason ?? '');

  test('shows the launcher; its page has the bridge, nothing of Node, and goes nowhere', async ({
    electron,
  }) => {
    const page = await electron.firstWindow();
    await expect(page.getByRole('heading', { level: 1, name: 'Launcher' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Account: Omar Operator' })).toBeVisible();
    expect(new URL(page.url()).protocol).toBe('sallyport-app:');

    const surface = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { sallyport: object }).sallyport).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter(name => name in window),
    }));
    expect(surface).toEqual({ bridge: ['on', 'openDataPort', 'request'], node: [] });

    const isBlocked = electron.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>(resolve => {
          BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', event =>
            setImmediate(() => resolve(event.defaultPrevented)),
          );
        }),
    );
    await page.evaluate(() => window.location.assign('https://example.org/'));
    expect(await isBlocked).toBe(true);
    expect(new URL(page.url()).protocol).toBe('sallyport-app:');
    const leaks = await page.evaluate(async () => ({
      opened: window.open('sallyport-app://ui/index.html') !== null,
      fetched: await fetch('https://example.org/').then(
        () => true,
        () => false,
      ),
    }));
    expect(leaks).toEqual({ opened: false, fetched: false });
  });
});
