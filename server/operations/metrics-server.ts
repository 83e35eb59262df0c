import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { SallyportError } from '../../contract/errors.ts';
import type { Metrics } from './metrics.ts';

/** Where metrics are served: a port of their own, so that no proxy in front of the server passes them on by mistake. */
export interface MetricsSettings {
  readonly port: number;
  /** default: 127.0.0.1 */
  readonly host?: string;
  /** what a scraper sends as `Authorization: Bearer`; must be there where the host is no loopback address */
  readonly token?: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** `GET /metrics`. Throws `bad-input` for an open host without a token, `server-failed` where the port cannot be had. */
export async function serveMetrics(
  metrics: Metrics,
  { port, host = '127.0.0.1', token }: MetricsSettings,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  if (!LOOPBACK.has(host) && token === undefined) {
    throw new SallyportError(
      'bad-input',
      `Metrics on ${host} can be read by other machines: they need a token there. Set metrics.tokenFile, or leave metrics.host out.`,
    );
  }
  const server = createServer((request, response) => {
    const refuse = (status: number, words: string, headers: Readonly<Record<string, string>> = {}) =>
      response
        .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
        .end(`${words}\n`);
    if (token !== undefined && !isBearer(request.headers.authorization, token)) {
      refuse(401, 'The metrics of this server need a token.', { 'www-authenticate': 'Bearer' });
    } else if (request.url !== '/metrics') refuse(404, 'There is only /metrics here.');
    else if (request.method !== 'GET') refuse(405, 'Use GET.', { allow: 'GET' });
    else {
      metrics.text().then(
        text => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
        () => refuse(500, 'The metrics could not be collected.'),
      );
    }
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new SallyportError(
      'server-failed',
      `Metrics cannot be served on ${host}:${port} (${code}). Choose another port, or 0 for a free one.`,
      { cause: error },
    );
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function isBearer(header: string | undefined, token: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`));
}
