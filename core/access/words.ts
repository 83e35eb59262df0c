import type { EndCause, LockReason } from '../../contract/access.ts';
import { assertNever } from '../assert-never.ts';

/** Why the screen is covered, in words for the operator; also what the recording notes. */
export function lockWords(reason: LockReason): string {
  switch (reason) {
    case 'grant-expired':
      return 'The grant has expired.';
    case 'revoked':
      return 'An approver has revoked the grant.';
    case 'recorder-failed':
      return 'The session can no longer be recorded, and nothing may be shown that is not recorded.';
    case 'policy-stale':
      return 'The server has not confirmed the access lately. The session opens again when it does.';
    case 'idle':
      return 'Nothing was typed for a while.';
    case 'budget':
      return 'More personal data was shown than the grant allows. An approver can lift this.';
    case 'host-unresponsive':
      return 'The process that runs the session does not answer. The session opens again when it does.';
    case 'operator':
      return 'You have locked the session.';
    case 'approver':
      return 'An approver has suspended the session and can let it go on.';
    default:
      return assertNever(reason);
  }
}

/** Why a session is over, in words. */
export function endWords(cause: EndCause): string {
  switch (cause) {
    case 'exited':
      return 'The program or the remote side has ended.';
    case 'closed-by-operator':
      return 'You have ended the session.';
    case 'failed':
      return 'The session could not be opened.';
    case 'host-lost':
      return 'The process that ran the session is gone.';
    case 'recovered':
      return 'The session was cut off by a crash; its recording was closed afterwards.';
    case 'policy-stale':
      return 'The server did not confirm the access in time.';
    case 'host-unresponsive':
      return 'The process that ran the session did not answer in time.';
    default:
      return lockWords(cause);
  }
}

/** A warning says what happens at zero. */
export function warningWords(remainingMs: number, graceMs: number): string {
  const rest =
    graceMs > 0
      ? `An extension within ${durationWords(graceMs)} after that opens it again; then it ends.`
      : 'The session then ends.';
  return `Access ends in ${durationWords(remainingMs)}. At zero, input closes and the screen is covered. ${rest}`;
}

/** `90 seconds`, `5 minutes`, `2 hours`: whole units, rounded up. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 120) return plural(seconds, 'second');
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? plural(minutes, 'minute') : plural(Math.ceil(minutes / 60), 'hour');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
