import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { t } from '../../texts/t.ts';

type Kept = Pick<RecordingSummary, 'retainUntilMs' | 'hold' | 'state' | 'review'>;

const DAY_MS = 24 * 3_600_000;

/** Until when a recording is kept, and what comes then. `nowMs`: server time. */
export function keptWords({ retainUntilMs, hold, state, review }: Kept, nowMs: number): string {
  if (hold !== null) return t.keeping.whileHeld;
  if (state === 'running') return t.keeping.timeBegins;
  if (retainUntilMs === null) return t.keeping.noTime;
  const leftMs = retainUntilMs - nowMs;
  const until = dateAndTime(retainUntilMs);
  const left = leftWords(leftMs);
  const { overButFlagged, overButFollowUp, untilAndFlagged, untilAndFollowUp, isOver, keptUntil } = t.keeping;
  switch (review.status) {
    case 'flagged':
      return leftMs <= 0 ? overButFlagged(until) : untilAndFlagged(until, left);
    case 'follow-up':
      return leftMs <= 0 ? overButFollowUp(until) : untilAndFollowUp(until, left);
    default:
      return leftMs <= 0 ? isOver : keptUntil(until, left);
  }
}

function leftWords(leftMs: number): string {
  const days = Math.floor(leftMs / DAY_MS);
  return days === 0 ? t.keeping.lessThanDayLeft : t.keeping.daysLeft(days);
}

/** Why it cannot be deleted now, as the server would say; null where it can. `nowMs`: server time. */
export function deletionObstacle({ hold, state, retainUntilMs, review }: Kept, nowMs: number): string | null {
  if (hold !== null) return t.keeping.isHeld;
  if (review.status === 'flagged') return t.keeping.isFlagged;
  if (review.status === 'follow-up') return t.keeping.isFollowUp;
  if (state === 'running') return t.keeping.notWhole;
  const isOver = retainUntilMs !== null && retainUntilMs <= nowMs;
  if (review.status === 'reviewed' || isOver) return null;
  return t.keeping.notReviewed;
}
