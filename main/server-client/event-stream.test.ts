import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServerEvent } from '../../contract/server-api.ts';
import type { Dispose } from '../timers.ts';
import { systemTimers } from '../timers.ts';
import { backoffMs, followEvents } from './event-stream.ts';
import type { StreamState } from './event-stream.ts';

const suspended = (isSuspended: boolean): ServerEvent => ({
  kind: 'session-suspended',
  sessionId: 'se_1' as never,
  isSuspended,
  by: 'Anna',
});
const numbered = (id: number, event: unknown) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;

let server: Server;
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[] = [];
let asked: string[] = [];
let stop: Dispose = () => undefined;
const told: {
  events: ServerEvent[];
  gaps: number;
  resumed: number;
  states: StreamState[];
  messages: string[];
} = {
  events: [],
  gaps: 0,
  resumed: 0,
  states: [],
  messages: [],
};

beforeEach(async () => {
  answers = [];
  asked = [];
  Object.assign(told, { events: [], gaps: 0, resumed: 0, states: [], messages: [] });
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers.shift();
    if (answer !== undefined) answer(request, response);
    // The last connection stays open and silent.
    else response.writeHead(200, { 'x-event-sequence': request.url?.split('=')[1] ?? '0' }).flushHeaders();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  stop();
  server.closeAllConnections();
  server.close();
});

function follow(silenceMs?: number): void {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const serverUrl = `http://127.0.0.1:${address.port}`;
  stop = followEvents({
    http: { serverUrl, fetch: (path, init) => fetch(`${serverUrl}${path}`, { ...(init as RequestInit) }) },
    // Waits between attempts are passed over.
    timers: {
      ...systemTimers,
      after: (ms, run) => systemTimers.after(ms > 6_000 ? (silenceMs ?? ms) : 0, run),
    },
    random: () => 0,
    onEvent: event => told.events.push(event),
    onGap: () => (told.gaps += 1),
    onResumed: () => (told.resumed += 1),
    onState(state, message) {
      told.states.push(state);
      if (message !== null) told.messages.push(message);
    },
  });
}

/** Answers with a stream that begins after `sequence`, and closes it. */
const stream = (sequence: number, text: string) => (_request: IncomingMessage, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-event-sequence': String(sequence) });
  response.end(text);
};

describe('event stream', () => {
  test('begins with a resynchronisation, delivers in order, and resumes by number without one', async () => {
    answers = [
      stream(4, numbered(5, suspended(true)) + numbered(6, suspended(false))),
      stream(6, numbered(7, suspended(true))),
    ];
    follow();
    await expect.poll(() => asked.length).toBe(3);
    expect(asked).toEqual(['/v1/events', '/v1/events?after=6', '/v1/events?after=7']);
    expect(told.events).toEqual([suspended(true), suspended(false), suspended(true)]);
    expect(told.states.slice(0, 3)).toEqual(['connecting', 'online', 'offline']);
    await expect.poll(() => told.resumed).toBe(2);
    expect(told.gaps).toBe(1);
  });

  test('tells a gap, and takes no event twice', async () => {
    answers = [
      stream(4, numbered(5, suspended(true)) + numbered(5, suspended(true)) + numbered(8, suspended(false))),
    ];
    follow();
    await expect.poll(() => asked.length).toBe(2);
    expect(told.events).toHaveLength(2);
    expect(told.gaps).toBe(2);
    expect(asked[1]).toBe('/v1/events?after=8');
  });

  test('an event that this version cannot read is a gap, not the end', async () => {
    answers = [stream(0, numbered(1, { kind: 'of-the-future' }) + numbered(2, suspended(true)))];
    follow();
    await expect.poll(() => told.events.length).toBe(1);
    expect(told.gaps).toBe(2);
  });

  test('a number that the server does not know any more starts anew, with a resynchronisation', async () => {
    const conflict = (_request: IncomingMessage, response: ServerResponse) =>
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end('{}');
    answers = [stream(9, numbered(10, suspended(true))), conflict, stream(2, '')];
    follow();
    await expect.poll(() => asked.length).toBeGreaterThanOrEqual(4);
    expect(asked.slice(0, 4)).toEqual([
      '/v1/events',
      '/v1/events?after=10',
      '/v1/events',
      '/v1/events?after=2',
    ]);
    expect(told.gaps).toBeGreaterThanOrEqual(2);
  });

  test('a server that is down is tried again until it answers', async () => {
    const broken = (request: IncomingMessage) => request.socket.destroy();
    answers = [broken, broken, stream(0, numbered(1, suspended(true)))];
    follow();
    await expect.poll(() => told.events.length).toBe(1);
    expect(told.states.filter(state => state === 'offline').length).toBeGreaterThanOrEqual(2);
  });

  test('a server that stands still is given up, and the person told in words', async () => {
    follow(20);
    await expect.poll(() => told.messages.length).toBeGreaterThan(0);
    expect(told.messages[0]).toMatch(/^The server at http.* does not answer \(it took too long\)\. Check/);
  });

  test('no attempt is made after it was disposed of', async () => {
    follow();
    await expect.poll(() => asked.length).toBe(1);
    stop();
    server.closeAllConnections();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(asked).toHaveLength(1);
  });

  test('attempts come ever more seldom, within bounds, spread by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (n, x) => {
          const delayMs = backoffMs(n, x);
          expect(delayMs).toBeGreaterThanOrEqual(100);
          expect(delayMs).toBeLessThanOrEqual(5_000);
          expect(backoffMs(n + 1, 0)).toBeGreaterThanOrEqual(backoffMs(n, 0));
        },
      ),
    );
  });
});
