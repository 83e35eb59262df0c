import type { TerminalMessage } from '../../contract/data-plane.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import type { DataPort, PortCloseReason } from './bridge.ts';

/** Close codes of the web shell's data socket: its own for a takeover, and the normal one (RFC 6455, 7.4.1) for a session that is over. */
const TAKEN_OVER = 4000;
const NORMAL = 1000;

/** Calls back with a socket as soon as the window has a name; returns how to give up waiting. */
type OpenSocket = (use: (socket: WebSocket) => void) => () => void;

/** One terminal's data plane over a WebSocket of its own; what is sent before it stands waits in order. */
export function createWebDataPort(openSocket: OpenSocket): DataPort {
  let socket: WebSocket | null = null;
  let isClosed = false;
  const unsent: TerminalMessage[] = [];

  const finish = (why: PortCloseReason) => {
    if (isClosed) return;
    isClosed = true;
    giveUp();
    socket?.close();
    port.onClosed(why);
  };

  const port: DataPort = {
    onMessage: () => undefined,
    onClosed: () => undefined,
    send(message) {
      if (isClosed) return;
      if (socket?.readyState === WebSocket.OPEN)
        socket.send(encodeTerminalMessage(message) as Uint8Array<ArrayBuffer>);
      else unsent.push(message);
    },
    close: () => finish('lost'),
  };

  const giveUp = openSocket(opened => {
    socket = opened;
    opened.binaryType = 'arraybuffer';
    opened.addEventListener('open', () => {
      for (const message of unsent.splice(0)) port.send(message);
    });
    opened.addEventListener('message', event => {
      const message =
        event.data instanceof ArrayBuffer ? decodeHostMessage(new Uint8Array(event.data)) : null;
      if (message === null) finish('lost');
      else port.onMessage(message);
    });
    opened.addEventListener('close', ({ code }) =>
      finish(code === TAKEN_OVER ? 'taken-over' : code === NORMAL ? 'ended' : 'lost'),
    );
  });
  return port;
}
