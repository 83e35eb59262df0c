import { Insights, InsightsQuery } from '../insights.ts';
import { route } from './route.ts';

/** What happened, in counts and times. */
export const INSIGHTS_ROUTES = {
  readInsights: route({
    about:
      'What happened in the last days, in counts and times. For approvers, reviewers and administrators.',
    refusals: ['not-allowed'],
    method: 'GET',
    path: '/v1/insights',
    proof: 'device',
    query: InsightsQuery,
    output: Insights,
  }),
} as const;
