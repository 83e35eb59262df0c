import { EventEmitter } from 'node:events';
import process from 'node:process';
import { preventable } from './preventable.ts';

/** Programs on one machine: who holds the lock of a folder. */
export interface Machine {
  readonly locks: Map<string, AppDouble>;
}

/** What `app.quit` has to close. */
interface Closable {
  close(): void;
  destroy(): void;
}

/**
 * `app`, with the life cycle of shell/browser/browser.cc: quitting closes the windows, then asks `will-quit`; prevented, the program
 * goes on and `quit` may be called again.
 */
export class AppDouble extends EventEmitter {
  readonly isPackaged: boolean;
  readonly paths = new Map<string, string>();
  readonly protocolClients: (readonly [protocol: string, path?: string, args?: string[]])[] = [];
  readonly windows = new Set<Closable>();
  /** Chromium's reading of the command line, as it was at the start. */
  readonly commandLine: { hasSwitch(name: string): boolean };
  isSandboxEnabled = false;
  /** null while the program runs */
  exitCode: number | null = null;
  readonly #machine: Machine;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #isQuitting = false;

  constructor(machine: Machine, isPackaged: boolean) {
    super();
    this.#machine = machine;
    this.isPackaged = isPackaged;
    this.paths.set('userData', '/home/user/.config/sallyport');
    const names = process.argv.slice(1).map(each => /^--([^=]+)/.exec(each)?.[1]);
    this.commandLine = { hasSwitch: name => names.includes(name) };
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  /** Electron does this when the main module has run to its end. */
  async becomeReady(): Promise<void> {
    if (this.exitCode !== null) return;
    this.#isReady = true;
    this.emit('ready');
    this.#ready.resolve();
    await this.#ready.promise;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxEnabled = true;
  }

  setPath(name: string, path: string): void {
    if (!this.paths.has(name)) throw new Error(`Invalid path name ${name}`);
    this.paths.set(name, path);
  }

  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean {
    this.protocolClients.push([protocol, path ?? process.execPath, args ?? []]);
    return true;
  }

  /** The first program in a folder gets the lock; later ones hand their command line over to it. */
  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    const folder = this.paths.get('userData') ?? '';
    const holder = this.#machine.locks.get(folder);
    if (holder === undefined || holder === this || holder.exitCode !== null) {
      this.#machine.locks.set(folder, this);
      return true;
    }
    const argv = [...process.argv];
    queueMicrotask(() =>
      holder.emit('second-instance', preventable({}), argv, process.cwd(), additionalData ?? {}),
    );
    return false;
  }

  quit(): void {
    if (this.#isQuitting || this.exitCode !== null) return;
    this.#isQuitting = true;
    const event = preventable({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) {
      this.#isQuitting = false;
      return;
    }
    if (this.windows.size === 0) this.#notifyAndShutDown();
    else for (const window of [...this.windows]) window.close();
  }

  /** Ends at once: neither `before-quit` nor `will-quit` is told. */
  exit(code = 0): void {
    if (this.exitCode !== null) return;
    this.exitCode = code;
    for (const window of [...this.windows]) window.destroy();
    this.emit('quit', preventable({}), code);
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window);
    if (this.windows.size > 0 || this.exitCode !== null) return;
    if (this.#isQuitting) this.#notifyAndShutDown();
    else if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #notifyAndShutDown(): void {
    const event = preventable({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) {
      this.#isQuitting = false;
      return;
    }
    this.exitCode = 0;
    this.emit('quit', preventable({}), 0);
  }
}
