import { z } from 'zod';
import type { Outcome } from '../../contract/errors.ts';
import type { RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import { failure, parseOutcome } from './answer.ts';
import type { Bridge } from './bridge.ts';
import { createEventListeners } from './listeners.ts';
import { createWebDataPort } from './web-data-port.ts';
import { t } from '../texts/t.ts';

/** Messages of `/ipc`: the first names this window; then answers by number, and events. */
const FromMain = z.union([
  z.object({ window: z.string() }),
  z.object({ id: z.number(), outcome: z.unknown() }),
  z.object({ event: z.string(), payload: z.unknown() }),
]);

const FIRST_RETRY_MS = 400;
const LONGEST_RETRY_MS = 5_000;
/** The slowest honest answer is the check of a long recording; after this main is not going to answer. */
const REQUEST_LIMIT_MS = 120_000;
/** A request made while the connection is down waits this long for it to come back. */
const CONNECT_LIMIT_MS = 10_000;

interface Waiting {
  readonly message: string;
  readonly resolve: (payload: unknown) => void;
  isSent: boolean;
}

/** The bridge of the web shell: JSON over a WebSocket that reconnects by itself, one more WebSocket per terminal. */
export function createWebBridge(pageUrl: string): Bridge {
  const events = createEventListeners();
  const connectionListeners = new Set<(isConnected: boolean) => void>();
  const waiting = new Map<number, Waiting>();
  const windowWaiters = new Set<(windowId: string) => void>();
  let socket: WebSocket | null = null;
  let windowId: string | null = null;
  let lastId = 0;
  let retryMs = FIRST_RETRY_MS;

  const setWindow = (id: string | null) => {
    windowId = id;
    for (const listener of connectionListeners) listener(id !== null);
    if (id === null) return;
    for (const waiter of windowWaiters) waiter(id);
    windowWaiters.clear();
  };

  const sendWaiting = () => {
    for (const request of waiting.values()) {
      if (request.isSent || windowId === null) continue;
      request.isSent = true;
      socket?.send(request.message);
    }
  };

  const receive = (text: string) => {
    const parsed = FromMain.safeParse(parseJson(text));
    if (!parsed.success) return;
    const message = parsed.data;
    if ('window' in message) {
      retryMs = FIRST_RETRY_MS;
      setWindow(message.window);
      sendWaiting();
    } else if ('id' in message) {
      waiting.get(message.id)?.resolve(message.outcome);
    } else {
      events.deliver(message.event, message.payload);
    }
  };

  const connect = () => {
    socket = new WebSocket(socketUrl(pageUrl, '/ipc'));
    socket.addEventListener('message', event => {
      if (typeof event.data === 'string') receive(event.data);
    });
    socket.addEventListener('close', () => {
      setWindow(null);
      for (const request of waiting.values())
        if (request.isSent) request.resolve(failure('server-unreachable', t.bridge.lost));
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    });
  };
  connect();

  return {
    request<N extends RequestName>(name: N, input: unknown): Promise<Outcome<RequestOutputOf<N>>> {
      lastId += 1;
      const id = lastId;
      return new Promise(resolve => {
        const finish = (payload: unknown) => {
          clearTimeout(connectTimer);
          clearTimeout(answerTimer);
          waiting.delete(id);
          resolve(parseOutcome(name, payload));
        };
        const request: Waiting = {
          message: JSON.stringify({ id, name, input }),
          resolve: finish,
          isSent: false,
        };
        const connectTimer = setTimeout(() => {
          if (!request.isSent) finish(failure('server-unreachable', t.bridge.lost));
        }, CONNECT_LIMIT_MS);
        const answerTimer = setTimeout(
          () => finish(failure('internal', t.bridge.noAnswer(name))),
          REQUEST_LIMIT_MS,
        );
        waiting.set(id, request);
        sendWaiting();
      });
    },
    on: events.add,
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(windowId !== null);
      return () => connectionListeners.delete(listener);
    },
    openDataPort(sessionId) {
      return createWebDataPort(socketFor => {
        const open = (id: string) => {
          const query = new URLSearchParams({ window: id });
          socketFor(
            new WebSocket(`${socketUrl(pageUrl, `/data/${encodeURIComponent(sessionId)}`)}?${query}`),
          );
        };
        if (windowId === null) windowWaiters.add(open);
        else open(windowId);
        return () => windowWaiters.delete(open);
      });
    },
  };
}

function socketUrl(pageUrl: string, path: string): string {
  const url = new URL(path, pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
