import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database } from '../database/schema.ts';
import type { EventHub } from './event-hub.ts';
import type { StoredEvent } from './stored-events.ts';

/** How instances of the server on one database tell each other that there are events to read. */
export interface FanOut {
  /** In the transaction that stores the events: sent by PostgreSQL when it commits. */
  announce(trx: Transaction<Database>, events: readonly StoredEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** For a database of its own: there is nobody else to tell. */
export const NO_FAN_OUT: FanOut = {
  announce: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

const CHANNEL = 'sallyport_events';
/** PostgreSQL takes up to 8000 bytes; beyond, everybody is woken. */
const MAX_PAYLOAD_BYTES = 7_900;
const RECONNECT_MS = 1_000;

const Announcement = z.object({ from: z.string(), accounts: z.array(z.string()).nullable() });

/** By LISTEN and NOTIFY. A connection that breaks is made again, and everybody is woken for what was missed. */
export async function startFanOut(options: {
  readonly connectionString: string;
  readonly hub: EventHub;
  readonly log: Logger;
}): Promise<FanOut> {
  const { connectionString, hub, log } = options;
  const self = randomUUID();
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function listen(): Promise<void> {
    const next = new Client({ connectionString, keepAlive: true });
    next.on('error', () => undefined);
    next.on('end', () => {
      if (isClosed || client !== next) return;
      log.warn('the connection that hears of events of other instances broke; it is made again');
      retry();
    });
    next.on('notification', ({ payload }) => {
      const heard = parse(payload);
      if (heard !== null && heard.from !== self) hub.wake(heard.accounts);
    });
    await next.connect();
    await next.query(`LISTEN ${CHANNEL}`);
    client = next;
    hub.wake(null);
  }

  function retry(): void {
    client = null;
    timer = setTimeout(() => {
      listen().catch(() => {
        if (!isClosed) retry();
      });
    }, RECONNECT_MS);
  }

  await listen();
  return {
    async announce(trx, events) {
      const accounts = [...new Set(events.map(event => event.accountId))];
      let payload = JSON.stringify({ from: self, accounts });
      if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
        payload = JSON.stringify({ from: self, accounts: null });
      }
      await sql`SELECT pg_notify(${CHANNEL}, ${payload})`.execute(trx);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}

function parse(payload: string | undefined): z.output<typeof Announcement> | null {
  try {
    return Announcement.parse(JSON.parse(payload ?? ''));
  } catch {
    return null;
  }
}
