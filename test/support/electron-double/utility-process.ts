import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import process from 'node:process';
import type { ForkOptions } from 'electron';
import type { AppDouble } from './app.ts';

/** One `utilityProcess.fork`: how it was asked for, and what the process got. */
export interface Forked {
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly child: UtilityProcessDouble;
}

/** A real process of plain Node in the place of Electron's; `pid` is known from `spawn` to `exit`. */
export class UtilityProcessDouble extends EventEmitter {
  pid: number | undefined;
  readonly #child: ChildProcess;
  #isKilled = false;

  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    child.once('spawn', () => {
      this.pid = child.pid;
      this.emit('spawn');
    });
    child.on('message', message => this.emit('message', message));
    child.once('exit', code => {
      this.pid = undefined;
      this.emit('exit', this.#isKilled ? 0 : (code ?? 9));
    });
  }

  postMessage(message: unknown): void {
    const copy: unknown = structuredClone(message);
    if (this.#child.connected) this.#child.send(copy as object, () => undefined);
  }

  kill(): boolean {
    if (this.pid === undefined) return false;
    this.#isKilled = true;
    return this.#child.kill('SIGTERM');
  }
}

/** `utilityProcess`. `entryOf` says where in the sources the program of a bundle lies. */
export class UtilityProcessModule {
  readonly forked: Forked[] = [];
  readonly #app: AppDouble;
  readonly #entryOf: (modulePath: string) => string;

  constructor(app: AppDouble, entryOf: (modulePath: string) => string) {
    this.#app = app;
    this.#entryOf = entryOf;
  }

  fork(modulePath: string, args: string[] = [], options: ForkOptions = {}): UtilityProcessDouble {
    if (!this.#app.isReady()) throw new TypeError('utilityProcess cannot be created before app is ready.');
    const given: Record<string, string> = { ...options.env };
    // electron_api_utility_process.cc clears the environment only when the given one has entries.
    const environment = Object.keys(given).length === 0 ? process.env : given;
    const { stdio } = options;
    const streams = stdio === 'ignore' ? 'ignore' : 'inherit';
    const child = new UtilityProcessDouble(
      fork(this.#entryOf(modulePath), args, {
        env: environment,
        execArgv: [],
        serialization: 'advanced',
        stdio: ['ignore', streams, streams, 'ipc'],
      }),
    );
    this.forked.push({ modulePath, args, options, environment: { ...environment }, child });
    return child;
  }
}
