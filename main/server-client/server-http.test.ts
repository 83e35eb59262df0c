import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createProofSigner } from './proof.ts';
import type { ServerHttp } from './server-http.ts';
import { createServerSource } from '../review/recording-source.ts';
import { createServerHttp } from './server-http.ts';

const device = generateKeyPairSync('ed25519');
let server: Server;
let requests: { url: string; method: string; authorization: string; body: string }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let http: ServerHttp;
let url = '';

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({
        url: request.url ?? '',
        method: request.method ?? '',
        authorization: request.headers.authorization ?? '',
        body: Buffer.concat(chunks).toString(),
      });
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
  http = createServerHttp({
    serverUrl: `${url}/`,
    proof: createProofSigner({
      deviceId: 'device-1',
      audience: 'test',
      privateKeyPem: device.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }),
    nowMs: () => Number.NaN,
    wallNowMs: () => 1_000_000_000_000,
    timeoutMs: 500,
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const json = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  answer = (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const claimsOf = async (authorization: string, atMs: number) =>
  (
    await jwtVerify(authorization.replace('Sallyport ', ''), device.publicKey, {
      currentDate: new Date(atMs),
    })
  ).payload;

describe('requests to the server', () => {
  test('carry a proof of the device for exactly this request, each with its own number', async () => {
    json(200, { targets: [] });
    await http.call('listTargets', { query: { limit: 5 } });
    await http.call('listTargets', { query: { limit: 5 } });
    const [first, second] = requests;
    expect(first?.url).toBe('/v1/targets?limit=5');
    const claims = await claimsOf(first?.authorization ?? '', 1_000_000_000_000);
    expect(claims).toMatchObject({
      sub: 'device-1',
      aud: 'test',
      htm: 'GET',
      htp: '/v1/targets?limit=5',
      iat: 1_000_000_000,
    });
    expect((await claimsOf(second?.authorization ?? '', 1_000_000_000_000)).jti).not.toBe(claims.jti);
  });

  test('are made once more in the server time that a 401 names', async () => {
    const serverMs = 1_000_000_900_000;
    answer = (_request, response) => {
      if (requests.length === 1) response.writeHead(401, { 'x-server-time': String(serverMs) }).end('{}');
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{"targets":[]}');
    };
    await expect(http.call('listTargets', {})).resolves.toEqual({ targets: [] });
    expect((await claimsOf(requests[1]?.authorization ?? '', serverMs)).iat).toBe(serverMs / 1000);
  });

  test('that are refused twice are refused', async () => {
    json(
      401,
      { type: 'x', title: 'x', status: 401, detail: 'Enrol anew.', code: 'not-signed-in' },
      { 'x-server-time': '1' },
    );
    await expect(http.call('listTargets', {})).rejects.toMatchObject({
      code: 'not-signed-in',
      message: 'Enrol anew.',
    });
    expect(requests).toHaveLength(2);
  });

  test.each([
    [
      403,
      { type: 'x', title: 'x', status: 403, detail: 'No.', code: 'grant-revoked' },
      'grant-revoked',
      /^No\.$/,
    ],
    [
      403,
      { type: 'x', title: 'x', status: 403, detail: 'No.', code: 'of-the-future' },
      'not-allowed',
      /^No\.$/,
    ],
    [429, 'slow down', 'rate-limited', /status 429/],
    [502, '<html>', 'server-failed', /status 502/],
    [200, { targets: 'none' }, 'server-failed', /does not understand/],
  ])('an answer with status %d and %j fails in words', async (status, body, code, words) => {
    json(status, body);
    await expect(http.call('listTargets', {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words) as unknown,
    });
  });

  test('to a server that is silent, breaks off or is not there say so', async () => {
    answer = () => undefined;
    await expect(http.call('listTargets', {})).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('it took too long') as unknown,
    });
    await expect(http.fetch('/v1/events')).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('it took too long') as unknown,
    });
    answer = request => request.socket.destroy();
    await expect(http.call('listTargets', {})).rejects.toMatchObject({ code: 'server-unreachable' });
    server.close();
    server.closeAllConnections();
    await expect(http.call('listTargets', {})).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('ECONNREFUSED') as unknown,
    });
  });

  test('whose answer stands still in a recording end in words, and in time', async () => {
    const range = { 'content-range': 'bytes 0-9/10', 'content-length': '10' };
    answer = (_request, response) => void response.writeHead(206, range).write('12345');
    const source = createServerSource(http, 'r1', 200);
    await expect(source.read({ from: 0, to: 10 })).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('it took too long') as unknown,
    });
    answer = (_request, response) => void response.writeHead(206, range).end('1234567890');
    const { bytes } = await source.read({ from: 0, to: 10 });
    expect(new TextDecoder().decode(bytes)).toBe('1234567890');
  });

  test('do not follow a server that sends them elsewhere', async () => {
    answer = (_request, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();
    await expect(http.call('listTargets', {})).rejects.toMatchObject({ code: 'server-unreachable' });
    expect(requests).toHaveLength(1);
  });
});
