import { authorize } from '../authorization.ts';
import { replayHistory } from '../policy/replay-history.ts';
import type { ServerContext } from '../server-context.ts';
import type { RouteMount } from './mount-route.ts';

/** The access policy: what is in force, and what another would have done. */
export function mountPolicyRoutes(mount: RouteMount, context: ServerContext): void {
  mount('getPolicy', ({ caller }) => {
    authorize(caller, 'policy.read');
    const inForce = context.policy.current();
    if (inForce === null) return Promise.resolve({ policy: null });
    const { source, digest, appliedAtMs } = inForce;
    return Promise.resolve({ policy: { source, digest, appliedAtMs } });
  });
  mount('testPolicy', async ({ caller, input }) => {
    authorize(caller, 'policy.test');
    return { rows: await replayHistory(context, input) };
  });
}
