import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { HostMessage } from '../../contract/data-plane.ts';
import type { PreloadApi } from '../../contract/preload-api.ts';
import { APP_ORIGIN, PRELOAD_GLOBAL } from '../../contract/preload-api.ts';
import { SallyportError } from '../../contract/errors.ts';
import { decodeTerminalMessage, encodeHostMessage } from '../../core/data-plane/frame.ts';
import type { App } from '../../main/app/app.ts';
import type { TerminalPort } from '../../main/sessions/terminal-relay.ts';
import type { PortReceiver } from '../../renderer/bridge/desktop-bridge.ts';
import { createDesktopBridge } from '../../renderer/bridge/desktop-bridge.ts';
import type { Bundle } from '../support/desktop-bundle.ts';
import { buildDesktopBundle } from '../support/desktop-bundle.ts';
import { withElectron } from '../support/desktop-program.ts';
import { createElectronDouble } from '../support/electron-double/electron-double.ts';
import { PageDouble } from '../support/electron-double/page.ts';
import { WebContentsDouble } from '../support/electron-double/web-contents.ts';

let bundle: Bundle;
beforeAll(async () => {
  bundle = await buildDesktopBundle('preload.cjs');
});

/** Runs the bundle as Electron's sandbox does: `require` knows Electron only, and there is no Node. */
function runPreload(page: PageDouble): { readonly required: readonly string[] } {
  const required: string[] = [];
  const { ipcRenderer, contextBridge, window } = page;
  runInNewContext(bundle.code, {
    window,
    require(name: string) {
      required.push(name);
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return { ipcRenderer, contextBridge };
    },
    exports: {},
    module: { exports: {} },
  });
  return { required };
}

function apiOf(page: PageDouble): PreloadApi {
  // What the tests below find on the window is exactly this.
  return page.exposed[PRELOAD_GLOBAL] as PreloadApi;
}

/** A client with one session, behind real IPC; its terminal is played by the test. */
async function connectedPage() {
  const electron = createElectronDouble();
  const terminals: TerminalPort[] = [];
  const received: Uint8Array[] = [];
  const detached = Promise.withResolvers<void>();
  let tell: (name: string, payload: unknown) => void = () => undefined;
  const app: Pick<App, 'connect'> = {
    connect(onEvent) {
      tell = (name, payload) => onEvent(name as never, payload as never);
      return {
        id: 'window',
        request: (name, input) => Promise.resolve({ ok: true, value: [name, input] }),
        attach(sessionId, port) {
          if (sessionId !== 'ses_1') throw new SallyportError('not-found', 'There is no such session.');
          terminals.push(port);
          return {
            receive: frame => received.push(frame) > 0 && decodeTerminalMessage(frame) !== null,
            detach: () => detached.resolve(),
          };
        },
        pageGone: () => undefined,
        dispose: () => undefined,
      };
    },
  };
  const { serveIpc } = await withElectron(electron, () => import('../../main/electron/ipc.ts'));
  const contents = new WebContentsDouble();
  // The doubles have what the shell uses; `serveIpc` only connects windows.
  serveIpc(app as App).connect(contents as never);
  contents.commit(`${APP_ORIGIN}/index.html`);
  const page = new PageDouble(electron.ipcMain, contents);
  runPreload(page);
  return {
    page,
    terminals,
    received,
    detached: detached.promise,
    tell: (n: string, p: unknown) => tell(n, p),
  };
}

describe('the preload script', () => {
  it('is one file that needs Electron only, and no Node', () => {
    expect(bundle.files).toEqual(['preload.cjs']);
    expect(bundle.imports).toEqual(['electron']);
    const contents = new WebContentsDouble();
    contents.commit(`${APP_ORIGIN}/index.html`);
    const page = new PageDouble(createElectronDouble().ipcMain, contents);
    expect(runPreload(page).required).toEqual(['electron']);
  });

  it('puts three functions on the window, and nothing of Electron', async () => {
    const { page } = await connectedPage();
    expect(Object.keys(page.exposed)).toEqual([PRELOAD_GLOBAL]);
    const api = apiOf(page);
    expect(Object.keys(api).sort()).toEqual(['on', 'openDataPort', 'request']);
    expect(Object.values(api).every(each => typeof each === 'function')).toBe(true);
    expect(Object.isFrozen(api)).toBe(true);
  });

  it('hands requests over as they are', async () => {
    const { page } = await connectedPage();
    expect(await apiOf(page).request('app.state', { a: 1 })).toEqual({
      ok: true,
      value: ['app.state', { a: 1 }],
    });
  });

  it('tells events by name, without the event object of Electron, until one ends it', async () => {
    const { page, tell } = await connectedPage();
    const heard: unknown[][] = [];
    const end = apiOf(page).on('notice', (...args) => heard.push(args));
    tell('notice', { message: 'a' });
    tell('app.changed', { message: 'b' });
    await new Promise(setImmediate);
    end();
    tell('notice', { message: 'c' });
    await new Promise(setImmediate);
    expect(heard).toEqual([[{ message: 'a' }]]);
  });

  it('keeps a port from a page of another origin', async () => {
    const { page } = await connectedPage();
    const arrived: unknown[] = [];
    page.window.addEventListener('message', event => arrived.push(event));
    await apiOf(page).openDataPort('ses_1');
    await new Promise(setImmediate);
    expect(arrived).toHaveLength(1);
    expect(arrived[0]).toMatchObject({ origin: APP_ORIGIN });
  });
});

describe("the renderer's bridge over the preload and main's IPC", () => {
  async function connectedBridge() {
    const connected = await connectedPage();
    // The double is an EventTarget, short of the overloads for each kind of event.
    const receiver = connected.page.window as unknown as PortReceiver;
    return { ...connected, bridge: createDesktopBridge(apiOf(connected.page), receiver) };
  }

  it('carries a terminal both ways, in order, also what was sent before the port stood', async () => {
    const { bridge, terminals, received, detached } = await connectedBridge();
    const port = bridge.openDataPort('ses_1');
    const heard: HostMessage[] = [];
    port.onMessage = message => heard.push(message);
    port.send({ kind: 'resize', cols: 80, rows: 24 });
    port.send({ kind: 'input', bytes: new TextEncoder().encode('ls\r') });
    await vi.waitFor(() => expect(terminals).toHaveLength(1));
    await new Promise(setImmediate);
    for (const seq of [1, 2])
      terminals[0]?.send(encodeHostMessage({ kind: 'output', seq, bytes: Uint8Array.of(64 + seq) }));
    await new Promise(setImmediate);
    expect(heard.map(message => (message.kind === 'output' ? [message.seq, ...message.bytes] : []))).toEqual([
      [1, 65],
      [2, 66],
    ]);
    port.send({ kind: 'ack', seq: 2 });
    await new Promise(setImmediate);
    expect(received.map(decodeTerminalMessage)).toEqual([
      { kind: 'resize', cols: 80, rows: 24 },
      { kind: 'input', bytes: new TextEncoder().encode('ls\r') },
      { kind: 'ack', seq: 2 },
    ]);
    port.close();
    await detached;
  });

  it('tells the terminal when main closes the port', async () => {
    const { bridge, terminals } = await connectedBridge();
    const port = bridge.openDataPort('ses_1');
    const closed = new Promise(resolve => (port.onClosed = resolve));
    await vi.waitFor(() => expect(terminals).toHaveLength(1));
    await new Promise(setImmediate);
    terminals[0]?.closed('ended');
    expect(await closed).toBe('lost');
  });

  it('tells the terminal when main refuses the session', async () => {
    const { bridge } = await connectedBridge();
    const port = bridge.openDataPort('ses_2');
    expect(await new Promise(resolve => (port.onClosed = resolve))).toBe('lost');
  });
});
