import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime, plural } from '../../app/duration-words.ts';

type Kept = Pick<RecordingSummary, 'retainUntilMs' | 'hold' | 'state' | 'review'>;

const DAY_MS = 24 * 3_600_000;

/** Until when a recording is kept, and what comes then. `nowMs`: server time. */
export function keptWords({ retainUntilMs, hold, state, review }: Kept, nowMs: number): string {
  if (hold !== null) return 'Kept for as long as the hold stands, whatever its terms say.';
  if (state === 'running') return 'Its time begins with its last bytes.';
  if (retainUntilMs === null) return 'No time is set: it is kept until an administrator deletes it.';
  const leftMs = retainUntilMs - nowMs;
  const open = openWords(review);
  if (open !== null)
    return leftMs <= 0
      ? `Its time was over ${dateAndTime(retainUntilMs)}, but it is ${open}: kept until that is settled.`
      : `Kept until ${dateAndTime(retainUntilMs)} (${leftWords(leftMs)}), and while it is ${open}.`;
  if (leftMs <= 0) return 'Its time is over: the server deletes it with its next round.';
  return `Kept until ${dateAndTime(retainUntilMs)} (${leftWords(leftMs)}); then the server deletes it.`;
}

/** A flag or follow-up that stands, as the end of a sentence; null where there is none. */
function openWords({ status }: RecordingSummary['review']): string | null {
  switch (status) {
    case 'flagged':
      return 'flagged';
    case 'follow-up':
      return 'open for a follow-up';
    default:
      return null;
  }
}

function leftWords(leftMs: number): string {
  const days = Math.floor(leftMs / DAY_MS);
  return days === 0 ? 'less than a day left' : `${plural(days, 'day')} left`;
}

/** Why it cannot be deleted now, as the server would say; null where it can. `nowMs`: server time. */
export function deletionObstacle({ hold, state, retainUntilMs, review }: Kept, nowMs: number): string | null {
  if (hold !== null) return 'It is held: lift the hold first.';
  const open = openWords(review);
  if (open !== null) return `It is ${open}: a reviewer settles that first.`;
  if (state === 'running') return 'It is not whole yet.';
  const isOver = retainUntilMs !== null && retainUntilMs <= nowMs;
  if (review.status === 'reviewed' || isOver) return null;
  return 'It was not reviewed yet, and its time is not over.';
}
