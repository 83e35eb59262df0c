import { statSync } from 'node:fs';
import { Socket } from 'node:net';
import { constants } from 'node:os';
import { spawn } from 'node-pty';
import type { IPty } from 'node-pty';
import { SallyportError } from '../../../contract/errors.ts';
import type { Environment } from './find-program.ts';
import { findProgram } from './find-program.ts';
import { openProcessTree, readProcess, SESSION_MARK } from './process-tree.ts';
import { holdUntilDrained } from './pty-drain.ts';
import type { PtyInput } from './pty-input.ts';
import { openPtyInput } from './pty-input.ts';
import type { Transport, TransportEnd } from './transport.ts';

export interface LocalPtyOptions {
  /** program by name (looked up in the PATH of `environment`) or absolute path */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** whole; only TERM, COLORTERM, LANG (where not given), PWD and the session's mark are added */
  readonly environment: Environment;
  readonly cols: number;
  readonly rows: number;
  /** marks everything that the program starts, so that `end` finds it */
  readonly sessionId: string;
}

/**
 * A program on a terminal of this machine, in a process session of its own.
 * Throws `program-missing` or `bad-input` (no such folder) before anything is started.
 */
export function openLocalPty(options: LocalPtyOptions): Transport {
  const pty = spawnChecked(options);
  const tree = openProcessTree({
    leaderPid: pty.pid,
    leaderStartTicks: process.platform === 'linux' ? (readProcess(pty.pid)?.startTicks ?? null) : null,
    sessionId: options.sessionId,
  });
  const socket = unixSocketOf(pty);
  const state = { isPaused: false, isOver: false };
  const drain = socket === null ? null : holdUntilDrained(socket, () => state.isPaused);
  const input = socket === null ? windowsInput(pty) : openPtyInput(descriptorOf(pty));
  const end = Promise.withResolvers<TransportEnd>();

  const transport: Transport = {
    opened: Promise.resolve(),
    onOutput: () => undefined,
    write: bytes => !state.isOver && input.write(bytes),
    resize(cols, rows) {
      if (state.isOver || socket?.destroyed === true) return;
      try {
        pty.resize(cols, rows);
      } catch {
        // The terminal ended in between.
      }
    },
    pause() {
      state.isPaused = true;
      pty.pause();
    },
    resume() {
      state.isPaused = false;
      if (state.isOver) return;
      pty.resume();
      drain?.onResume();
    },
    async end(deadlineMs) {
      const left = await tree.end(deadlineMs);
      if (left === null && !state.isOver) pty.kill();
      return { processesLeft: left, isChannelClosed: null };
    },
    ended: end.promise,
  };

  if (socket === null) {
    // Without `encoding` node-pty delivers bytes; its type says string in both cases.
    pty.onData((chunk: string | Uint8Array) => {
      transport.onOutput(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    });
  } else {
    socket.on('data', (chunk: Buffer) => {
      transport.onOutput(chunk);
    });
    // EIO is how Linux says that the last holder closed the terminal; anything else ends the session all the same.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      input.close();
    });
  }
  pty.onExit(({ exitCode, signal }) => {
    state.isOver = true;
    input.close();
    const signalName = signal === undefined || signal === 0 ? null : nameOfSignal(signal);
    end.resolve({ exitStatus: signalName === null ? exitCode : null, signal: signalName, message: null });
  });
  return transport;
}

function spawnChecked(options: LocalPtyOptions): IPty {
  const file = findProgram(options.file, options.environment);
  if (file === null) {
    throw new SallyportError(
      'program-missing',
      `The program "${options.file}" is not on this machine, or may not be started. Install it, or choose another one.`,
    );
  }
  if (statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new SallyportError(
      'bad-input',
      `The folder "${options.cwd}" in which the session was to start does not exist. Choose another one.`,
    );
  }
  return spawn(file, [...options.args], {
    name: options.environment['TERM'] ?? 'xterm-256color',
    cols: options.cols,
    rows: options.rows,
    cwd: options.cwd,
    encoding: null,
    env: {
      COLORTERM: 'truecolor',
      LANG: 'C.UTF-8',
      ...options.environment,
      [SESSION_MARK]: options.sessionId,
    },
  });
}

/**
 * node-pty's socket on the master side, where it has one (not on Windows). It is not part of its public interface, but the only
 * place where the loss of output at exit can be prevented; the contract suite fails when a new version changes it.
 */
function unixSocketOf(pty: IPty): Socket | null {
  return '_socket' in pty && pty._socket instanceof Socket ? pty._socket : null;
}

function descriptorOf(pty: IPty): number {
  if ('fd' in pty && typeof pty.fd === 'number') return pty.fd;
  throw new SallyportError('host-failed', 'This version of node-pty does not tell its file descriptor.');
}

function windowsInput(pty: IPty): PtyInput {
  return {
    write(bytes) {
      pty.write(Buffer.from(bytes));
      return true;
    },
    close: () => undefined,
  };
}

function nameOfSignal(number: number): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? `signal ${String(number)}`;
}
