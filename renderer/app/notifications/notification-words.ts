import type { EventOf } from '../../../contract/ipc.ts';
import type { LinkView } from '../../../contract/link.ts';
import type { AccessRequest, Account } from '../../../contract/server-api.ts';
import { durationWords } from '../duration-words.ts';
import type { NotificationKind } from '../preferences.ts';
import { t } from '../../texts/t.ts';

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
    const isApproved = request.state === 'approved';
    const by = request.decidedBy?.name ?? null;
    return {
      kind: 'decision',
      title: isApproved ? t.app.accessApproved(target.name) : t.app.accessDenied(target.name),
      body: isApproved ? approvedWords(by) : deniedWords(by),
      tag,
      link: { view: 'place', place: 'launcher' },
    };
  }
  if (request.state !== 'pending' || !account.roles.includes('approver')) return null;
  const title = request.supersedes === null ? t.app.asksFor : t.app.asksForMore;
  return {
    kind: 'request',
    title: title(requester.name, target.name),
    body: t.app.askedAs(durationWords(request.durationS * 1000), request.account, target.environment),
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
      title: t.app.sessionOn(target),
      body: message,
      tag: `session-${sessionId}`,
      link: { view: 'session', id: sessionId },
    };
  }
  return {
    kind: 'alert',
    title: t.app.alertOfSession,
    body: message,
    tag: `alert-${message}`,
    link: { view: 'place', place: 'approvals' },
  };
}

function approvedWords(by: string | null): string {
  return by === null ? t.app.approvedNow : t.app.approvedBy(by);
}

function deniedWords(by: string | null): string {
  return by === null ? t.app.deniedNow : t.app.deniedBy(by);
}
