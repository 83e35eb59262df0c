import type { TerminalMessage } from '../../contract/data-plane.ts';
import type { PreloadApi } from '../../contract/preload-api.ts';
import { DATA_PORT_KIND } from '../../contract/preload-api.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import { failure, parseEvent, parseOutcome } from './answer.ts';
import type { Bridge, DataPort } from './bridge.ts';
import { t } from '../texts/t.ts';

/** The window that the preload hands message ports to. */
export type PortReceiver = Pick<Window, 'addEventListener' | 'removeEventListener'>;

/** The bridge of the desktop shell: what the preload exposes, with every payload parsed on this side too. */
export function createDesktopBridge(preload: PreloadApi, page: PortReceiver): Bridge {
  return {
    async request(name, input) {
      try {
        return parseOutcome(name, await preload.request(name, input));
      } catch (error) {
        return failure('internal', t.bridge.couldNotAnswer(name, String(error)).slice(0, 2000));
      }
    },
    on(name, listener) {
      return preload.on(name, payload => {
        const parsed = parseEvent(name, payload);
        if (parsed !== null) listener(parsed);
      });
    },
    openDataPort: sessionId => createDesktopDataPort(preload, page, sessionId),
    onConnection(listener) {
      listener(true);
      return () => undefined;
    },
  };
}

function createDesktopDataPort(preload: PreloadApi, page: PortReceiver, sessionId: string): DataPort {
  let channel: MessagePort | null = null;
  let isClosed = false;
  const unsent: TerminalMessage[] = [];

  const close = () => {
    if (isClosed) return;
    isClosed = true;
    page.removeEventListener('message', take);
    channel?.close();
    // a message port cannot say why it was closed; there is one window, so nobody takes over
    port.onClosed('lost');
  };

  const port: DataPort = {
    onMessage: () => undefined,
    onClosed: () => undefined,
    send(message) {
      if (isClosed) return;
      if (channel === null) {
        unsent.push(message);
        return;
      }
      // Copied, not transferred: of a message with a transferred buffer Electron delivers null (electron/electron#34905).
      channel.postMessage(encodeTerminalMessage(message));
    },
    close,
  };

  function take(event: MessageEvent<unknown>): void {
    const received = event.ports[0];
    if (event.source !== page || received === undefined || !isPortFor(event.data, sessionId)) return;
    page.removeEventListener('message', take);
    channel = received;
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
      const message = frame instanceof Uint8Array ? decodeHostMessage(frame) : null;
      if (message === null) close();
      else port.onMessage(message);
    });
    channel.addEventListener('close', close);
    channel.start();
    for (const message of unsent.splice(0)) port.send(message);
  }

  page.addEventListener('message', take);
  preload.openDataPort(sessionId).catch(close);
  return port;
}

function isPortFor(payload: unknown, sessionId: string): boolean {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'kind' in payload &&
    payload.kind === DATA_PORT_KIND &&
    'sessionId' in payload &&
    payload.sessionId === sessionId
  );
}
