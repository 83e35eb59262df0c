import process from 'node:process';
import type { FromHost } from '../../contract/session-host.ts';

/** The way to main, whichever shell started this process. */
export interface MainPort {
  /** Does nothing once main is gone. */
  post(message: FromHost): void;
}

export interface MainPortHandlers {
  /** Anything that came; nothing about it is known yet. */
  readonly onMessage: (message: unknown) => void;
  /** Once: main is gone, or closed the channel. */
  readonly onClosed: () => void;
}

/** Electron's `process.parentPort` (utilityProcess), as far as it is used here. Named by shape: this layer does not know Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** The port of this process: of `utilityProcess.fork`, or of `child_process.fork`. Null where nobody started it as a session host. */
export function openMainPort(handlers: MainPortHandlers): MainPort | null {
  const parentPort = parentPortOf(process);
  if (parentPort !== null) {
    parentPort.on('message', event => handlers.onMessage(event.data));
    parentPort.on('close', handlers.onClosed);
    return { post: message => parentPort.postMessage(message) };
  }
  if (process.send === undefined) return null;
  process.on('message', handlers.onMessage);
  process.once('disconnect', handlers.onClosed);
  return {
    post(message) {
      // A failed send means that main is gone; `disconnect` tells.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
  };
}

function parentPortOf(host: object): ParentPort | null {
  const port: unknown = 'parentPort' in host ? host.parentPort : undefined;
  return isParentPort(port) ? port : null;
}

function isParentPort(port: unknown): port is ParentPort {
  return typeof port === 'object' && port !== null && 'postMessage' in port && 'on' in port;
}
