import { useEffect } from 'react';
import type { LinkView } from '../../contract/ipc.ts';
import { useHasRole, useServices } from './services-context.tsx';

/** Follows `sallyport://…` links that main took: a request is decided in Approvals or watched in the launcher, a moment replayed. */
export function useDeepLinks(): void {
  const { bridge, router } = useServices();
  const isApprover = useHasRole('approver');
  useEffect(() => {
    let isOver = false;
    const follow = ({ view, id, atMs }: LinkView) => {
      if (view === 'recording')
        return router.go({ view, recordingId: id, ...(atMs === undefined ? {} : { atMs }) });
      if (view === 'session') router.go({ view: 'session', sessionId: id });
      else router.go({ view: isApprover ? 'approvals' : 'launcher' });
    };
    const stop = bridge.on('deep-link', follow);
    // A link that came while the page was still loading.
    void bridge.request('links.follow', {}).then(outcome => {
      if (!isOver && outcome.ok && outcome.value.link !== null) follow(outcome.value.link);
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [bridge, router, isApprover]);
}
