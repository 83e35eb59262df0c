import { EventEmitter } from 'node:events';
import type { IpcMainDouble } from './ipc.ts';
import { PagePort } from './message-ports.ts';
import type { FrameDouble, WebContentsDouble } from './web-contents.ts';

/** What the preload script and the page share: the window, its messages and what was put on it. */
export class PageWindow extends EventTarget {
  readonly location: { readonly origin: string };
  constructor(origin: string) {
    super();
    this.location = { origin };
  }

  /** Not delivered where the page has another origin by then (HTML, window post message steps). */
  postMessage(message: unknown, targetOrigin: string, ports: readonly PagePort[] = []): void {
    const data: unknown = structuredClone(message);
    if (targetOrigin !== '*' && targetOrigin !== this.location.origin) return;
    const { origin } = this.location;
    queueMicrotask(() =>
      this.dispatchEvent(Object.assign(new Event('message'), { data, ports, origin, source: this })),
    );
  }
}

/** The page of one frame: `ipcRenderer` and `contextBridge` for a preload, and the page's own window with what was exposed on it. */
export class PageDouble {
  readonly window: PageWindow;
  /** keys that the page finds on its window because of the preload */
  readonly exposed: Record<string, unknown> = {};
  readonly ipcRenderer: IpcRendererDouble;
  readonly contextBridge = {
    exposeInMainWorld: (key: string, api: unknown): void => {
      if (Object.hasOwn(this.exposed, key))
        throw new Error('Cannot bind an API on top of an existing property on the window object');
      this.exposed[key] = overTheBridge(api);
    },
  };

  constructor(main: IpcMainDouble, contents: WebContentsDouble, frame: FrameDouble = contents.mainFrame) {
    this.window = new PageWindow(frame.origin);
    this.ipcRenderer = new IpcRendererDouble((channel, args) =>
      main.invoke({ contents, frame }, channel, args),
    );
    if (frame === contents.mainFrame)
      contents.inbox = {
        receive: (channel, args, ports) => {
          if (frame.isGone) return;
          const event = { sender: this.ipcRenderer, ports: ports.map(port => new PagePort(port)) };
          this.ipcRenderer.emit(channel, event, ...args);
        },
      };
  }
}

export class IpcRendererDouble extends EventEmitter {
  readonly #invoke: (channel: string, args: readonly unknown[]) => Promise<unknown>;
  constructor(invoke: (channel: string, args: readonly unknown[]) => Promise<unknown>) {
    super();
    this.#invoke = invoke;
  }

  invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    return this.#invoke(channel, args);
  }
}

/** Values are copied and frozen, functions are proxied, promises are followed; a rejection keeps its message only. */
function overTheBridge(value: unknown): unknown {
  if (typeof value === 'function') {
    return (...args: unknown[]): unknown => {
      const result: unknown = Reflect.apply(value, undefined, args.map(overTheBridge));
      return isThenable(result) ? follow(result) : overTheBridge(result);
    };
  }
  if (typeof value !== 'object' || value === null) return value;
  const isPlain =
    Object.prototype.toString.call(value) === '[object Object]' && !(value instanceof EventTarget);
  if (!isPlain) return structuredClone(value);
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, each]) => [key, overTheBridge(each)])),
  );
}

async function follow(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return overTheBridge(await promise);
  } catch (error) {
    throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
