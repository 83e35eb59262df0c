import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { LEASE_MS } from '../../contract/access.ts';
import { SallyportError } from '../../contract/errors.ts';
import { LEASE_TYP } from '../../contract/server-api.ts';
import { EVENT_SEQUENCE_HEADER, EVENTS_PATH, EventsQuery } from '../../contract/server-routes.ts';
import type { Caller } from '../authorization.ts';
import type { Authenticate } from '../http/mount-route.ts';
import { formatTrace } from '../operations/trace.ts';
import { isSignInOver, readSignedIn, seenEveryMs } from '../identity/sign-in-terms.ts';
import type { ServerContext } from '../server-context.ts';
import type { NumberedEvent } from './numbered-event.ts';
import type { StoredEvent } from './stored-events.ts';
import { eventRange, readEvents } from './stored-events.ts';

const PAGE = 200;
/** A client that does not read gets its connection closed; it resumes by number. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** `GET /v1/events`: server-sent events (WHATWG HTML, section 9.2) with leases in between. */
export function mountEventStream(
  app: FastifyInstance,
  options: {
    readonly context: ServerContext;
    readonly authenticate: Authenticate;
    readonly leaseRenewalMs: number;
    readonly rateLimit: object;
    readonly isDraining: () => boolean;
  },
): void {
  const { context, authenticate, leaseRenewalMs, rateLimit, isDraining } = options;
  app.get(EVENTS_PATH, {
    exposeHeadRoute: false,
    config: { rateLimit },
    schema: { querystring: EventsQuery },
    preParsing: async (request, reply) => {
      await authenticate(request, reply);
    },
    handler: async (request, reply) => {
      const { caller } = request;
      if (caller === null)
        throw new SallyportError('not-signed-in', 'The event stream needs a device proof.');
      // Parsed by the schema of this route.
      const { after } = request.query as { after?: number };
      const { newest, resumableAfter } = await eventRange(context.db, caller.account.id);
      if (after !== undefined && (after > newest || after < resumableAfter)) {
        throw new SallyportError(
          'conflict',
          `The events after number ${after} cannot be had any more (there are ${resumableAfter + 1} to ${newest}). Fetch the state anew.`,
        );
      }
      const start = after ?? newest;
      if (isDraining()) throw new SallyportError('server-failed', 'The server is ending. Connect again.');
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-accel-buffering': 'no',
        [EVENT_SEQUENCE_HEADER]: String(start),
        traceresponse: formatTrace(request.trace),
      });
      runStream({ context, caller, response: reply.raw, start, leaseRenewalMs });
    },
  });
}

interface StreamOptions {
  readonly context: ServerContext;
  readonly caller: Caller;
  readonly response: ServerResponse;
  /** the number after which it begins */
  readonly start: number;
  readonly leaseRenewalMs: number;
}

/** Sends until the client goes, the device is revoked or its sign-in runs out, or the server ends. */
function runStream({ context, caller, response, start, leaseRenewalMs }: StreamOptions): void {
  const { account, deviceId, signedInUntilMs = null } = caller;
  let sent = start;
  let isReading = false;
  let isStale = false;
  let isEnded = false;
  let lookAtMs = context.nowMs();

  function end(): void {
    if (isEnded) return;
    isEnded = true;
    clearInterval(leaseTimer);
    remove();
    response.end();
  }

  function write(text: string): void {
    if (isEnded) return;
    response.write(text);
    if (response.writableLength > MAX_UNREAD_BYTES) {
      response.destroy();
      end();
    }
  }

  function send(stored: StoredEvent): void {
    sent = stored.sequence;
    const data = JSON.stringify(forDevice(stored, deviceId));
    write(`id: ${stored.sequence}\nevent: ${stored.event.kind}\ndata: ${data}\n\n`);
  }

  /** Straight from the change that made them where they follow what was sent; else from the database, in order. */
  function wake(events: readonly StoredEvent[]): void {
    if (isEnded) return;
    if (!isReading && events[0]?.sequence === sent + 1) {
      for (const event of events) send(event);
      return;
    }
    if (events.length > 0 && (events.at(-1)?.sequence ?? 0) <= sent) return;
    isStale = true;
    if (!isReading) void readOn();
  }

  async function readOn(): Promise<void> {
    isReading = true;
    try {
      while (isStale && !isEnded) {
        isStale = false;
        const events = await readEvents(context.db, account.id, { after: sent, limit: PAGE });
        for (const event of events) send(event);
        if (events.length === PAGE) isStale = true;
      }
    } catch (error) {
      context.log.warn({ err: error }, 'an event stream ended: its events could not be read');
      end();
    } finally {
      isReading = false;
    }
  }

  async function lease(): Promise<void> {
    const now = context.nowMs();
    const claims = { sub: deviceId, now, until: now + LEASE_MS };
    const signed = await context.keys.signing.sign(LEASE_TYP, claims);
    write(`event: lease\ndata: ${JSON.stringify({ kind: 'lease', lease: signed })}\n\n`);
  }

  /** Looks now and then whether the device has made other requests. */
  async function endIfIdle(): Promise<void> {
    const { idleMs } = context.signInTerms;
    if (idleMs === null || lookAtMs > context.nowMs()) return;
    lookAtMs = context.nowMs() + seenEveryMs(idleMs);
    try {
      const device = await readSignedIn(context.db, deviceId);
      if (isSignInOver(device, context.signInTerms, context.nowMs())) end();
    } catch (error) {
      context.log.warn({ err: error }, 'an event stream ended: whether its device is idle could not be read');
      end();
    }
  }

  function renewLease(): void {
    // Without a stream there is no lease, and without a lease no open session: until the person signs in again.
    if (signedInUntilMs !== null && signedInUntilMs <= context.nowMs()) {
      end();
      return;
    }
    void endIfIdle();
    lease().catch((error: unknown) => {
      context.log.error({ err: error }, 'an event stream ended: its lease could not be signed');
      end();
    });
  }

  const remove = context.hub.add({ accountId: account.id, deviceId, wake, end });
  const leaseTimer = setInterval(renewLease, leaseRenewalMs);
  response.on('close', end);
  response.on('error', end);
  renewLease();
  // What was stored between the look at the range and the subscription is read now.
  wake([]);
}

/** A grant's JWS is for the device that it was issued to. */
function forDevice(stored: StoredEvent, deviceId: string): NumberedEvent {
  const { event } = stored;
  if (event.kind !== 'grant-issued' || stored.deviceId === deviceId) return event;
  return { ...event, grant: { ...event.grant, jws: null } };
}
