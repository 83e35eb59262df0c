import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';

/**
 * As much of fetch as the upload of a recording needs, on Node's own client with connections that stand: fetch costs the process that plays a thousand
 * clients more than the server has to do for them, and both are on one machine.
 */
export function createLightFetch(): { readonly fetch: typeof globalThis.fetch; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const send = (url: URL, { method, headers, body }: LightRequest): Promise<LightResponse> =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { method, agent, headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) } },
        answer => collect(answer).then(resolve, reject),
      );
      sent.on('error', reject);
      sent.end(body);
    });
  // The upload's client uses these members of a response and no others.
  return { fetch: send as unknown as typeof globalThis.fetch, close: () => agent.destroy() };
}

interface LightRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

interface LightResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: null;
  text(): Promise<string>;
}

async function collect(answer: IncomingMessage): Promise<LightResponse> {
  const parts: Uint8Array[] = [];
  for await (const part of answer) parts.push(part as Uint8Array);
  const status = answer.statusCode ?? 0;
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: { get: name => (answer.headers[name] as string | undefined) ?? null },
    body: null,
    text: () => Promise.resolve(Buffer.concat(parts).toString()),
  };
}
