import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { App, AppConnection } from '../app/app.ts';
import type { Timers } from '../timers.ts';
import { createRateLimit } from './rate-limit.ts';

/** RFC 6455, 7.4.1: the other side breaks the rules. */
export const POLICY_VIOLATION = 1008;
/** A window does not ask this often; a program gone wild does. */
const REQUESTS_PER_SECOND = 100;
const REQUEST_BURST = 300;
const MAX_RUNNING_REQUESTS = 64;
/** Events that a window does not read pile up only this far. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;

const Request = z.strictObject({ id: z.int().nonnegative(), name: z.string().max(100), input: z.unknown() });

/** One window's control plane: `{id, name, input}` → `{id, outcome}`, and `{event, payload}`. Returns its connection to the app. */
export function serveIpcSocket(socket: WebSocket, app: App, timers: Timers): AppConnection {
  const limit = createRateLimit({
    perSecond: REQUESTS_PER_SECOND,
    burst: REQUEST_BURST,
    nowMs: () => timers.nowMs(),
  });
  let running = 0;

  const send = (message: unknown): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) return socket.terminate();
    socket.send(JSON.stringify(message));
  };
  const refuse = (reason: string): void => socket.close(POLICY_VIOLATION, reason);
  const connection = app.connect((event, payload) => send({ event, payload }));

  socket.on('message', (data, isBinary) => {
    if (isBinary) return refuse('requests are text');
    const parsed = Request.safeParse(parseJson(String(data)));
    if (!parsed.success) return refuse('not a request');
    if (!limit.take() || running >= MAX_RUNNING_REQUESTS) return refuse('too many requests');
    const { id, name, input } = parsed.data;
    running += 1;
    void connection.request(name, input).then(outcome => {
      running -= 1;
      send({ id, outcome });
    });
    return undefined;
  });
  socket.on('close', () => connection.dispose());
  send({ window: connection.id });
  return connection;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
