import { finishSignIn, startSignIn } from '../identity/oidc/sign-ins.ts';
import type { ServerContext } from '../server-context.ts';
import type { RouteMount } from './mount-route.ts';

/** Signing in through an identity provider: open to whoever has no device yet, and as limited as enrolling. */
export function mountSignInRoutes(mount: RouteMount, context: ServerContext): void {
  const { oidc } = context;
  mount('signInOffer', async () => {
    if (oidc === null) return { provider: null };
    // A provider that is away now may be back when somebody chooses it.
    const hasDeviceFlow = await oidc.hasDeviceFlow().catch(() => false);
    return { provider: { name: oidc.name, hasDeviceFlow } };
  });
  mount('startSignIn', ({ input, reply }) => {
    void reply.header('cache-control', 'no-store');
    return startSignIn(context, input);
  });
  mount('finishSignIn', ({ input, params }) => finishSignIn(context, { ...params, ...input }));
}
