import { LEASE_RENEWAL_MS } from '../../contract/access.ts';
import { SallyportError } from '../../contract/errors.ts';
import { ServerEvent } from '../../contract/server-api.ts';
import { EVENT_SEQUENCE_HEADER, EVENTS_PATH, routePath } from '../../contract/server-routes.ts';
import type { Dispose, Timers } from '../timers.ts';
import { failureOf, unreachable } from './problem.ts';
import type { ServerHttp } from './server-http.ts';
import { tooLong } from './server-http.ts';
import { createSseParser } from './sse-parser.ts';

export interface EventStreamOptions {
  readonly http: Pick<ServerHttp, 'fetch' | 'serverUrl'>;
  readonly timers: Timers;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** Each event once, in order. */
  readonly onEvent: (event: ServerEvent) => void;
  /** The numbers do not follow on (or the stream is new): what is known has to be fetched anew before going on. */
  readonly onGap: () => void;
  /** Connected again and nothing was missed for good, but what happened meanwhile is still on its way. */
  readonly onResumed: () => void;
  readonly onState: (state: StreamState, message: string | null) => void;
}
export type StreamState = 'connecting' | 'online' | 'offline';

/** No sign of life for this long: the connection is given up, soon enough to renew the lease over another one. */
const SILENCE_MS = 2.5 * LEASE_RENEWAL_MS;
/** Between attempts: doubled each time, with jitter, so that a thousand clients do not come back in one moment. */
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;

/** Follows the server's event stream until disposed: reconnects, resumes by number, reports gaps. */
export function followEvents(options: EventStreamOptions): Dispose {
  const stop = new AbortController();
  let lastSequence: number | null = null;
  let failures = 0;

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      // Who is told that it is out of reach is not told each second that it is being reached.
      if (failures === 0) options.onState('connecting', null);
      const message = await connectOnce().catch((error: unknown) =>
        error instanceof Error ? error.message : 'The connection broke.',
      );
      if (stop.signal.aborted) return;
      options.onState('offline', message);
      failures += 1;
      await pause(backoffMs(failures, options.random()));
    }
  }

  /** Resolves or rejects when the connection is over. */
  async function connectOnce(): Promise<string> {
    const connection = new AbortController();
    const onStop = () => connection.abort();
    const onSilence = () => connection.abort(tooLong());
    stop.signal.addEventListener('abort', onStop, { once: true });
    let watchdog = options.timers.after(SILENCE_MS, onSilence);
    const sawLife = () => {
      watchdog();
      watchdog = options.timers.after(SILENCE_MS, onSilence);
    };
    try {
      const after = lastSequence === null ? {} : { after: lastSequence };
      const response = await options.http.fetch(routePath(EVENTS_PATH, {}, after), {
        headers: { accept: 'text/event-stream' },
        signal: connection.signal,
      });
      if (response.status === 409) lastSequence = null;
      if (!response.ok || response.body === null) throw await failureOf(response, options.http.serverUrl);
      sawLife();
      begin(Number(response.headers.get(EVENT_SEQUENCE_HEADER) ?? Number.NaN));
      const take = createSseParser(({ id, data }) => deliver(id, data));
      for await (const bytes of response.body) {
        sawLife();
        failures = 0;
        take(bytes);
      }
      return `The server at ${options.http.serverUrl} closed the connection.`;
    } catch (cause) {
      throw cause instanceof SallyportError ? cause : unreachable(options.http.serverUrl, cause);
    } finally {
      watchdog();
      stop.signal.removeEventListener('abort', onStop);
      connection.abort();
    }
  }

  function begin(sequence: number): void {
    const isContinued = lastSequence !== null && sequence === lastSequence;
    lastSequence = Number.isSafeInteger(sequence) ? sequence : null;
    options.onState('online', null);
    if (isContinued) options.onResumed();
    else options.onGap();
  }

  function deliver(id: string | null, data: string): void {
    const event = ServerEvent.safeParse(parseJson(data));
    if (id !== null && id !== '') {
      const sequence = Number(id);
      if (lastSequence !== null && sequence <= lastSequence) return;
      const isNext = lastSequence !== null && sequence === lastSequence + 1;
      lastSequence = sequence;
      // An event of a newer server that this version cannot read is as good as lost.
      if (!isNext || !event.success) options.onGap();
    }
    if (event.success) options.onEvent(event.data);
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise(resolve => {
      const cancel = options.timers.after(delayMs, resolve);
      stop.signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
    });
  }

  void follow();
  return () => stop.abort();
}

/** Half fixed, half random. */
export function backoffMs(failures: number, random: number): number {
  const fullMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return fullMs / 2 + (fullMs / 2) * random;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
