import { useCallback } from 'react';
import type { GrantRecord } from '../../contract/server-api.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { estimateTerminalSize } from './terminal-size.ts';

/** Opens a session under a grant; resolves to its id, or to null after the window has told why not. */
export function useOpenSession(): {
  readonly isBusy: boolean;
  readonly open: (grant: GrantRecord) => Promise<string | null>;
} {
  const { bridge, clock, live, preferences } = useServices();
  const { isBusy, run } = useAction();
  const open = useCallback(
    async (grant: GrantRecord) => {
      const size = estimateTerminalSize(window, preferences.get().fontSize);
      const answer = await run(() => bridge.request('session.open', { grantId: grant.id, ...size }));
      if (answer === null) return null;
      clock.sync(answer.access.nowMs);
      live.opened(grant, answer.access);
      return answer.sessionId;
    },
    [bridge, clock, live, preferences, run],
  );
  return { isBusy, open };
}
