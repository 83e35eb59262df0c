import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { APP_ORIGIN, EVENT_CHANNEL, OPEN_PORT_CHANNEL, REQUEST_CHANNEL } from '../../contract/preload-api.ts';
import type { Outcome } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import { decodeTerminalMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import type { App } from '../../main/app/app.ts';
import type { TerminalPort } from '../../main/sessions/terminal-relay.ts';
import { withElectron } from '../support/desktop-program.ts';
import type { ElectronDouble } from '../support/electron-double/electron-double.ts';
import { createElectronDouble } from '../support/electron-double/electron-double.ts';
import type { PagePort } from '../support/electron-double/message-ports.ts';
import { PageDouble } from '../support/electron-double/page.ts';
import { WebContentsDouble } from '../support/electron-double/web-contents.ts';

const REFUSED = { ok: false, error: { code: 'not-allowed' } };

/** The client behind the windows, as far as messages reach it; a session `ses_1` has a terminal. */
function fakeApp() {
  const requests: unknown[] = [];
  const frames: Uint8Array[] = [];
  const terminals: TerminalPort[] = [];
  let detached = 0;
  let disposed = 0;
  const listeners = new Set<(name: never, payload: never) => void>();
  const app: Pick<App, 'connect'> = {
    connect(onEvent) {
      listeners.add(onEvent);
      return {
        id: 'window',
        request(name, input): Promise<Outcome<unknown>> {
          requests.push([name, input]);
          return Promise.resolve({ ok: true, value: 'answered' });
        },
        attach(sessionId, port) {
          if (sessionId !== 'ses_1') throw new SallyportError('not-found', 'There is no such session.');
          terminals.push(port);
          return {
            receive(frame) {
              frames.push(frame);
              return decodeTerminalMessage(frame) !== null;
            },
            detach: () => (detached += 1),
          };
        },
        pageGone: () => undefined,
        dispose: () => (disposed += 1),
      };
    },
  };
  return {
    // `serveIpc` only connects windows.
    app: app as App,
    requests,
    frames,
    terminals,
    tell: (name: string, payload: unknown) => {
      for (const listener of listeners) listener(name as never, payload as never);
    },
    get detached() {
      return detached;
    },
    get disposed() {
      return disposed;
    },
  };
}

let electron: ElectronDouble;
let client: ReturnType<typeof fakeApp>;
let contents: WebContentsDouble;
let dispose: () => void;

beforeEach(async () => {
  electron = createElectronDouble();
  client = fakeApp();
  const { serveIpc } = await withElectron(electron, () => import('../../main/electron/ipc.ts'));
  const ipc = serveIpc(client.app);
  dispose = () => ipc.dispose();
  contents = new WebContentsDouble();
  // The double has what the shell uses of `WebContents`.
  ipc.connect(contents as never);
  contents.commit(`${APP_ORIGIN}/index.html`);
});

const ask = (page: PageDouble) => page.ipcRenderer.invoke(REQUEST_CHANNEL, 'app.state', {});

/** What the preload does with a port: it comes with a message of its own. */
async function openPort(page: PageDouble, sessionId: unknown): Promise<PagePort> {
  const arrived = once(page.ipcRenderer, 'sallyport:port');
  await page.ipcRenderer.invoke(OPEN_PORT_CHANNEL, sessionId);
  const [event] = (await arrived) as [{ readonly ports: readonly PagePort[] }];
  const [port] = event.ports;
  if (port === undefined) throw new Error('no port came');
  return port;
}

const nextOf = (port: PagePort, type: 'message' | 'close') =>
  new Promise<unknown>(resolve =>
    port.addEventListener(type, event => resolve('data' in event ? event.data : undefined), { once: true }),
  );

describe('the sender of a message', () => {
  it('is believed as main frame of a connected window with the exact origin', async () => {
    expect(await ask(new PageDouble(electron.ipcMain, contents))).toEqual({ ok: true, value: 'answered' });
    expect(client.requests).toEqual([['app.state', {}]]);
  });

  it.each([
    'sallyport-app://ui.evil/index.html',
    'sallyport-app://evil/index.html',
    'sallyport-app://ui:1/index.html',
    'https://ui/index.html',
    'file:///index.html',
    'data:text/html,x',
    'about:blank',
  ])('is not believed where its window shows %s', async url => {
    contents.commit(url);
    const page = new PageDouble(electron.ipcMain, contents);
    expect(await ask(page)).toMatchObject(REFUSED);
    await expect(page.ipcRenderer.invoke(OPEN_PORT_CHANNEL, 'ses_1')).rejects.toThrow('may not do this');
    expect(client.requests).toEqual([]);
    expect(client.terminals).toEqual([]);
  });

  it('is not believed where the address is right and the origin is not (a sandboxed document)', async () => {
    contents.commit(`${APP_ORIGIN}/index.html`, true);
    expect(await ask(new PageDouble(electron.ipcMain, contents))).toMatchObject(REFUSED);
  });

  it('is not believed in a frame inside the page, be it the app itself', async () => {
    const frame = contents.addSubframe(`${APP_ORIGIN}/index.html`);
    expect(await ask(new PageDouble(electron.ipcMain, contents, frame))).toMatchObject(REFUSED);
    expect(client.requests).toEqual([]);
  });

  it('is not believed once its document is gone', async () => {
    const page = new PageDouble(electron.ipcMain, contents);
    contents.commit('https://example.org/');
    expect(await ask(page)).toMatchObject(REFUSED);
  });

  it('is not believed once its window is gone', async () => {
    const page = new PageDouble(electron.ipcMain, contents);
    contents.destroy();
    expect(await ask(page)).toMatchObject(REFUSED);
    expect(client.disposed).toBe(1);
  });

  it('is not believed in a window that nobody connected', async () => {
    const unknown = new WebContentsDouble();
    unknown.commit(`${APP_ORIGIN}/index.html`);
    expect(await ask(new PageDouble(electron.ipcMain, unknown))).toMatchObject(REFUSED);
  });
});

describe('events', () => {
  it('reach the window while it is there', async () => {
    const page = new PageDouble(electron.ipcMain, contents);
    const heard: unknown[] = [];
    page.ipcRenderer.on(EVENT_CHANNEL, (_event, ...args: unknown[]) => heard.push(args));
    client.tell('notice', { level: 'info', message: 'a' });
    await Promise.resolve();
    expect(heard).toEqual([['notice', { level: 'info', message: 'a' }]]);
    contents.destroy();
    expect(() => client.tell('notice', { level: 'info', message: 'b' })).not.toThrow();
  });
});

describe('the port of a session', () => {
  it('carries frames both ways, each as bytes of its own', async () => {
    const port = await openPort(new PageDouble(electron.ipcMain, contents), 'ses_1');
    port.start();
    const received = nextOf(port, 'message');
    const pool = new Uint8Array(64).fill(7);
    client.terminals[0]?.send(pool.subarray(8, 11));
    const data = await received;
    expect(data).toBeInstanceOf(ArrayBuffer);
    // Not the 64 bytes that lie around it in main.
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(Uint8Array.of(7, 7, 7));

    port.postMessage(encodeTerminalMessage({ kind: 'resize', cols: 80, rows: 24 }));
    port.postMessage(encodeTerminalMessage({ kind: 'ack', seq: 1 }).buffer);
    await new Promise(setImmediate);
    expect(client.frames.map(decodeTerminalMessage)).toEqual([
      { kind: 'resize', cols: 80, rows: 24 },
      { kind: 'ack', seq: 1 },
    ]);
    expect(client.detached).toBe(0);
  });

  it.each([
    ['a frame of no kind', Uint8Array.of(99)],
    ['an empty frame', new Uint8Array(0)],
    ['text', 'input'],
    ['an object', { kind: 'input' }],
    ['nothing', null],
  ])('is closed by %s', async (_what, message) => {
    const port = await openPort(new PageDouble(electron.ipcMain, contents), 'ses_1');
    port.start();
    const closed = nextOf(port, 'close');
    port.postMessage(message);
    await closed;
    expect(client.detached).toBe(1);
  });

  it('ends with the page and with the session, once each', async () => {
    const page = new PageDouble(electron.ipcMain, contents);
    const first = await openPort(page, 'ses_1');
    first.start();
    first.close();
    await new Promise(setImmediate);
    expect(client.detached).toBe(1);

    const second = await openPort(page, 'ses_1');
    second.start();
    const closed = nextOf(second, 'close');
    client.terminals[1]?.closed('ended');
    await closed;
    expect(client.detached).toBe(2);
  });

  it.each([
    ['a session that is not there', 'ses_2', 'no such session'],
    ['no name', 7, 'may not do this'],
    ['an object', {}, 'may not do this'],
  ])('is refused for %s', async (_what, sessionId, why) => {
    await expect(openPort(new PageDouble(electron.ipcMain, contents), sessionId)).rejects.toThrow(why);
    expect(client.terminals).toEqual([]);
  });
});

describe('channels', () => {
  it('are two, and are gone when the shell ends', async () => {
    const page = new PageDouble(electron.ipcMain, contents);
    await expect(page.ipcRenderer.invoke('sallyport:other')).rejects.toThrow('No handler registered');
    dispose();
    await expect(ask(page)).rejects.toThrow('No handler registered');
    await expect(page.ipcRenderer.invoke(OPEN_PORT_CHANNEL, 'ses_1')).rejects.toThrow(
      'No handler registered',
    );
  });
});
