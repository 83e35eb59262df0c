import { SallyportError } from '../../../contract/errors.ts';
import type { Cleanup } from './cleanup.ts';
import { createCleanup } from './cleanup.ts';
import type { EndProof, Transport, TransportEnd } from './transport.ts';

/** What `start` gets: where to put what must be closed, and the size that the terminal has at this moment. */
export interface StartContext {
  readonly cleanup: Cleanup;
  readonly size: () => { readonly cols: number; readonly rows: number };
  /** aborted when the session is ended before it was open */
  readonly signal: AbortSignal;
}

export interface StartedTransport {
  readonly transport: Transport;
  /** output that came before the session counted as open */
  readonly held?: readonly Uint8Array[];
  /** adds words to the end of the session, where there are any */
  readonly explainEnd?: (end: TransportEnd) => Promise<TransportEnd>;
  /** what has to happen on `end` while everything still works, such as cancelling statements */
  readonly beforeEnd?: () => Promise<void>;
}

export interface DeferredTransportOptions {
  readonly cols: number;
  readonly rows: number;
  readonly start: (context: StartContext) => Promise<StartedTransport>;
  /** the proof for the whole from that of the inner transport and whether everything around it was closed */
  readonly prove: (inner: EndProof, isClosed: boolean) => EndProof;
}

/**
 * A transport that first has to prepare, log in or find its way. Rejects `opened` when that fails; what was opened on the way is closed
 * at the end of the session, at failure, and when `end` comes in the middle.
 */
export function deferTransport(options: DeferredTransportOptions): Transport {
  const cleanup = createCleanup();
  const abort = new AbortController();
  const ended = Promise.withResolvers<TransportEnd>();
  const waiting: Uint8Array[] = [];
  const drained: (() => void)[] = [];
  let size = { cols: options.cols, rows: options.rows };
  let isPaused = false;
  const state: { started: StartedTransport | null } = { started: null };

  const deliver = (bytes: Uint8Array): void => {
    if (isPaused || waiting.length > 0) waiting.push(bytes);
    else transport.onOutput(bytes);
  };
  const flush = (): void => {
    for (let next = waiting[0]; !isPaused && next !== undefined; next = waiting[0]) {
      waiting.shift();
      transport.onOutput(next);
    }
    if (waiting.length === 0) for (const tell of drained.splice(0)) tell();
  };
  const whenDrained = (): Promise<void> =>
    waiting.length === 0 ? Promise.resolve() : new Promise(resolve => drained.push(resolve));

  const adopt = (started: StartedTransport): void => {
    const inner = started.transport;
    state.started = started;
    inner.onOutput = deliver;
    waiting.push(...(started.held ?? []));
    inner.resize(size.cols, size.rows);
    if (isPaused) inner.pause();
    flush();
    void inner.ended.then(async end => {
      const explained = (await started.explainEnd?.(end)) ?? end;
      await whenDrained();
      await cleanup.run();
      ended.resolve(explained);
    });
  };

  const start = async (): Promise<void> => {
    // One turn, so that the owner can set onOutput.
    await Promise.resolve();
    try {
      const started = await options.start({ cleanup, size: () => size, signal: abort.signal });
      adopt(started);
    } catch (error) {
      await cleanup.run();
      const failure = abort.signal.aborted ? endedBeforeOpen() : toFailure(error);
      ended.resolve({ exitStatus: null, signal: null, message: failure.message });
      throw failure;
    }
  };

  const opened = start();
  // Whoever only waits for `ended` need not handle it as well.
  opened.catch(() => undefined);

  const transport: Transport = {
    opened,
    onOutput: () => undefined,
    write: bytes => state.started?.transport.write(bytes) ?? false,
    resize(cols, rows) {
      size = { cols, rows };
      state.started?.transport.resize(cols, rows);
    },
    pause() {
      isPaused = true;
      state.started?.transport.pause();
    },
    resume() {
      isPaused = false;
      flush();
      state.started?.transport.resume();
    },
    async end(deadlineMs) {
      if (state.started === null) {
        abort.abort();
        await cleanup.run();
        await opened.catch(() => undefined);
      }
      await state.started?.beforeEnd?.();
      const proof = await state.started?.transport.end(deadlineMs);
      const isClosed = await cleanup.run();
      return options.prove(proof ?? { processesLeft: 0, isChannelClosed: null }, isClosed);
    },
    ended: ended.promise,
  };
  return transport;
}

function toFailure(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SallyportError(
    'host-failed',
    `The session could not be started: ${reason}. Connect again; if it stays, report it.`,
    { cause: error },
  );
}

function endedBeforeOpen(): SallyportError {
  return new SallyportError(
    'session-ended',
    'The session was ended before it was open. Connect again if the grant still runs.',
  );
}
