import type { Failure } from '../../contract/errors.ts';
import type { FromHost, OpenSession } from '../../contract/session-host.ts';
import { ToHost } from '../../contract/session-host.ts';
import { assertNever } from '../../core/assert-never.ts';
import { failureOf, traceOf } from './failure-of.ts';
import type { Session } from './session.ts';
import type { Timers } from '../timers.ts';
import { within } from './session-run.ts';

/** An orderly end takes this long at most when nobody is left to wait for it. */
const ALONE_DEADLINE_MS = 15_000;

/** How long a recovery that was told to stop may take to let go of its files. */
const LEAVE_DEADLINE_MS = 1_000;

/** Permanent codes of what a host writes to its log: nothing of a message or of a terminal stands in it. */
export type HostLogCode = 'malformed-message' | 'second-session' | 'no-session' | 'unexpected-error';

export interface HostOptions {
  readonly post: (message: FromHost) => void;
  readonly openSession: (open: OpenSession) => Session;
  /** closes spools that a crash left behind and uploads them; the ids, and in words what could not be closed */
  readonly recover: (
    message: Extract<ToHost, { kind: 'recover' }>,
    signal: AbortSignal,
  ) => Promise<Omit<Extract<FromHost, { kind: 'recovered' }>, 'kind'>>;
  readonly timers: Timers;
  readonly log: (code: HostLogCode, detail?: string) => void;
  /** ends this process */
  readonly exit: (code: number) => void;
}

/** The session host: one session, or one recovery, and the ways in which they are over. */
export interface Host {
  /** A message of main, not yet looked at. Whatever it is, this never throws. */
  receive(message: unknown): void;
  /** Nothing was asked of it yet, and it is not leaving. */
  isIdle(): boolean;
  /** Main is gone: the gate closes in this tick, the session ends with `policy-stale`, the recording is sealed, the process exits. */
  mainLost(): void;
  /** Something broke that nobody caught: says so without its words, ends the session, exits with 1. */
  crashed(error: unknown): void;
}

export function createHost(options: HostOptions): Host {
  const { post, log } = options;
  let session: Session | null = null;
  let leaving: Promise<void> | null = null;
  const recoverAbort = new AbortController();
  let recovering: Promise<void> | null = null;

  const leave = (end: () => Promise<void> | undefined, code: number): void => {
    leaving ??= (async () => {
      const limit = { deadlineMs: ALONE_DEADLINE_MS, or: undefined };
      await within(Promise.resolve(end()), limit, options.timers);
      session?.leaveUpload();
      recoverAbort.abort();
      await within(
        recovering ?? Promise.resolve(),
        { ...limit, deadlineMs: LEAVE_DEADLINE_MS },
        options.timers,
      );
      options.exit(code);
    })();
  };

  const open = (message: OpenSession): void => {
    if (session !== null || leaving !== null) return log('second-session');
    session = options.openSession(message);
  };
  const recover = (message: Extract<ToHost, { kind: 'recover' }>): void => {
    recovering = options.recover(message, recoverAbort.signal).then(
      found => post({ kind: 'recovered', ...found }),
      (error: unknown) => post({ kind: 'failed', error: recoveryFailure(error) }),
    );
  };

  const act = (message: ToHost): void => {
    session?.heard();
    switch (message.kind) {
      case 'open':
        return open(message);
      case 'recover':
        return recover(message);
      case 'heartbeat':
        return post({ kind: 'heartbeat', n: message.n });
      case 'close':
        return leave(() => session?.end('closed-by-operator'), 0);
      case 'gate':
      case 'cover':
      case 'note':
      case 'lift':
      case 'alert':
      case 'extend':
      case 'end':
      case 'data':
        return session === null ? log('no-session') : session.receive(message);
      default:
        return assertNever(message);
    }
  };

  return {
    receive(unknownMessage) {
      const parsed = ToHost.safeParse(unknownMessage);
      if (!parsed.success) return log('malformed-message');
      act(parsed.data);
    },
    isIdle: () => session === null && recovering === null && leaving === null,
    mainLost() {
      leave(() => session?.end('policy-stale'), 0);
    },
    crashed(error) {
      log('unexpected-error', traceOf(error));
      const failure = failureOf(error);
      if (session === null) post({ kind: 'failed', error: failure });
      leave(() => session?.fail(failure), 1);
    },
  };
}

function recoveryFailure(error: unknown): Failure {
  const { code, message } = failureOf(error);
  return code === 'internal'
    ? {
        code: 'recorder-failed',
        message:
          'Unfinished recordings of earlier sessions could not be closed. They stay in the spool and are tried again at the next start.',
      }
    : { code, message };
}
