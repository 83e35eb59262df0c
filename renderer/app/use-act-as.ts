import { useCallback } from 'react';
import type { AccountId } from '../../contract/ids.ts';
import { useServices } from './services-context.tsx';
import { useAction } from './use-action.ts';

/** Lets this window act as another account that this client has enrolled. */
export function useActAs(): (accountId: AccountId) => Promise<void> {
  const { adopt, bridge, router } = useServices();
  const { run } = useAction();
  return useCallback(
    async accountId => {
      const state = await run(() => bridge.request('account.use', { accountId }));
      if (state === null) return;
      router.go({ view: 'launcher' });
      adopt(state);
    },
    [adopt, bridge, router, run],
  );
}
