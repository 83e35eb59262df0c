import type { Insights } from '../../contract/insights.ts';
import { WAIT_LIMITS_MIN } from '../../contract/insights.ts';
import { durationWords, shortDuration } from '../app/duration-words.ts';
import { date, number, tenths } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** The day of a moment as this machine writes it: `4 Mar`. */
export function dayLabel(atMs: number): string {
  return date(atMs, { day: 'numeric', month: 'short' });
}

/** Of the columns of waits: `≤ 5 min`, and what is longer than all. */
export function waitLabels(): string[] {
  const words = (minutes: number) => shortDuration(minutes * 60_000);
  return [...WAIT_LIMITS_MIN.map(minutes => `≤ ${words(minutes)}`), t.insights.longer];
}

/** `1.2 s`, `340 ms`; `–` where nothing was measured. */
export function measuredWords(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${tenths(ms / 1000)} s` : shortDuration(ms);
}

export interface Headline {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** The numbers above the drawings. */
export function headlines({ days, approval, alerts, reviews, revocations }: Insights): readonly Headline[] {
  const sum = (pick: (day: Insights['days'][number]) => number) =>
    days.reduce((total, day) => total + pick(day), 0);
  const asked = sum(day => day.asked);
  return [
    {
      name: t.insights.requests,
      value: number(asked),
      note: t.insights.approvedOf(number(sum(day => day.approved))),
    },
    {
      name: t.insights.timeToDecision,
      value: measuredWords(approval.medianMs),
      note:
        approval.p90Ms === null
          ? t.insights.undecidedNote
          : t.insights.mostDecidedIn(measuredWords(approval.p90Ms)),
    },
    {
      name: t.insights.sessions,
      value: number(sum(day => day.sessions)),
      note: t.insights.alertsOf(alerts.reduce((total, { count }) => total + count, 0)),
    },
    {
      name: t.insights.valuesMasked,
      value: number(sum(day => day.masked)),
      note: t.insights.maskedWhere,
    },
    {
      name: t.insights.reviewsWaiting,
      value: number(reviews.waiting),
      note: reviews.overdue > 0 ? t.insights.overdue(reviews.overdue) : t.insights.noneOverdue,
    },
    {
      name: t.insights.revokedToFrozen,
      value: measuredWords(revocations.medianMs),
      note:
        revocations.medianMs === null
          ? t.insights.notMeasured
          : t.insights.halfOf(number(revocations.measured.length)),
    },
  ];
}

/** How requests came to their ends, in a sentence for whoever does not see the columns. */
export function requestSentence(days: Insights['days']): string {
  const busiest = days.reduce<Insights['days'][number] | null>(
    (most, day) => (most === null || day.asked > most.asked ? day : most),
    null,
  );
  const total = days.reduce((sum, day) => sum + day.asked, 0);
  if (total === 0 || busiest === null) return t.insights.nobodyAsked;
  return t.insights.requestNote(total, days.length, busiest.asked, dayLabel(busiest.atMs));
}

/** `2 hours 5 minutes` of access in words short enough for a table. */
export const accessWords = (ms: number): string => (ms === 0 ? '–' : durationWords(ms));
