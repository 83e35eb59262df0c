import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { Problem } from '../../contract/server-api.ts';
import { fakeApp } from '../../test/support/fake-app.ts';
import type { ConnectionLimits } from './http-server.ts';
import { CONNECTION_LIMITS } from './http-server.ts';
import { BODY_LIMIT_BYTES } from './problem.ts';

let app: FastifyInstance | null = null;
afterEach(async () => {
  app?.server.closeAllConnections();
  await app?.close();
  app = null;
});

async function listen(limits: Partial<ConnectionLimits> = {}): Promise<number> {
  ({ app } = await fakeApp({ connectionLimits: { ...CONNECTION_LIMITS, ...limits } }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** Sends bytes as they are and reads until the server closes. */
async function exchange(port: number, bytes: string, rest?: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined);
  socket.write(bytes);
  rest?.(socket);
  await once(socket, 'close');
  return answer;
}

/** Status and problem of an answer, whose form is checked. */
function problemIn(answer: string): {
  readonly status: number;
  readonly problem: Problem;
  readonly head: string;
} {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const status = Number(head.split(' ')[1]);
  expect(head.toLowerCase()).toContain('content-type: application/problem+json');
  const problem = Problem.parse(JSON.parse(body));
  expect(problem.status).toBe(status);
  expect(problem.detail.length).toBeGreaterThan(15);
  return { status, problem, head };
}

const request = (line: string, headers: readonly string[] = [], body = '') =>
  `${[`${line} HTTP/1.1`, 'Host: server', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n${body}`;
const json = (body: string, length = Buffer.byteLength(body)) =>
  request('POST /v1/enrol', ['Content-Type: application/json', `Content-Length: ${length}`], body);

describe('every refusal is a problem that says why', () => {
  test.each([
    ['an address that is none', request('GET /nothing/here'), '404 not-found', 'nothing under this address'],
    [
      'an address that cannot be decoded',
      request('GET /v1/requests/%E0%A4%A'),
      '400 bad-input',
      'cannot be read',
    ],
    [
      'an id that is too long',
      request(`GET /v1/requests/${'x'.repeat(300)}`),
      '400 bad-input',
      'cannot be read',
    ],
    ['another method', request('DELETE /v1/time'), '405 bad-input', 'takes GET, HEAD, not DELETE'],
    ['a method that nobody knows here', request('PROPFIND /v1/time'), '405 bad-input', 'not PROPFIND'],
    ['a body that is no JSON', json('{"code":'), '400 bad-input', 'no JSON'],
    ['an empty body', json(''), '400 bad-input', 'empty'],
    [
      'a body of another kind',
      request('POST /v1/enrol', ['Content-Type: text/xml', 'Content-Length: 4'], '<a/>'),
      '415 bad-input',
      'must be JSON',
    ],
    [
      'a body without a kind',
      request('POST /v1/enrol', ['Content-Length: 2'], '{}'),
      '415 bad-input',
      'must be JSON',
    ],
    ['a key that would change every object', json('{"__proto__":{"a":1}}'), '400 bad-input', ''],
    ['JSON of another form', json('{"code":1}'), '400 bad-input', 'body code'],
    [
      'a body that is announced too large',
      json('', BODY_LIMIT_BYTES + 1),
      '413 bad-input',
      'larger than 1048576 bytes',
    ],
    ['no proof', request('GET /v1/account'), '401 not-signed-in', ''],
  ])('%s', async (_name, bytes, expected, words) => {
    const [status, code] = expected.split(' ');
    const { problem, head } = problemIn(await exchange(await listen(), bytes));
    expect(problem).toMatchObject({ status: Number(status), code, type: `urn:sallyport:problem:${code}` });
    expect(problem.detail).toContain(words);
    // to be found again in the log
    const [, trace] = /traceresponse: 00-([0-9a-f]{32})-/.exec(head) ?? [];
    expect(problem.instance).toBe(`urn:sallyport:trace:${trace}`);
  });

  test.each([
    ['no HTTP at all', 'hello server\r\n\r\n', 400],
    [
      'two lengths',
      'POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks, as request smuggling does',
      'POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header that is none', 'GET /v1/time HTTP/1.1\r\nHost: a\r\nno colon here\r\n\r\n', 400],
    ['a folded header', 'GET /v1/time HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\nBad\r\n\r\n', 400],
    ['no host', 'GET /v1/time HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ])('%s', async (_name, bytes, status) => {
    expect(problemIn(await exchange(await listen(), bytes))).toMatchObject({
      status,
      problem: { code: 'bad-input' },
    });
  });

  test('an address of another method names what it takes', async () => {
    const { head } = problemIn(await exchange(await listen(), request('PUT /v1/requests/some-id')));
    expect(head).toContain('allow: GET, HEAD');
  });
});

describe('limits', () => {
  test('headers that are too large, and not those that are just within', async () => {
    const port = await listen();
    const filled = (bytes: number) => request('GET /healthz', [`X-Fill: ${'x'.repeat(bytes)}`]);
    expect(await exchange(port, filled(CONNECTION_LIMITS.headerBytes - 200))).toContain('HTTP/1.1 200');
    expect(problemIn(await exchange(port, filled(CONNECTION_LIMITS.headerBytes + 1)))).toMatchObject({
      status: 431,
    });
  });

  test('a body that turns out too large, though nobody said how long it is', async () => {
    const chunk = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`;
    const head = request('POST /v1/enrol', ['Content-Type: application/json', 'Transfer-Encoding: chunked']);
    const answer = await exchange(await listen(), head, socket => {
      for (let i = 0; i < 17; i++) socket.write(chunk);
      socket.write('0\r\n\r\n');
    });
    expect(problemIn(answer)).toMatchObject({ status: 413 });
  });

  test('headers that do not end in time', async () => {
    const port = await listen({ headersTimeoutMs: 100, requestTimeoutMs: 200, checkEveryMs: 20 });
    expect(problemIn(await exchange(port, 'GET /healthz HTTP/1.1\r\nHost: a\r\n'))).toMatchObject({
      status: 408,
    });
  });

  test('a body that does not end in time', async () => {
    const port = await listen({ headersTimeoutMs: 100, requestTimeoutMs: 200, checkEveryMs: 20 });
    expect(problemIn(await exchange(port, json('{', 100)))).toMatchObject({ status: 408 });
  });

  test('a connection that stays silent is closed', async () => {
    const port = await listen({ idleTimeoutMs: 100 });
    expect(await exchange(port, '')).toBe('');
  });

  test('more connections than allowed are closed as they come; those that stand go on', async () => {
    const port = await listen({ connections: 1 });
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    // It is accepted for sure once it was answered.
    first.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(first, 'data');
    expect(await exchange(port, request('GET /healthz'))).toBe('');
    first.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(String((await once(first, 'data'))[0])).toContain('HTTP/1.1 200');
    first.destroy();
  });

  test('what needs no device is limited by address', async () => {
    const made = await fakeApp({
      limits: {
        perDevice: 9,
        perAccount: 9,
        perAddress: 3,
        enrolPerAddress: 2,
        wrongCodesPerAddress: 9,
        refusedPerAddress: 2,
      },
    });
    app = made.app;
    const ask = async (url: string, remoteAddress: string) => {
      const answer = await made.app.inject({ url, remoteAddress });
      return { status: answer.statusCode, headers: answer.headers, body: answer.json<unknown>() };
    };
    for (let i = 0; i < 3; i++) expect(await ask('/healthz', '10.0.0.1')).toMatchObject({ status: 200 });
    const refused = await ask('/healthz', '10.0.0.1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited', status: 429 } });
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await ask('/healthz', '10.0.0.2')).toMatchObject({ status: 200 });
    // Proofs that are refused are counted, too, wherever they were tried.
    for (let i = 0; i < 2; i++) expect(await ask('/v1/account', '10.0.0.1')).toMatchObject({ status: 401 });
    expect(await ask('/v1/audit', '10.0.0.1')).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect(await ask('/v1/audit', '10.0.0.2')).toMatchObject({ status: 401 });
  });
});

describe('traces', () => {
  test('a trace that a caller began goes on in the answer', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = [`traceparent: 00-${traceId}-00f067aa0ba902b7-01`];
    const answer = await exchange(await listen(), request('GET /healthz', headers));
    expect(answer).toMatch(new RegExp(`traceresponse: 00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01`));
  });

  test('a request without one gets one', async () => {
    const answer = await exchange(await listen(), request('GET /healthz'));
    expect(answer).toMatch(/traceresponse: 00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-00/);
  });
});
