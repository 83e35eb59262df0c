import type { Insights } from '../../contract/insights.ts';
import { plural } from '../app/duration-words.ts';
import { ColumnPlot } from '../design/plots/column-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { dayLabel, measuredWords, requestSentence, waitLabels } from './insight-words.ts';

const SERIES = [
  { name: 'Approved', tone: 'accent' },
  { name: 'Denied', tone: 'danger' },
  { name: 'Open, withdrawn or run out', tone: 'quiet' },
] as const;

/** What was asked and decided, and how long people waited for that. */
export function RequestFigures({ facts }: { readonly facts: Insights }) {
  const { days, approval } = facts;
  const rest = (day: Insights['days'][number]) => Math.max(0, day.asked - day.approved - day.denied);
  const labels = waitLabels();
  return (
    <>
      <Figure
        title="Requests and decisions"
        note={requestSentence(days)}
        legend={SERIES}
        isWide
        table={{
          label: 'Requests and decisions by day',
          head: ['Day', 'Asked', 'Approved', 'Denied', 'Other'],
          numeric: [1, 2, 3, 4],
          rows: days.map(day => ({
            key: String(day.atMs),
            cells: [dayLabel(day.atMs), day.asked, day.approved, day.denied, rest(day)],
          })),
        }}
      >
        <ColumnPlot
          description={`Requests by day, by what became of them. ${requestSentence(days)}`}
          series={SERIES}
          columns={days.map(day => ({
            label: dayLabel(day.atMs),
            values: [day.approved, day.denied, rest(day)],
          }))}
        />
      </Figure>
      <Figure
        title="Time to a decision"
        note={
          approval.decided === 0
            ? 'Nobody decided on a request.'
            : `${plural(approval.decided, 'decision')}; half within ${measuredWords(approval.medianMs)}, nine in ten within ${measuredWords(approval.p90Ms)}.`
        }
        table={{
          label: 'Decisions by how long they took',
          head: ['Took', 'Decisions'],
          numeric: [1],
          rows: approval.waits.map((count, index) => ({
            key: labels[index] ?? String(index),
            cells: [labels[index], count],
          })),
        }}
      >
        <ColumnPlot
          description="Decisions by how long they took."
          series={[{ name: 'Decisions', tone: 'info' }]}
          columns={approval.waits.map((count, index) => ({ label: labels[index] ?? '', values: [count] }))}
        />
      </Figure>
    </>
  );
}
