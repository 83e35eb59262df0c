import { useEffect } from 'react';
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
