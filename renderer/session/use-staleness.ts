import { useEffect, useState } from 'react';
import type { AccessSnapshot } from '../../contract/access.ts';
import { useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import type { Staleness } from './lock-words.ts';
import { stalenessOf } from './lock-words.ts';

/** A reload of main's connection is over in less; a screen that came and went with each would be unreadable. */
const BLINK_MS = 3_000;

/** Whether this window still knows enough about a session to show its terminal; unknown means covered. */
export function useStaleness(access: AccessSnapshot): Staleness | null {
  const isConnected = useStore(useServices().isConnected);
  const [isOutOfReach, setOutOfReach] = useState(false);
  const nowMs = useServerNow(500);
  useEffect(() => {
    if (isConnected) {
      setOutOfReach(false);
      return;
    }
    const timer = setTimeout(() => setOutOfReach(true), BLINK_MS);
    return () => clearTimeout(timer);
  }, [isConnected]);
  return stalenessOf(access, nowMs, isOutOfReach);
}
