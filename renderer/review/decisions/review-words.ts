import type { ReviewDecision } from '../../../contract/recording-review.ts';
import type { RecordingSummary, ReviewState } from '../../../contract/server-api.ts';
import type { BadgeTone } from '../../design/badge.tsx';
import { t } from '../../texts/t.ts';

const DAY_MS = 24 * 3600 * 1000;

export interface Words {
  readonly tone: BadgeTone;
  readonly words: string;
}

/** What stands of a review, for a badge. */
export function stateWords({ status, required, reviewedBy, raisedBy }: ReviewState): Words {
  const names = (accounts: ReviewState['reviewedBy']) => accounts.map(({ name }) => name).join(', ');
  switch (status) {
    case 'reviewed':
      return { tone: 'ok', words: t.decisions.reviewedBy(names(reviewedBy)) };
    case 'flagged':
      return { tone: 'danger', words: t.decisions.flaggedBy(names(raisedBy)) };
    case 'follow-up':
      return { tone: 'danger', words: t.decisions.followUpBy(names(raisedBy)) };
    case 'partly':
      return { tone: 'warn', words: t.decisions.reviewersOf(reviewedBy.length, required) };
    case 'unreviewed':
      return {
        tone: 'warn',
        words: required === 1 ? t.decisions.unreviewed : t.decisions.unreviewedNeeds(required),
      };
  }
}

/** Whether it still waits for somebody, as against a date that does not matter any more. */
export function isWaiting({ status }: ReviewState): boolean {
  return status !== 'reviewed';
}

export function isOverdue(review: ReviewState, nowMs: number): boolean {
  return isWaiting(review) && review.dueAtMs !== null && review.dueAtMs <= nowMs;
}

/** When it should be reviewed; null where no date was set or it does not matter any more. */
export function dueWords(review: ReviewState, nowMs: number): Words | null {
  const { dueAtMs } = review;
  if (dueAtMs === null || !isWaiting(review)) return null;
  const days = Math.floor(Math.abs(dueAtMs - nowMs) / DAY_MS);
  const { overdueLess, overdueDays, dueLess, dueDays } = t.decisions;
  return dueAtMs <= nowMs
    ? { tone: 'danger', words: days === 0 ? overdueLess : overdueDays(days) }
    : { tone: days < 2 ? 'warn' : 'plain', words: days === 0 ? dueLess : dueDays(days) };
}

/** Whether a person is one of those whom a recording waits for. */
export function waitsFor(recording: RecordingSummary, accountId: string): boolean {
  const { review, session, state, deletion } = recording;
  return (
    state !== 'running' &&
    deletion === null &&
    isWaiting(review) &&
    session.operator.id !== accountId &&
    !review.reviewedBy.some(({ id }) => id === accountId)
  );
}

/** `flagged it`, `lifted the flag of Rita`. */
export function decisionWords(decision: ReviewDecision, all: readonly ReviewDecision[]): string {
  if (decision.decision !== 'lifted') return t.decisionsDone[decision.decision];
  const settled = all.find(({ id }) => id === decision.settles);
  if (settled === undefined) return t.decisionsDone.lifted;
  const { liftedOf, settledOf } = t.decisions;
  return settled.decision === 'flagged' ? liftedOf(settled.by.name) : settledOf(settled.by.name);
}
