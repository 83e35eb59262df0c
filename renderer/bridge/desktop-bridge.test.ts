import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { HostMessage } from '../../contract/data-plane.ts';
import type { PreloadApi } from '../../contract/preload-api.ts';
import { DATA_PORT_KIND } from '../../contract/preload-api.ts';
import { decodeTerminalMessage, encodeHostMessage } from '../../core/data-plane/frame.ts';
import type { PortReceiver } from './desktop-bridge.ts';
import { createDesktopBridge } from './desktop-bridge.ts';

/** The preload's side: answers as told, and hands ports over as window messages. */
function fakeShell(answer: unknown = { ok: true, value: {} }) {
  const listeners = new Map<string, (payload: unknown) => void>();
  const page = new EventTarget();
  const preload: PreloadApi = {
    // a shell that answers anything at all: that is what the bridge has to bear
    request: async () => answer as never,
    on(name, listener) {
      listeners.set(name, listener);
      return () => listeners.delete(name);
    },
    openDataPort: async () => undefined,
  };
  const handOver = (port: unknown, sessionId: string, source: unknown = page) => {
    const event = new Event('message');
    page.dispatchEvent(
      Object.assign(event, { data: { kind: DATA_PORT_KIND, sessionId }, ports: [port], source }),
    );
  };
  // safe: the bridge uses nothing of a window but its message events
  const bridge = createDesktopBridge(preload, page as unknown as PortReceiver);
  return {
    bridge,
    preload,
    handOver,
    emit: (name: string, payload: unknown) => listeners.get(name)?.(payload),
  };
}

test('an answer that does not fit its schema becomes a failure, not a value', async () => {
  const { bridge } = fakeShell({ ok: true, value: { isUnlocked: 'yes' } });
  const outcome = await bridge.request('identity.unlock', { passphrase: 'x' });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'internal' } });
});

test('a failure of main arrives with its code and words', async () => {
  const { bridge } = fakeShell({ ok: false, error: { code: 'passphrase-wrong', message: 'No.' } });
  expect(await bridge.request('identity.unlock', { passphrase: 'x' })).toEqual({
    ok: false,
    error: { code: 'passphrase-wrong', message: 'No.' },
  });
});

test('a preload that throws becomes a failure', async () => {
  const { bridge, preload } = fakeShell();
  preload.request = () => Promise.reject(new Error('the channel is closed'));
  expect(await bridge.request('app.state', {})).toMatchObject({ ok: false, error: { code: 'internal' } });
});

test('an event that does not fit its schema is dropped', () => {
  const { bridge, emit } = fakeShell();
  const heard: unknown[] = [];
  bridge.on('notice', notice => heard.push(notice));
  emit('notice', { level: 'loud', message: 'x' });
  emit('notice', { level: 'info', message: 'x' });
  expect(heard).toEqual([{ level: 'info', message: 'x' }]);
});

test('what is sent before the port is there arrives in order, and output comes back', async () => {
  const { bridge, handOver } = fakeShell();
  const { port1, port2 } = new MessageChannel();
  const port = bridge.openDataPort('s1');
  port.send({ kind: 'resize', cols: 90, rows: 30 });
  const received = once(port2, 'message');
  handOver(port1, 's1');
  const [frame] = await received;
  expect(decodeTerminalMessage(new Uint8Array(frame))).toEqual({ kind: 'resize', cols: 90, rows: 30 });

  const output = new Promise<HostMessage>(resolve => (port.onMessage = resolve));
  port2.postMessage(encodeHostMessage({ kind: 'output', seq: 7, bytes: Uint8Array.of(65) }).buffer);
  expect(await output).toEqual({ kind: 'output', seq: 7, bytes: Uint8Array.of(65) });
  const ended = new Promise<HostMessage>(resolve => (port.onMessage = resolve));
  port2.postMessage(encodeHostMessage({ kind: 'ended' }));
  expect(await ended).toEqual({ kind: 'ended' });
  port.close();
  port2.close();
});

test('a port of another session, or from another window, is not taken', async () => {
  const { bridge, handOver } = fakeShell();
  const strange = new MessageChannel();
  const right = new MessageChannel();
  const port = bridge.openDataPort('s1');
  handOver(strange.port1, 's2');
  handOver(strange.port1, 's1', { another: 'window' });
  const received = once(right.port2, 'message');
  handOver(right.port1, 's1');
  port.send({ kind: 'ack', seq: 3 });
  const [frame] = await received;
  expect(decodeTerminalMessage(new Uint8Array(frame))).toEqual({ kind: 'ack', seq: 3 });
  port.close();
  for (const end of [strange.port1, strange.port2, right.port2]) end.close();
});

test('a frame that is none closes the port', async () => {
  const { bridge, handOver } = fakeShell();
  const { port1, port2 } = new MessageChannel();
  const port = bridge.openDataPort('s1');
  const closed = new Promise(resolve => (port.onClosed = resolve));
  handOver(port1, 's1');
  port2.postMessage(Uint8Array.of(99).buffer);
  expect(await closed).toBe('lost');
  port2.close();
});

test('a port that main refuses is closed', async () => {
  const { bridge, preload } = fakeShell();
  preload.openDataPort = () => Promise.reject(new Error('no such session'));
  const port = bridge.openDataPort('s1');
  expect(await new Promise(resolve => (port.onClosed = resolve))).toBe('lost');
});
