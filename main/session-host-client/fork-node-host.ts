import { fork } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ForkHost, HostProcess } from './session-host-client.ts';

/** How long the channel of an exited process may stay open: somebody else may hold its other end. */
const CHANNEL_DEADLINE_MS = 500;

export interface ForkNodeHostOptions {
  /** entry of the session host; in a packaged program the path of its bundle */
  readonly modulePath?: string;
  /** the Node program; this one where not given */
  readonly execPath?: string;
  /** lines that a host logs: codes and places in code, never terminal bytes */
  readonly onLog?: (line: string) => void;
}

/**
 * What a host gets of this process's environment: where Node keeps compiled code, which it starts from in half the time, and whose
 * certificates to trust, as it uploads to the server by itself.
 */
const PASSED_ON = ['NODE_COMPILE_CACHE', 'NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'] as const;

function hostEnvironment(): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(passed);
}

/** Session hosts as child processes of plain Node: no arguments, structured messages. */
export function createForkNodeHost(options: ForkNodeHostOptions = {}): ForkHost {
  const modulePath =
    options.modulePath ?? fileURLToPath(new URL('../session-host/process.ts', import.meta.url));
  return (): HostProcess => {
    const child = fork(modulePath, [], {
      execPath: options.execPath ?? process.execPath,
      execArgv: [],
      env: hostEnvironment(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const host: HostProcess = {
      onMessage: () => undefined,
      onExit: () => undefined,
      post(message) {
        // A failed send means that the process is gone; `exit` tells.
        if (child.connected) child.send(message as object, () => undefined);
      },
      // A stopped or stuck process does not act on anything milder.
      kill: () => void child.kill('SIGKILL'),
    };
    let hasTold = false;
    const tell = (): void => {
      if (hasTold) return;
      hasTold = true;
      host.onExit(child.exitCode);
    };
    child.on('message', message => host.onMessage(message));
    // What it said last may still be in the channel when it has exited: the exit is told after the channel is empty.
    child.on('exit', () => {
      if (!child.connected) tell();
      else setTimeout(tell, CHANNEL_DEADLINE_MS).unref();
    });
    child.on('disconnect', () => {
      if (child.exitCode !== null || child.signalCode !== null) tell();
    });
    // It could not be started at all; later errors are those of a send or a signal to a process that is gone.
    child.on('error', () => {
      if (child.pid === undefined) tell();
    });
    if (child.stderr !== null) {
      createInterface({ input: child.stderr }).on('line', line => options.onLog?.(line));
    }
    return host;
  };
}
