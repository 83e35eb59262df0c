import { authorize } from '../authorization.ts';
import { collectEvidence } from '../evidence/collect-evidence.ts';
import { liftDecision, reviewRecording } from '../reviews/decide.ts';
import { followRecording, stopFollowing } from '../reviews/follow-recording.ts';
import type { ProgressBell } from '../reviews/progress-bell.ts';
import { createComment, readReview, reportWatched } from '../reviews/recording-review.ts';
import { createShare, listShares, readShare } from '../reviews/recording-shares.ts';
import { listRecordings } from '../reviews/recording-summaries.ts';
import type { ServerContext } from '../server-context.ts';
import type { RouteMount } from './mount-route.ts';

/** Recordings: the list, their review, and following those that run. */
export function mountReviewRoutes(mount: RouteMount, context: ServerContext, bell: ProgressBell): void {
  mount('listRecordings', async ({ caller, query }) => {
    authorize(caller, 'recording.list');
    // Administrators keep them all; what is in one opens only to its reviewers.
    const isAll = caller.account.roles.includes('administrator');
    const filter = isAll ? query : { ...query, reviewerId: caller.account.id };
    return { recordings: await listRecordings(context.db, filter) };
  });
  mount('recordingEvidence', ({ caller, params }) => collectEvidence(context, caller, params.id));
  mount('recordingReview', ({ caller, params }) => readReview(context, caller, params.id));
  mount('reviewRecording', ({ caller, params, input }) =>
    reviewRecording(context, caller, { ...params, ...input }),
  );
  mount('liftDecision', ({ caller, params, input }) =>
    liftDecision(context, caller, { ...params, ...input }),
  );
  mount('createComment', ({ caller, params, input }) =>
    createComment(context, caller, { ...params, ...input }),
  );
  mount('createShare', ({ caller, params, input }) => createShare(context, caller, { ...params, ...input }));
  mount('listShares', async ({ caller, params }) => ({
    shares: await listShares(context, caller, params.id),
  }));
  mount('readShare', ({ caller, params }) => readShare(context, caller, params));
  mount('reportWatched', async ({ caller, params, input }) => {
    await reportWatched(context, caller, { ...params, ...input });
    return {};
  });
  mount('followRecording', ({ caller, params, query, request }) =>
    followRecording(context, bell, {
      caller,
      ...params,
      ...query,
      isGone: () => request.raw.destroyed,
    }),
  );
  mount('stopFollowing', async ({ caller, params }) => {
    await stopFollowing(context, caller, params.id);
    return {};
  });
}
