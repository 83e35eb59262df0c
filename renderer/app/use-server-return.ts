import { useEffect, useRef } from 'react';
import { useAppState } from './services-context.tsx';

/** Calls when the server answers again after it was out of reach. `onReturn` may change with every drawing. */
export function useServerReturn(onReturn: () => void): void {
  const { state } = useAppState().server;
  const wasOnline = useRef(state === 'online');
  const latest = useRef(onReturn);
  latest.current = onReturn;
  useEffect(() => {
    const isOnline = state === 'online';
    if (isOnline && !wasOnline.current) latest.current();
    wasOnline.current = isOnline;
  }, [state]);
}
