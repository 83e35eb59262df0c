import { mkdirSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SallyportError } from '../../contract/errors.ts';
import { encodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import type { App } from '../../main/app/app.ts';
import type { TerminalPort } from '../../main/sessions/terminal-relay.ts';
import { createTerminalRelay } from '../../main/sessions/terminal-relay.ts';
import { systemTimers } from '../../main/timers.ts';
import { TOKEN_LIFETIME_MS } from '../../main/web/one-time-token.ts';
import type { WebShell } from '../../main/web/web-shell.ts';
import { startWebShell } from '../../main/web/web-shell.ts';
import { testFolder } from '../support/test-folder.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let shell: WebShell;
let skippedMs = 0;
let toHost: Uint8Array[] = [];
let broadcast: (name: string, payload: unknown) => void = () => undefined;

/** Stands for the client: echoes requests; has one session, "mine". */
function echoingApp(): App {
  let windows = 0;
  const relay = createTerminalRelay({ toHost: frame => toHost.push(frame), mayInput: () => true });
  relay.setCovered(false);
  relay.takeHostFrame(
    encodeHostMessage({ kind: 'output', seq: 1, bytes: new TextEncoder().encode('prompt') }),
  );
  const app = {
    connect(onEvent: (name: string, payload: unknown) => void) {
      broadcast = onEvent;
      windows += 1;
      return {
        id: `window-${windows}`,
        request: (name: unknown, input: unknown) => Promise.resolve({ ok: true, value: { name, input } }),
        attach(sessionId: string, port: TerminalPort) {
          if (sessionId !== 'mine') throw new SallyportError('not-found', 'This session does not run here.');
          return relay.attach(port);
        },
        dispose: () => undefined,
      };
    },
  };
  return app as unknown as App;
}

beforeEach(async () => {
  const folder = testFolder('web');
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(rendererFolder);
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>Sallyport</title>');
  writeFileSync(join(rendererFolder, 'app.js'), 'void 0;');
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  skippedMs = 0;
  toHost = [];
  shell = await startWebShell({
    app: echoingApp(),
    rendererFolder,
    port: 0,
    timers: { ...systemTimers, nowMs: () => systemTimers.nowMs() + skippedMs },
  });
});
afterEach(() => shell.close());

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: shell.port, path, method, headers }, response => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

const pathOf = (address: string): string => new URL(address).pathname + new URL(address).search;

async function signIn(): Promise<string> {
  const { headers } = await ask(pathOf(shell.issueAddress()));
  return String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

interface Socket {
  readonly socket: WebSocket;
  next(): Promise<string>;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Rejects with the status where the upgrade is refused. */
function open(path: string, headers: Record<string, string>): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, { headers });
    const messages: string[] = [];
    const readers: ((message: string) => void)[] = [];
    socket.on('message', (data: Buffer) => {
      const text = data.toString('latin1');
      const reader = readers.shift();
      if (reader === undefined) messages.push(text);
      else reader(text);
    });
    const closed = new Promise<{ code: number; reason: string }>(done => {
      socket.on('close', (code, reason) => done({ code, reason: String(reason) }));
    });
    const next = () => {
      const message = messages.shift();
      return message === undefined
        ? new Promise<string>(read => readers.push(read))
        : Promise.resolve(message);
    };
    socket.on('open', () => resolve({ socket, next, closed }));
    socket.on('unexpected-response', (_request, response) =>
      reject(new Error(`status ${response.statusCode}`)),
    );
    socket.on('error', reject);
  });
}

const ours = () => `http://127.0.0.1:${shell.port}`;
async function openWindow(): Promise<Socket & { readonly cookie: string; readonly window: string }> {
  const cookie = await signIn();
  const opened = await open('/ipc', { cookie, origin: ours() });
  const { window } = JSON.parse(await opened.next()) as { window: string };
  return { ...opened, cookie, window };
}

describe('the one-time address', () => {
  test('gives a cookie that scripts and other sites cannot use, leads to the page, and works once', async () => {
    const path = pathOf(shell.issueAddress());
    const first = await ask(path);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(String(first.headers['set-cookie'])).toMatch(
      /^sallyport-[0-9a-f]+=.+; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await ask(path)).status).toBe(403);
  });

  test.each([
    ['no token', '/?token='],
    ['a wrong one', `/?token=${'A'.repeat(43)}`],
    ['a token elsewhere', '/app.js?token=x'],
    ['two of them', '/?token=a&token=b'],
  ])('%s opens nothing', async (_what, path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('is worthless after its time', async () => {
    const late = pathOf(shell.issueAddress());
    skippedMs = TOKEN_LIFETIME_MS;
    expect((await ask(late)).status).toBe(403);
    const inTime = pathOf(shell.issueAddress());
    skippedMs += TOKEN_LIFETIME_MS - 1000;
    expect((await ask(inTime)).status).toBe(303);
  });
});

describe('the page', () => {
  test('is served to who has the cookie, with the policy of both shells and no caching', async () => {
    const cookie = await signIn();
    const page = await ask('/', { cookie });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Sallyport');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers['content-security-policy']).toContain(`ws://127.0.0.1:${shell.port}`);
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect((await ask('/app.js', { cookie })).status).toBe(200);
  });

  test.each([['/'], ['/app.js'], ['/no-such-file'], ['/ipc']])(
    '%s is closed without the cookie',
    async path => {
      expect((await ask(path)).status).toBe(403);
      expect((await ask(path, { cookie: 'sallyport=x' })).status).toBe(403);
    },
  );

  test.each([['/../secret.txt'], ['/%2e%2e/secret.txt'], ['/..%2fsecret.txt'], ['//secret.txt']])(
    'no file outside its folder is served for %s',
    async path => {
      const answer = await ask(path, { cookie: await signIn() });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('outside');
    },
  );

  test.each([
    ['evil.example', 403],
    ['evil.example:PORT', 403],
    ['127.0.0.1', 403],
    ['127.0.0.1:1', 403],
    ['[::1]:PORT', 403],
    ['127.0.0.1:PORT', 200],
    ['localhost:PORT', 200],
  ])('for the host "%s" the answer is %d, cookie or not', async (host, status) => {
    const cookie = await signIn();
    expect((await ask('/', { cookie, host: host.replace('PORT', String(shell.port)) })).status).toBe(status);
  });

  test('another origin is refused on any method, a missing one on every method but GET and HEAD', async () => {
    const cookie = await signIn();
    expect((await ask('/', { cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('/', { cookie }, 'POST')).status).toBe(403);
    expect((await ask('/', { cookie, origin: 'null' }, 'POST')).status).toBe(403);
    expect((await ask('/', { cookie, origin: ours() }, 'POST')).status).toBe(404);
  });

  test('nobody but this machine is listened to', async () => {
    const reached = await new Promise<boolean>(resolve => {
      const socket = connect({ host: '::1', port: shell.port });
      socket.once('connect', () => (socket.destroy(), resolve(true)));
      socket.once('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe('the control plane', () => {
  test('names the window, answers by number, and carries events', async () => {
    const { socket, next, window } = await openWindow();
    expect(window).toBe('window-1');
    socket.send(JSON.stringify({ id: 7, name: 'app.state', input: {} }));
    expect(JSON.parse(await next())).toEqual({
      id: 7,
      outcome: { ok: true, value: { name: 'app.state', input: {} } },
    });
    broadcast('notice', { level: 'info', message: 'hello' });
    expect(JSON.parse(await next())).toMatchObject({ event: 'notice' });
    socket.close();
  });

  test.each<[string, Record<string, string>]>([
    ['no cookie', { origin: 'OURS' }],
    ['a wrong cookie', { origin: 'OURS', cookie: 'sallyport-000000000000=x' }],
    ['no origin', { cookie: 'OURS' }],
    ['another origin', { cookie: 'OURS', origin: 'https://evil.example' }],
    ['another port', { cookie: 'OURS', origin: 'http://127.0.0.1:1' }],
    ['another host', { cookie: 'OURS', origin: 'OURS', host: 'evil.example' }],
  ])('%s: the upgrade is refused', async (_what, given) => {
    const cookie = await signIn();
    const headers = { ...given };
    if (given.cookie === 'OURS') headers.cookie = cookie;
    if (given.origin === 'OURS') headers.origin = ours();
    await expect(open('/ipc', headers)).rejects.toThrow('status 403');
    await expect(open('/data/mine?window=window-1', headers)).rejects.toThrow('status 403');
  });

  test.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['no number', '{"id":"x","name":"app.state","input":{}}'],
    ['more than is allowed', '{"id":1,"name":"app.state","input":{},"extra":1}'],
    ['binary', Buffer.from('{}')],
  ])('a message that is %s closes its own connection only', async (_what, message) => {
    const good = await openWindow();
    const bad = await openWindow();
    bad.socket.send(message);
    expect(await bad.closed).toMatchObject({
      code: 1008,
      reason: expect.stringMatching(/request/) as unknown,
    });
    good.socket.send(JSON.stringify({ id: 1, name: 'app.state', input: {} }));
    expect(JSON.parse(await good.next())).toMatchObject({ id: 1 });
    good.socket.close();
  });

  test('a message that is too large, and a flood of them, close the connection', async () => {
    const large = await openWindow();
    large.socket.send('x'.repeat(256 * 1024 + 1));
    expect((await large.closed).code).toBe(1009);
    const flood = await openWindow();
    for (let id = 0; id < 400; id += 1)
      flood.socket.send(JSON.stringify({ id, name: 'app.state', input: {} }));
    expect(await flood.closed).toEqual({ code: 1008, reason: 'too many requests' });
  });
});

describe('the data plane', () => {
  const input = encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode('ls\r') });

  test('shows a late terminal the kept screen and carries its input; another one takes over', async () => {
    const { cookie, window } = await openWindow();
    const headers = { cookie, origin: ours() };
    const first = await open(`/data/mine?window=${window}`, headers);
    expect(await first.next()).toMatch(/\x1bcprompt$/);
    first.socket.send(input);
    await expect.poll(() => toHost.at(-1)).toEqual(Buffer.from(input));
    const second = await open(`/data/mine?window=${window}`, headers);
    expect(await first.closed).toMatchObject({ code: 4000 });
    expect(await second.next()).toMatch(/prompt$/);
    second.socket.close();
  });

  test.each([
    ['a session of somebody else', '/data/theirs?window=WINDOW'],
    ['a window that is not there', '/data/mine?window=window-99'],
    ['no window', '/data/mine'],
  ])('%s is refused with a reason', async (_what, path) => {
    const { cookie, window } = await openWindow();
    const { closed } = await open(path.replace('WINDOW', window), { cookie, origin: ours() });
    expect(await closed).toMatchObject({ code: 1008, reason: expect.stringMatching(/.+/) as unknown });
  });

  test.each([
    ['text', 'hello'],
    ['an unknown kind', Uint8Array.of(99, 1)],
    ['a frame of the host', encodeHostMessage({ kind: 'ended' })],
    ['a size out of range', Uint8Array.of(6, 0, 0, 0, 0)],
    ['too much input', new Uint8Array(16 * 1024 + 2).fill(5)],
    ['nothing', new Uint8Array(0)],
  ])('%s closes the connection and reaches no session', async (_what, frame) => {
    const { cookie, window } = await openWindow();
    const { socket, closed } = await open(`/data/mine?window=${window}`, { cookie, origin: ours() });
    const before = toHost.length;
    socket.send(frame);
    expect(await closed).toEqual({ code: 1008, reason: 'not a frame' });
    expect(toHost.slice(before).filter(sent => sent[0] === 5)).toEqual([]);
  });
});

describe('what is not there', () => {
  test.each(['/nothing', '/sessions/1', '/index.htm', '/data.html'])(
    'is answered with a page that leads back, under the same policy and without a script: %s',
    async path => {
      const cookie = await signIn();
      const { headers: own } = await ask('/', { cookie });
      const { status, headers, body } = await ask(path, { cookie });
      expect(status).toBe(404);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['content-security-policy']).toBe(own['content-security-policy']);
      expect(body).toContain('<a href="/">');
      expect(body).not.toMatch(/<script|on\w+=/i);
      expect(body).not.toContain('Route GET');
    },
  );

  test('does not repeat what was asked for', async () => {
    const { body } = await ask('/%3Cscript%3Ealert(1)%3C/script%3E', { cookie: await signIn() });
    expect(body).not.toContain('alert');
  });

  test.each(['/data', '/data/x/y', '/ipc/x'])('is a problem in JSON where programs ask: %s', async path => {
    const { status, headers, body } = await ask(path, { cookie: await signIn() });
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json\b/);
    expect(JSON.parse(body)).toMatchObject({ status: 404 });
  });

  test('is told to nobody without the cookie', async () => {
    expect((await ask('/nothing')).status).toBe(403);
  });

  test('is not even looked for where the address cannot be read', async () => {
    const { status, body } = await ask('/%zz', { cookie: await signIn() });
    expect(status).toBe(400);
    expect(body).not.toContain('FST_ERR');
  });
});
