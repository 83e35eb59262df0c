import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { AppDouble } from './app.ts';
import { preventable } from './preventable.ts';
import { WebContentsDouble } from './web-contents.ts';

/** One window, as tests see it: what it was made with, what it showed, and its page. */
export interface WindowDouble extends EventEmitter {
  readonly webContents: WebContentsDouble;
  readonly options: BrowserWindowConstructorOptions;
  readonly preferences: WebPreferences;
  readonly loaded: readonly string[];
  readonly calls: readonly string[];
  isMinimized(): boolean;
  minimize(): void;
  show(): void;
  focus(): void;
  restore(): void;
  setContentProtection(isOn: boolean): void;
  loadURL(url: string): Promise<void>;
  close(): void;
  destroy(): void;
}

export interface BrowserWindowClass {
  new (options?: BrowserWindowConstructorOptions): WindowDouble;
  getAllWindows(): WindowDouble[];
}

/** `BrowserWindow` of one program. `load` fetches a document as the network stack would; it throws where there is none. */
export function browserWindowClass(
  app: AppDouble,
  load: (url: string) => Promise<unknown>,
): BrowserWindowClass {
  return class BrowserWindowDouble extends EventEmitter implements WindowDouble {
    readonly webContents = new WebContentsDouble();
    readonly options: BrowserWindowConstructorOptions;
    readonly loaded: string[] = [];
    readonly calls: string[] = [];
    #isMinimized = false;

    static getAllWindows(): WindowDouble[] {
      return [...app.windows].filter(window => window instanceof BrowserWindowDouble);
    }

    constructor(options: BrowserWindowConstructorOptions = {}) {
      super();
      if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      this.options = options;
      app.windows.add(this);
      app.emit('web-contents-created', preventable({}), this.webContents);
      this.webContents.on('render-process-gone', (event: unknown, details: unknown) =>
        app.emit('render-process-gone', event, this.webContents, details),
      );
    }

    get preferences(): WebPreferences {
      return this.options.webPreferences ?? {};
    }

    isMinimized(): boolean {
      return this.#isMinimized;
    }

    minimize(): void {
      this.#isMinimized = true;
    }

    show(): void {
      this.calls.push('show');
    }

    focus(): void {
      this.calls.push('focus');
    }

    restore(): void {
      this.#isMinimized = false;
      this.calls.push('restore');
    }

    setContentProtection(isOn: boolean): void {
      this.calls.push(`setContentProtection ${isOn}`);
    }

    /** Navigation by the program: no guard is asked. */
    async loadURL(url: string): Promise<void> {
      await load(url);
      this.webContents.commit(url);
      this.loaded.push(url);
      this.emit('ready-to-show');
    }

    close(): void {
      const event = preventable({});
      this.emit('close', event);
      if (!event.defaultPrevented) this.destroy();
    }

    destroy(): void {
      if (!app.windows.has(this)) return;
      this.webContents.destroy();
      this.emit('closed');
      app.windowClosed(this);
    }
  };
}
