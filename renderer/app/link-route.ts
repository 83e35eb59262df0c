import type { LinkView } from '../../contract/link.ts';
import type { Route } from './router.ts';

/** Where a link leads: a request is decided in Approvals, by who may, or watched in the launcher. */
export function routeOfLink(link: LinkView, isApprover: boolean): Route {
  switch (link.view) {
    case 'recording':
      return {
        view: 'recording',
        recordingId: link.id,
        ...(link.atMs === undefined ? {} : { atMs: link.atMs }),
      };
    case 'session':
      return { view: 'session', sessionId: link.id };
    case 'place':
      return { view: link.place };
    case 'new-request':
      return { view: 'launcher', request: link.targetId };
    case 'request':
      return { view: isApprover ? 'approvals' : 'launcher' };
  }
}
