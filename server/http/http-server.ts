import { createServer } from 'node:http';
import type { RequestListener, Server, ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { TlsFiles } from './tls-files.ts';

/** What one connection may cost before anything of it is looked at. */
export interface ConnectionLimits {
  /** all header lines of a request together; a proof has about 600 */
  readonly headerBytes: number;
  readonly headerCount: number;
  /** from the first byte of a request, or from the connection, to the end of its headers */
  readonly headersTimeoutMs: number;
  /** to the end of its body: an append of a recording over a slow line */
  readonly requestTimeoutMs: number;
  /** without a byte in either direction; an event stream has a lease every few seconds */
  readonly idleTimeoutMs: number;
  /** how often the first two of these times are looked at */
  readonly checkEveryMs: number;
  /** more are closed as they come */
  readonly connections: number;
}
export const CONNECTION_LIMITS: ConnectionLimits = {
  headerBytes: 16 * 1024,
  headerCount: 100,
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 5 * 60_000,
  idleTimeoutMs: 2 * 60_000,
  checkEveryMs: 5_000,
  connections: 25_000,
};

/** A server that does not listen yet; over TLS (1.2 and newer) where there are files for it. */
export function createHttpServer(
  handle: RequestListener,
  { limits, tls }: { readonly limits: ConnectionLimits; readonly tls: TlsFiles | null },
): Server {
  const options: ServerOptions = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    // Without a body of its own, Node's refusal would say nothing; `refuseWithoutHost` does.
    requireHostHeader: false,
  };
  const server =
    tls === null
      ? createServer(options, handle)
      : createTlsServer({ ...options, ...tls.current(), minVersion: 'TLSv1.2' }, handle);
  if (tls !== null && 'setSecureContext' in server) {
    tls.onReload(files => server.setSecureContext({ ...files, minVersion: 'TLSv1.2' }));
  }
  server.maxHeadersCount = limits.headerCount;
  server.maxConnections = limits.connections;
  server.timeout = limits.idleTimeoutMs;
  return server;
}
