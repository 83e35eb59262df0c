import { EventEmitter } from 'node:events';
import type { HandlerDetails, RenderProcessGoneDetails, WindowOpenHandlerResponse } from 'electron';
import { takeEnd } from './message-ports.ts';
import type { PipeEnd } from './message-ports.ts';
import { preventable } from './preventable.ts';

const DISPOSED = 'Render frame was disposed before WebFrameMain could be accessed';

/** A document in a frame. Another document is another object, and the one before can be read no more. */
export class FrameDouble {
  readonly id: number;
  readonly parent: FrameDouble | null;
  isGone = false;
  readonly #url: string;
  readonly #origin: string;

  constructor(options: { id: number; url: string; parent?: FrameDouble; isSandboxed?: boolean }) {
    this.id = options.id;
    this.parent = options.parent ?? null;
    this.#url = options.url;
    this.#origin = options.isSandboxed === true ? 'null' : originOf(options.url);
  }

  get url(): string {
    if (this.isGone) throw new Error(DISPOSED);
    return this.#url;
  }

  get origin(): string {
    if (this.isGone) throw new Error(DISPOSED);
    return this.#origin;
  }
}

/** Chromium's serialisation for standard schemes; whatever else (`data:`, `about:`) has an origin of its own. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return host === '' ? 'null' : `${protocol}//${host}`;
}

/** How messages of the main process reach a page. */
export interface PageInbox {
  receive(channel: string, args: readonly unknown[], ports: readonly PipeEnd[]): void;
}

let lastId = 0;

/** `webContents`, with a page that tests play: it navigates, opens windows, embeds, and goes away. */
export class WebContentsDouble extends EventEmitter {
  readonly id = (lastId += 1);
  /** what the page, its preload included, hears */
  inbox: PageInbox | null = null;
  reloads = 0;
  #frame: FrameDouble;
  #isDestroyed = false;
  #openHandler: ((details: HandlerDetails) => WindowOpenHandlerResponse) | null = null;

  constructor() {
    super();
    this.#frame = new FrameDouble({ id: (lastId += 1), url: 'about:blank' });
  }

  get mainFrame(): FrameDouble {
    this.#alive();
    return this.#frame;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getURL(): string {
    this.#alive();
    return this.#frame.url;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#alive();
    const copies = args.map(arg => structuredClone(arg));
    const { inbox } = this;
    queueMicrotask(() => inbox?.receive(channel, copies, []));
  }

  postMessage(channel: string, message: unknown, transfer?: readonly unknown[]): void {
    this.#alive();
    const copy: unknown = structuredClone(message);
    const ports = (transfer ?? []).map(takeEnd);
    const { inbox } = this;
    queueMicrotask(() => inbox?.receive(channel, [copy], ports));
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#alive();
    this.#openHandler = handler;
  }

  /** Shows another document in the main frame, as the program asked for: no guard is asked. */
  commit(url: string, isSandboxed = false): FrameDouble {
    this.#alive();
    this.#frame.isGone = true;
    this.#frame = new FrameDouble({ id: (lastId += 1), url, isSandboxed });
    return this.#frame;
  }

  reload(): void {
    const { url } = this.mainFrame;
    this.commit(url);
    this.reloads += 1;
  }

  /** The page's process ends. */
  crash(reason: RenderProcessGoneDetails['reason'] = 'crashed'): void {
    this.#alive();
    this.inbox = null;
    this.emit('render-process-gone', preventable({}), { reason, exitCode: 5 });
  }

  /** A frame inside the page. */
  addSubframe(url: string): FrameDouble {
    return new FrameDouble({ id: (lastId += 1), url, parent: this.mainFrame });
  }

  /** The page, or a frame in it, goes elsewhere by itself. Returns whether it got there. */
  navigateFromPage(url: string, frame: FrameDouble = this.mainFrame): boolean {
    const params = { url, frame, initiator: frame, isSameDocument: false };
    const isMainFrame = frame === this.mainFrame;
    const first = preventable({ ...params, isMainFrame });
    this.emit('will-frame-navigate', first);
    if (first.defaultPrevented) return false;
    if (!isMainFrame) return true;
    const second = preventable({ ...params, isMainFrame });
    this.emit('will-navigate', second, url);
    if (second.defaultPrevented) return false;
    this.commit(url);
    return true;
  }

  /** The server answers a navigation with another address. Returns whether it is followed. */
  redirect(url: string): boolean {
    const event = preventable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-redirect', event, url);
    return !event.defaultPrevented;
  }

  /** `window.open` and `target=_blank`. Without a handler Electron opens a window. */
  openFromPage(url: string): 'allow' | 'deny' {
    const details = { url, frameName: '', features: '', disposition: 'new-window' as const };
    return this.#openHandler?.({ ...details, referrer: { url: '', policy: 'default' } }).action ?? 'allow';
  }

  /** `<webview>` comes to life. Returns whether it did. */
  attachWebview(src: string): boolean {
    const event = preventable({});
    this.emit('will-attach-webview', event, {}, { src });
    return !event.defaultPrevented;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#frame.isGone = true;
    this.#isDestroyed = true;
    this.inbox = null;
    this.emit('destroyed');
  }

  #alive(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
  }
}
