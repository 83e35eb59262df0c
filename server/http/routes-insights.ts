import { authorize } from '../authorization.ts';
import { readInsights } from '../insights/read-insights.ts';
import type { ServerContext } from '../server-context.ts';
import type { RouteMount } from './mount-route.ts';

/** What happened, in counts and times. */
export function mountInsightsRoutes(mount: RouteMount, context: ServerContext): void {
  mount('readInsights', ({ caller, query }) => {
    authorize(caller, 'insights.read');
    return readInsights(context, query);
  });
}
