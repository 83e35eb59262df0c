import type { Outcome } from './errors.ts';

/**
 * What the preload script puts on `window.sallyport` in the desktop shell: thin, without logic. Names are the keys of `REQUESTS` and
 * `EVENTS` (ipc.ts); both sides check payloads with those schemas, so that here they are `unknown`.
 */
export interface PreloadApi {
  /** Answers with an `Outcome`; never rejects for an expected failure. */
  request(name: string, input: unknown): Promise<Outcome<unknown>>;
  /** Returns the function that ends the subscription. */
  on(name: string, listener: (payload: unknown) => void): () => void;
  /**
   * Asks main for the data plane of a session. A `MessagePort` cannot pass the context bridge, so the preload hands it over with
   * `window.postMessage({ kind: DATA_PORT_KIND, sessionId }, location.origin, [port])` and resolves after that; it rejects where main
   * refuses. Frames (core/data-plane/frame.ts) come as ArrayBuffers and go as bytes, copied: Electron loses a message to main whose
   * buffers are transferred. Whoever closes the port ends the data plane.
   */
  openDataPort(sessionId: string): Promise<void>;
}

/** `kind` of the window message that carries the port of a session's data plane. */
export const DATA_PORT_KIND = 'sallyport-data-port';
/** The name under which the preload exposes its interface. */
export const PRELOAD_GLOBAL = 'sallyport';

/** Electron channels between preload and main: one for requests, one for events, two for the data plane. Names of requests stand in ipc.ts. */
export const REQUEST_CHANNEL = 'sallyport:request';
export const EVENT_CHANNEL = 'sallyport:event';
export const OPEN_PORT_CHANNEL = 'sallyport:open-port';
export const PORT_CHANNEL = 'sallyport:port';
/** The origin of the desktop shell's windows: a custom scheme, registered as standard and secure. */
export const APP_SCHEME = 'sallyport-app';
export const APP_ORIGIN = `${APP_SCHEME}://ui`;
