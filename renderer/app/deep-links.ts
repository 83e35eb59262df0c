import { useEffect } from 'react';
import type { LinkView } from '../../contract/link.ts';
import type { Route } from './router.ts';
import { useServices } from './services-context.tsx';

/** Follows `sallyport://…` links that main took, and clicks on notifications of the desktop shell. */
export function useDeepLinks(): void {
  const { bridge, follow } = useServices();
  useEffect(() => {
    let isOver = false;
    const stop = bridge.on('deep-link', follow);
    // A link that came while the page was still loading.
    void bridge.request('links.follow', {}).then(outcome => {
      if (!isOver && outcome.ok && outcome.value.link !== null) follow(outcome.value.link);
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [bridge, follow]);
}

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
