import type { AccountId } from '../../contract/ids.ts';
import type { ReviewTerms } from '../../contract/review-terms.ts';
import type { ReviewInput, ReviewState } from '../../contract/server-api.ts';

/** A decision as it is stored. */
export interface DecisionFact {
  readonly id: string;
  readonly decision: ReviewInput['decision'] | 'lifted';
  readonly accountId: AccountId;
  readonly settles: string | null;
}

/** What stands of a review, with accounts by id. */
export interface ReviewFacts {
  readonly status: ReviewState['status'];
  readonly reviewedBy: readonly AccountId[];
  readonly raisedBy: readonly AccountId[];
  /** ids of the flags and follow-ups that nobody has settled */
  readonly standing: ReadonlySet<string>;
}

/**
 * Reads decisions in the order in which they were made. A flag stands until it is lifted; a follow-up until it is settled, or the
 * one who asked for it decides "reviewed". Somebody's "reviewed" counts while it is their last decision: whoever flags afterwards no
 * longer vouches for the recording.
 */
export function reviewFacts(
  decisions: readonly DecisionFact[],
  { reviewers }: Pick<ReviewTerms, 'reviewers'>,
): ReviewFacts {
  const standing = new Map<string, DecisionFact>();
  const last = new Map<AccountId, DecisionFact['decision']>();
  for (const fact of decisions) {
    const { id, decision, accountId, settles } = fact;
    if (decision === 'lifted') {
      if (settles !== null) standing.delete(settles);
      continue;
    }
    last.set(accountId, decision);
    if (decision !== 'reviewed') standing.set(id, fact);
    else
      for (const raised of standing.values())
        if (raised.decision === 'follow-up' && raised.accountId === accountId) standing.delete(raised.id);
  }
  const raised = [...standing.values()];
  const reviewedBy = [...last].filter(([, decision]) => decision === 'reviewed').map(([id]) => id);
  return {
    status: statusOf(raised, reviewedBy.length, reviewers),
    reviewedBy,
    raisedBy: [...new Set(raised.map(({ accountId }) => accountId))],
    standing: new Set(standing.keys()),
  };
}

function statusOf(
  raised: readonly DecisionFact[],
  reviewed: number,
  required: number,
): ReviewState['status'] {
  if (raised.some(({ decision }) => decision === 'flagged')) return 'flagged';
  if (raised.length > 0) return 'follow-up';
  if (reviewed >= required) return 'reviewed';
  return reviewed > 0 ? 'partly' : 'unreviewed';
}
