import type { ServerEvent } from '../../contract/server-api.ts';
import { ServerEvent as ServerEventSchema } from '../../contract/server-api.ts';
import { EVENT_SEQUENCE_HEADER } from '../../contract/server-routes.ts';

export interface ReceivedEvent {
  /** null for a lease */
  readonly sequence: number | null;
  readonly event: ServerEvent;
  readonly receivedAtMs: number;
}

/** A live event stream in a test. */
export interface EventReader {
  readonly status: number;
  /** the number that the server says the stream begins after */
  readonly start: number;
  readonly received: readonly ReceivedEvent[];
  /** Waits for the first event, of those received or to come, that fits. */
  find(isWanted: (received: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  /** Resolves when the server ends the stream. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens `GET /v1/events` and parses what comes. A refusal has its status and no events. */
export async function readEventStream(url: string, authorization: string): Promise<EventReader> {
  const stop = new AbortController();
  const response = await fetch(url, { headers: { authorization }, signal: stop.signal });
  const received: ReceivedEvent[] = [];
  const waiting = new Set<() => void>();
  const notify = () => {
    for (const check of waiting) check();
  };
  const ended = (async () => {
    if (response.status !== 200 || response.body === null) return;
    let buffer = '';
    try {
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
        buffer += text;
        const blocks = buffer.split('\n\n');
        buffer = blocks.pop() ?? '';
        for (const block of blocks) received.push(parse(block));
        notify();
      }
    } catch (error) {
      if (!stop.signal.aborted && !(error instanceof TypeError)) throw error;
    }
  })();
  return {
    status: response.status,
    start: Number(response.headers.get(EVENT_SEQUENCE_HEADER)),
    received,
    ended,
    find: isWanted =>
      new Promise(resolve => {
        const check = () => {
          const found = received.find(isWanted);
          if (found === undefined) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    close: () => stop.abort(),
  };
}

function parse(block: string): ReceivedEvent {
  const fields = new Map(
    block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const id = fields.get('id');
  return {
    sequence: id === undefined ? null : Number(id),
    event: ServerEventSchema.parse(JSON.parse(fields.get('data') ?? 'null')),
    receivedAtMs: Date.now(),
  };
}
