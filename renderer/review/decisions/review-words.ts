import type { ReviewDecision } from '../../../contract/recording-review.ts';
import type { RecordingSummary, ReviewState } from '../../../contract/server-api.ts';
import { plural } from '../../app/duration-words.ts';
import type { BadgeTone } from '../../design/badge.tsx';

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
      return { tone: 'ok', words: `reviewed by ${names(reviewedBy)}` };
    case 'flagged':
      return { tone: 'danger', words: `flagged by ${names(raisedBy)}` };
    case 'follow-up':
      return { tone: 'danger', words: `follow-up by ${names(raisedBy)}` };
    case 'partly':
      return { tone: 'warn', words: `${reviewedBy.length} of ${required} reviewers` };
    case 'unreviewed':
      return { tone: 'warn', words: required === 1 ? 'unreviewed' : `unreviewed, needs ${required}` };
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
  const length = days === 0 ? 'less than a day' : plural(days, 'day');
  return dueAtMs <= nowMs
    ? { tone: 'danger', words: `overdue by ${length}` }
    : { tone: days < 2 ? 'warn' : 'plain', words: `due in ${length}` };
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

const DONE: Readonly<Record<ReviewDecision['decision'], string>> = {
  reviewed: 'reviewed it',
  flagged: 'flagged it',
  'follow-up': 'asked for a follow-up',
  lifted: 'lifted',
};

/** `flagged it`, `lifted the flag of Rita`. */
export function decisionWords(decision: ReviewDecision, all: readonly ReviewDecision[]): string {
  if (decision.decision !== 'lifted') return DONE[decision.decision];
  const settled = all.find(({ id }) => id === decision.settles);
  if (settled === undefined) return DONE.lifted;
  const what = settled.decision === 'flagged' ? 'lifted the flag' : 'settled the follow-up';
  return `${what} of ${settled.by.name}`;
}
