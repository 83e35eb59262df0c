import type { HostMessage, TerminalMessage } from '../../contract/data-plane.ts';
import type { Outcome } from '../../contract/errors.ts';
import type { EventName, EventOf, RequestInputOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';

/** The renderer's only way out: the same over a preload bridge (desktop) and over WebSockets (web). */
export interface Bridge {
  /** Never rejects: a lost connection is a `server-unreachable` or `internal` failure in the outcome. */
  request<N extends RequestName>(name: N, input: RequestInputOf<N>): Promise<Outcome<RequestOutputOf<N>>>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventOf<N>) => void): () => void;
  /** The data plane of a session of this window's account. */
  openDataPort(sessionId: string): DataPort;
  /** Whether the connection to main stands; the web shell can lose it. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
}

/** `taken-over`: another window shows the session now; `ended`: the session is over; `lost`: anything else, worth another try. */
export type PortCloseReason = 'taken-over' | 'ended' | 'lost';

export interface DataPort {
  onMessage: (message: HostMessage) => void;
  /** Called once, never while the port is being made. */
  onClosed: (why: PortCloseReason) => void;
  send(message: TerminalMessage): void;
  close(): void;
}
