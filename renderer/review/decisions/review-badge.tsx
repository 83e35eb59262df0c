import type { ReviewState } from '../../../contract/server-api.ts';
import { Badge } from '../../design/badge.tsx';
import { dueWords, stateWords } from './review-words.ts';

/** What stands of a review, and until when it should be done. */
export function ReviewBadge({ review, nowMs }: { readonly review: ReviewState; readonly nowMs: number }) {
  const state = stateWords(review);
  const due = dueWords(review, nowMs);
  return (
    <>
      <Badge tone={state.tone}>{state.words}</Badge>
      {due !== null && <Badge tone={due.tone}>{due.words}</Badge>}
    </>
  );
}
