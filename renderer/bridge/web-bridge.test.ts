import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { WebSocket as ServerSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { decodeTerminalMessage, encodeHostMessage } from '../../core/data-plane/frame.ts';
import type { PortCloseReason } from './bridge.ts';
import { createWebBridge } from './web-bridge.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** A real WebSocket server that speaks the web shell's protocol as the test tells it. */
async function startShell(answer: (asked: Asked, socket: ServerSocket) => void) {
  const http = createServer();
  const server = new WebSocketServer({ server: http });
  const dataPaths: string[] = [];
  const data: ServerSocket[] = [];
  let windows = 0;
  let onData: (socket: ServerSocket) => void = () => undefined;
  server.on('connection', (socket, request) => {
    if (request.url !== '/ipc') {
      dataPaths.push(request.url ?? '');
      data.push(socket);
      onData(socket);
      return;
    }
    windows += 1;
    socket.send(JSON.stringify({ window: `w${windows}` }));
    socket.on('message', text => answer(JSON.parse(String(text)) as Asked, socket));
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo;
  const bridge = createWebBridge(`http://127.0.0.1:${port}/`);
  cleanups.push(() => {
    for (const client of server.clients) client.terminate();
    http.close();
  });
  return {
    bridge,
    dataPaths,
    clients: server.clients,
    nextData: () => new Promise<ServerSocket>(resolve => (onData = resolve)),
  };
}

const reply = (socket: ServerSocket, id: number, outcome: unknown) =>
  socket.send(JSON.stringify({ id, outcome }));

test('answers find their requests, also in another order', async () => {
  const held: Asked[] = [];
  const { bridge } = await startShell((asked, socket) => {
    held.push(asked);
    if (held.length < 2) return;
    for (const { id, name } of held.reverse())
      reply(socket, id, { ok: true, value: name === 'targets.list' ? [] : { isUnlocked: true } });
  });
  const [targets, unlocked] = await Promise.all([
    bridge.request('targets.list', {}),
    bridge.request('identity.unlock', { passphrase: 'x' }),
  ]);
  expect(targets).toEqual({ ok: true, value: [] });
  expect(unlocked).toEqual({ ok: true, value: { isUnlocked: true } });
});

test('a request that was under way when the connection broke fails with words; the next one after the reconnection is answered', async () => {
  let isBreaking = true;
  const { bridge } = await startShell((asked, socket) => {
    if (isBreaking) socket.terminate();
    else reply(socket, asked.id, { ok: true, value: [] });
    isBreaking = false;
  });
  const states: boolean[] = [];
  bridge.onConnection(isConnected => states.push(isConnected));
  const broken = await bridge.request('targets.list', {});
  expect(broken).toMatchObject({ ok: false, error: { code: 'server-unreachable' } });
  expect(await bridge.request('targets.list', {})).toEqual({ ok: true, value: [] });
  expect(states).toEqual([false, true, false, true]);
});

test('malformed messages are dropped and do no harm', async () => {
  const { bridge } = await startShell((asked, socket) => {
    socket.send('no json');
    socket.send('{"something":"else"}');
    socket.send(JSON.stringify({ id: 9999, outcome: { ok: true, value: [] } }));
    socket.send(JSON.stringify({ event: 'constructor', payload: {} }));
    reply(socket, asked.id, { ok: true, value: [{ id: 'not a target' }] });
  });
  expect(await bridge.request('targets.list', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
});

test('the data plane waits for the name of the window, then carries frames both ways', async () => {
  const { bridge, dataPaths, nextData } = await startShell(() => undefined);
  const opening = nextData();
  const port = bridge.openDataPort('s 1');
  port.send({ kind: 'ack', seq: 5 });
  const socket = await opening;
  expect(dataPaths).toEqual(['/data/s%201?window=w1']);
  const [frame] = await once(socket, 'message');
  expect(decodeTerminalMessage(new Uint8Array(frame))).toEqual({ kind: 'ack', seq: 5 });
  const message = new Promise(resolve => (port.onMessage = resolve));
  socket.send(encodeHostMessage({ kind: 'resized', cols: 80, rows: 24 }));
  expect(await message).toEqual({ kind: 'resized', cols: 80, rows: 24 });
});

test.each<[number, PortCloseReason]>([
  [4000, 'taken-over'],
  [1000, 'ended'],
  [1008, 'lost'],
])('a data socket that is closed with %d is %s', async (code, why) => {
  const { bridge, nextData } = await startShell(() => undefined);
  const opening = nextData();
  const port = bridge.openDataPort('s1');
  const closed = new Promise(resolve => (port.onClosed = resolve));
  (await opening).close(code);
  expect(await closed).toBe(why);
});
