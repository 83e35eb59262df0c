import type { EventOf } from '../../../contract/ipc.ts';
import type { LinkView } from '../../../contract/link.ts';
import type { AccessRequest, Account } from '../../../contract/server-api.ts';
import { durationWords } from '../duration-words.ts';
import type { NotificationKind } from '../preferences.ts';

/** What a notification of the system says. It may stand on a locked screen: people and targets, never a reason or anything shown. */
export interface Notification {
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  /** a later one with the same tag takes the place of this one */
  readonly tag: string;
  /** where a click leads */
  readonly link: LinkView;
}

/** About a request that changed. `before`: what this window knew of it; null where it knew nothing. */
export function requestNotification(
  request: AccessRequest,
  before: AccessRequest | null,
  account: Account,
): Notification | null {
  if (request.state === before?.state) return null;
  const { requester, target } = request;
  const tag = `request-${request.id}`;
  if (requester.id === account.id) {
    if (request.state !== 'approved' && request.state !== 'denied') return null;
    const by = request.decidedBy === null ? '' : ` by ${request.decidedBy.name}`;
    return {
      kind: 'decision',
      title: `Access to ${target.name} ${request.state}`,
      body:
        request.state === 'approved'
          ? `Approved${by}. The time runs.`
          : `Denied${by}. The reason is in the launcher.`,
      tag,
      link: { view: 'place', place: 'launcher' },
    };
  }
  if (request.state !== 'pending' || !account.roles.includes('approver')) return null;
  const what = request.supersedes === null ? 'asks for' : 'asks for more time on';
  return {
    kind: 'request',
    title: `${requester.name} ${what} ${target.name}`,
    body: `${durationWords(request.durationS * 1000)} as ${request.account}, ${target.environment}.`,
    tag,
    link: { view: 'place', place: 'approvals' },
  };
}

/** About a warning: of an own session that ends soon, or of somebody’s that raised an alert. `ownTarget`: of the own session, by its id. */
export function warningNotification(
  notice: EventOf<'notice'>,
  ownTarget: (sessionId: string) => string | null,
): Notification | null {
  const { level, message, sessionId } = notice;
  if (level !== 'warning') return null;
  const target = sessionId === undefined ? null : ownTarget(sessionId);
  if (sessionId !== undefined && target !== null) {
    return {
      kind: 'countdown',
      title: `Session on ${target}`,
      body: message,
      tag: `session-${sessionId}`,
      link: { view: 'session', id: sessionId },
    };
  }
  return {
    kind: 'alert',
    title: 'Alert of a running session',
    body: message,
    tag: `alert-${message}`,
    link: { view: 'place', place: 'approvals' },
  };
}
