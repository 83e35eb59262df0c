import { ipcMain, MessageChannelMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import {
  APP_ORIGIN,
  EVENT_CHANNEL,
  OPEN_PORT_CHANNEL,
  PORT_CHANNEL,
  REQUEST_CHANNEL,
} from '../../contract/preload-api.ts';
import type { Outcome } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { App, AppConnection } from '../app/app.ts';
import { isAppUrl } from './guards.ts';

/**
 * The only file with `ipcMain`. A message counts when it comes from the main frame of a window that was connected here and that shows
 * the app's own origin; names and payloads are checked by the app's router.
 */
export function serveIpc(app: App): { connect(contents: WebContents): AppConnection; dispose(): void } {
  const connections = new Map<WebContents, AppConnection>();

  /** The window that a message came from, or null where the sender is not to be believed. */
  const senderOf = (event: IpcMainInvokeEvent): AppConnection | null => {
    const { sender, senderFrame } = event;
    // `senderFrame` is null for a document that is gone; a window that is gone has no main frame to compare with.
    if (sender.isDestroyed() || senderFrame !== sender.mainFrame) return null;
    return isAppFrame(senderFrame) ? (connections.get(sender) ?? null) : null;
  };

  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown): Promise<Outcome<unknown>> => {
    const connection = senderOf(event);
    return connection === null ? Promise.resolve(refusal()) : connection.request(name, input);
  });

  ipcMain.handle(OPEN_PORT_CHANNEL, (event, sessionId: unknown) => {
    const connection = senderOf(event);
    if (connection === null || typeof sessionId !== 'string')
      throw new SallyportError('not-allowed', 'The window may not do this.');
    attachPort(connection, sessionId, event.sender);
  });

  return {
    connect(contents) {
      const connection = app.connect((name, payload) => {
        if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, name, payload);
      });
      connections.set(contents, connection);
      contents.on('render-process-gone', () => connection.pageGone());
      contents.once('destroyed', () => {
        connections.delete(contents);
        connection.dispose();
      });
      return connection;
    },
    dispose() {
      ipcMain.removeHandler(REQUEST_CHANNEL);
      ipcMain.removeHandler(OPEN_PORT_CHANNEL);
    },
  };
}

/** The origin counts, not the address alone: a sandboxed document has an origin of its own whatever its address says. */
function isAppFrame(frame: WebFrameMain): boolean {
  try {
    return frame.origin === APP_ORIGIN && isAppUrl(frame.url);
  } catch {
    // Electron throws for a frame that went away while its message was under way.
    return false;
  }
}

/** A message port of its own for the data plane of one session; a malformed frame closes it. */
function attachPort(connection: AppConnection, sessionId: string, contents: WebContents): void {
  const { port1, port2 } = new MessageChannelMain();
  const attachment = connection.attach(sessionId, {
    // A copy of its own: of a view, the whole buffer behind it would be sent.
    send: frame => port1.postMessage(new Uint8Array(frame).buffer),
    closed: () => port1.close(),
  });
  port1.on('message', ({ data }: { data: unknown }) => {
    const frame =
      data instanceof ArrayBuffer ? new Uint8Array(data) : data instanceof Uint8Array ? data : null;
    if (frame === null || !attachment.receive(frame)) port1.close();
  });
  port1.once('close', () => attachment.detach());
  port1.start();
  contents.postMessage(PORT_CHANNEL, sessionId, [port2]);
}

function refusal(): Outcome<never> {
  return { ok: false, error: { code: 'not-allowed', message: 'This window may not ask for that.' } };
}
