import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

/** Where the desktop shell's runtime (Electron) is, and how it comes here. Only paths and processes: nothing imports Electron itself. */
export type DesktopRuntime =
  | { readonly kind: 'found'; readonly program: string }
  | { readonly kind: 'missing'; readonly reason: string };

const RUNTIME_HOST = 'github.com';
/** A network that is not there is noticed within this time. */
const PROBE_MS = 3_000;

/** Looks for an unpacked runtime: `ELECTRON_OVERRIDE_DIST_PATH`, else what the `electron` package fetched earlier. */
export function findDesktopRuntime(
  environment: Readonly<Record<string, string | undefined>>,
): DesktopRuntime {
  const override = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined) {
    const program = join(override, programName());
    return existsSync(program)
      ? { kind: 'found', program }
      : { kind: 'missing', reason: `ELECTRON_OVERRIDE_DIST_PATH has no ${programName()}` };
  }
  const folder = packageFolder();
  if (folder === null) return { kind: 'missing', reason: 'the electron package is not installed' };
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile))
    return { kind: 'missing', reason: 'the desktop runtime has not been fetched yet' };
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program)
    ? { kind: 'found', program }
    : { kind: 'missing', reason: 'the desktop runtime is incomplete' };
}

/**
 * Fetches the runtime with the package's own installer, which verifies its checksum and shows its progress on the terminal.
 * Gives up at once where the host cannot be reached.
 */
export async function fetchDesktopRuntime(
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<DesktopRuntime> {
  const folder = packageFolder();
  if (folder === null) return { kind: 'missing', reason: 'the electron package is not installed' };
  const host =
    environment.ELECTRON_MIRROR === undefined ? RUNTIME_HOST : new URL(environment.ELECTRON_MIRROR).hostname;
  if (!(await canReach(host)))
    return { kind: 'missing', reason: `${host} cannot be reached to fetch the desktop runtime` };
  const code = await new Promise<number | null>(resolve => {
    const child = spawn(process.execPath, [join(folder, 'install.js')], {
      stdio: ['ignore', 'inherit', 'ignore'],
      env: { ...environment },
      signal,
    });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  return code === 0
    ? findDesktopRuntime(environment)
    : { kind: 'missing', reason: 'fetching the desktop runtime failed or was refused' };
}

/** Whether a window could be shown at all. */
export function hasDisplay(environment: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

function canReach(host: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ host, port: 443 });
    const finish = (isReached: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(isReached);
    };
    const timer = setTimeout(() => finish(false), PROBE_MS);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

function programName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function packageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}
