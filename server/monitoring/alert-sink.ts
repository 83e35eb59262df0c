import type { SessionId, GrantId } from '../../contract/ids.ts';
import type { Alert } from '../../contract/monitoring.ts';

/** What leaves the server about an alert: who, where, which rule, what it saw in counts. */
export interface AlertNotice extends Alert {
  /** the same for every sink and every attempt */
  readonly id: string;
  readonly sessionId: SessionId;
  readonly grantId: GrantId;
  readonly operator: string;
  readonly target: string;
  /** the login on the target */
  readonly account: string;
}

/** Where alerts go besides the approvers' screens. */
export interface AlertSink {
  /** of the configuration; names what is queued for it */
  readonly name: string;
  /** Resolves when the other side has taken it; rejects with an error whose message a person understands. */
  deliver(notice: AlertNotice, signal: AbortSignal): Promise<void>;
}
