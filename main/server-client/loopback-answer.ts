import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback address at which a browser brings the answer of a sign-in (RFC 8252, section 7.3). */
export interface LoopbackAnswer {
  readonly redirectUri: string;
  /** the query of the first answer; rejects when it is closed before */
  readonly query: Promise<string>;
  close(): void;
}

const PATH = '/sign-in';
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sallyport</title>
<body style="font: 16px system-ui; margin: 4rem"><h1>You can close this page</h1><p>Sallyport goes on where you started.</p></body></html>`;

/** Listens on a free port of 127.0.0.1 until the first answer. */
export async function listenForAnswer(): Promise<LoopbackAnswer> {
  const { promise: query, resolve, reject } = Promise.withResolvers<string>();
  query.catch(() => undefined); // whoever closes it may not wait for it
  const server = createServer((request, response) => {
    const host = `127.0.0.1:${String(portOf(server.address()))}`;
    const url = new URL(request.url ?? '/', `http://${host}`);
    const isAnswer =
      request.method === 'GET' &&
      request.headers.host === host &&
      url.pathname === PATH &&
      (url.searchParams.has('code') || url.searchParams.has('error'));
    if (!isAnswer) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end(PAGE);
    resolve(url.search.slice(1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    redirectUri: `http://127.0.0.1:${String(portOf(server.address()))}${PATH}`,
    query,
    close() {
      server.close();
      reject(new Error('the sign-in was ended'));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
