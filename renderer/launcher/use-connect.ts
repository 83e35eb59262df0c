import { useCallback } from 'react';
import type { GrantRecord } from '../../contract/server-api.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { estimateTerminalSize } from '../session/terminal-size.ts';

/** Opens a session under a grant and goes to it. */
export function useConnect(): {
  readonly isBusy: boolean;
  readonly connect: (grant: GrantRecord) => Promise<void>;
} {
  const { bridge, clock, live, preferences, router } = useServices();
  const { isBusy, run } = useAction();
  const connect = useCallback(
    async (grant: GrantRecord) => {
      const size = estimateTerminalSize(window, preferences.get().fontSize);
      const answer = await run(() => bridge.request('session.open', { grantId: grant.id, ...size }));
      if (answer === null) return;
      clock.sync(answer.access.nowMs);
      live.opened(grant, answer.access);
      router.go({ view: 'session', sessionId: answer.sessionId });
    },
    [bridge, clock, live, preferences, router, run],
  );
  return { isBusy, connect };
}
