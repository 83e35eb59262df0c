import type { Insights } from '../../contract/insights.ts';
import { WAIT_LIMITS_MIN } from '../../contract/insights.ts';
import type { AlertRule } from '../../contract/monitoring.ts';
import { durationWords, plural, shortDuration } from '../app/duration-words.ts';

export const ALERT_WORDS: Readonly<Record<AlertRule, string>> = {
  budget: 'Budget of values used up',
  'bulk-personal-data': 'Much personal data at once',
  'special-category': 'Special categories of data',
  'many-rows': 'Many rows in one statement',
  'odd-hours': 'Outside of working hours',
  'new-target': 'First time on a target',
};

/** The day of a moment as this machine writes it: `4 Mar`. */
export function dayLabel(atMs: number): string {
  return new Date(atMs).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/** Of the columns of waits: `≤ 5 min`, and what is longer than all. */
export function waitLabels(): string[] {
  const words = (minutes: number) => shortDuration(minutes * 60_000);
  return [...WAIT_LIMITS_MIN.map(minutes => `≤ ${words(minutes)}`), 'longer'];
}

/** `1.2 s`, `340 ms`; `–` where nothing was measured. */
export function measuredWords(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : shortDuration(ms);
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
  const number = (value: number) => value.toLocaleString('en-GB');
  const asked = sum(day => day.asked);
  return [
    { name: 'Requests', value: number(asked), note: `${number(sum(day => day.approved))} approved` },
    {
      name: 'Time to a decision',
      value: measuredWords(approval.medianMs),
      note:
        approval.p90Ms === null
          ? 'nobody decided'
          : `half of them; 9 in 10 in ${measuredWords(approval.p90Ms)}`,
    },
    {
      name: 'Sessions',
      value: number(sum(day => day.sessions)),
      note: `${number(alerts.reduce((total, { count }) => total + count, 0))} alerts`,
    },
    { name: 'Values masked', value: number(sum(day => day.masked)), note: 'on screens and in recordings' },
    {
      name: 'Reviews waiting',
      value: number(reviews.waiting),
      note: reviews.overdue > 0 ? `${plural(reviews.overdue, 'recording')} overdue` : 'none overdue',
    },
    {
      name: 'Revoked to frozen',
      value: measuredWords(revocations.medianMs),
      note: revocations.medianMs === null ? 'nothing measured' : `half of ${revocations.measured.length}`,
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
  if (total === 0 || busiest === null) return 'Nobody asked for access.';
  return `${plural(total, 'request')} in ${plural(days.length, 'day')}, at most ${busiest.asked} in one, on ${dayLabel(busiest.atMs)}.`;
}

/** `2 hours 5 minutes` of access in words short enough for a table. */
export const accessWords = (ms: number): string => (ms === 0 ? '–' : durationWords(ms));
