import { app, utilityProcess } from 'electron';
import type { ForkHost, HostProcess } from '../session-host-client/session-host-client.ts';

const SERVICE_NAME = 'sallyport-session-host';
/** stands for the exit code of a process that never ran */
const LAUNCH_FAILED = -1;

/** Session hosts as Electron utility processes: no environment of ours, no inherited streams. */
export function createUtilityForkHost(entry: string): ForkHost {
  const starting = new Set<HostProcess>();
  // Of a process that could not even be started there is no `exit`, nor does this event say which it was.
  app.on('child-process-gone', (_event, { type, name, reason }) => {
    if (type !== 'Utility' || name !== SERVICE_NAME || reason !== 'launch-failed') return;
    for (const host of starting) host.onExit(LAUNCH_FAILED);
    starting.clear();
  });
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: SERVICE_NAME,
      stdio: 'ignore',
      env: hostEnvironment(process.platform, process.env),
    });
    let isKilled = false;
    const endByForce = () => {
      // Not started yet: see `spawn`. Gone already: `exit` tells.
      if (child.pid === undefined) return;
      try {
        // `child.kill()` is a polite SIGTERM, which a stopped process does not act on.
        process.kill(child.pid, 'SIGKILL');
      } catch {
        // It ended by itself a moment ago.
      }
    };
    const host: HostProcess = {
      post: message => child.postMessage(message),
      onMessage: () => undefined,
      onExit: () => undefined,
      kill() {
        isKilled = true;
        endByForce();
      },
    };
    starting.add(host);
    child.on('spawn', () => {
      starting.delete(host);
      if (isKilled) endByForce();
    });
    child.on('message', message => host.onMessage(message));
    child.on('exit', code => {
      starting.delete(host);
      host.onExit(code);
    });
    // A fatal error of its engine: the exit follows. Without a listener it would end main as well.
    child.on('error', () => undefined);
    return host;
  };
}

/**
 * Electron reads an empty environment as "inherit everything" (electron_api_utility_process.cc: `clear_environment` is set only when
 * the map has entries), so there has to be one. The host empties it before it does anything else. Windows opens no socket without `SystemRoot`.
 */
function hostEnvironment(
  platform: NodeJS.Platform,
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const systemRoot = platform === 'win32' ? own.SystemRoot : undefined;
  // It uploads to the server by itself, and trusts whom this process trusts.
  const { NODE_EXTRA_CA_CERTS: authorities } = own;
  return {
    SALLYPORT_PROCESS: 'session-host',
    ...(systemRoot === undefined ? {} : { SystemRoot: systemRoot }),
    ...(authorities === undefined ? {} : { NODE_EXTRA_CA_CERTS: authorities }),
  };
}
