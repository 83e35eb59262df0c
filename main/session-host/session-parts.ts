import type { OpenSession } from '../../contract/session-host.ts';
import type { LineDetector } from '../../core/redaction/line-detector.ts';
import type { Redactor, RedactorOptions } from '../../core/redaction/redactor.ts';
import type { Timers } from '../timers.ts';
import type { Recorder } from './recorder/recorder.ts';
import type { Transport } from './transports/transport.ts';

/** What a transport that understands its protocol tells of it. */
export interface TransportHooks {
  /** so many rows of the statement that runs have come; each statement begins anew */
  readonly onRows: (rows: number) => void;
}

/** What a session is made of; the composition root (system-parts.ts) brings the real ones. */
export interface SessionParts {
  /** May throw a `SallyportError`. Output begins after the tick in which it returns. */
  readonly openTransport: (open: OpenSession, hooks: TransportHooks) => Transport;
  /** `serverNowMs`: server time by a monotonic clock. May throw or reject with a `SallyportError`. */
  readonly createRecorder: (open: OpenSession, serverNowMs: () => number) => Recorder | Promise<Recorder>;
  readonly createRedactor: (options: RedactorOptions) => Redactor;
  readonly createLineDetector: (policy: OpenSession['grant']['redaction']) => LineDetector;
  /** keyed pseudonyms under the key of `OpenSession` */
  readonly createTokenOf: (tokenKey: string) => (value: string) => string;
  readonly timers: Timers;
  readonly wallNowMs: () => number;
}
