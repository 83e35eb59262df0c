import { useCallback } from 'react';
import type { GrantRecord } from '../../contract/server-api.ts';
import { useServices } from '../app/services-context.tsx';
import { useOpenSession } from '../session/use-open-session.ts';

/** Opens a session under a grant and goes to it. */
export function useConnect(): {
  readonly isBusy: boolean;
  readonly connect: (grant: GrantRecord) => Promise<void>;
} {
  const { router } = useServices();
  const { isBusy, open } = useOpenSession();
  const connect = useCallback(
    async (grant: GrantRecord) => {
      const sessionId = await open(grant);
      if (sessionId !== null) router.go({ view: 'session', sessionId });
    },
    [open, router],
  );
  return { isBusy, connect };
}
