import type { Insights } from '../../contract/insights.ts';
import { ColumnPlot } from '../design/plots/column-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { dayLabel, measuredWords, requestSentence, waitLabels } from './insight-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** What was asked and decided, and how long people waited for that. */
export function RequestFigures({ facts }: { readonly facts: Insights }) {
  const { days, approval } = facts;
  const rest = (day: Insights['days'][number]) => Math.max(0, day.asked - day.approved - day.denied);
  const labels = waitLabels();
  const series = [
    { name: t.insights.approved, tone: 'accent' },
    { name: t.insights.denied, tone: 'danger' },
    { name: t.insights.undecided, tone: 'quiet' },
  ] as const;
  return (
    <>
      <Figure
        title={t.insights.requestsTitle}
        note={requestSentence(days)}
        legend={series}
        isWide
        table={{
          label: t.insights.requestsByDay,
          head: [t.insights.day, t.insights.asked, t.insights.approved, t.insights.denied, t.insights.other],
          numeric: [1, 2, 3, 4],
          rows: days.map(day => ({
            key: String(day.atMs),
            cells: [
              dayLabel(day.atMs),
              ...[day.asked, day.approved, day.denied, rest(day)].map(each => number(each)),
            ],
          })),
        }}
      >
        <ColumnPlot
          description={t.insights.requestsPlot(requestSentence(days))}
          series={series}
          columns={days.map(day => ({
            label: dayLabel(day.atMs),
            values: [day.approved, day.denied, rest(day)],
          }))}
        />
      </Figure>
      <Figure
        title={t.insights.timeToDecision}
        note={
          approval.decided === 0
            ? t.insights.nobodyDecided
            : t.insights.decidedWithin(
                approval.decided,
                measuredWords(approval.medianMs),
                measuredWords(approval.p90Ms),
              )
        }
        table={{
          label: t.insights.decisionsList,
          head: [t.insights.took, t.insights.decisions],
          numeric: [1],
          rows: approval.waits.map((count, index) => ({
            key: labels[index] ?? String(index),
            cells: [labels[index], number(count)],
          })),
        }}
      >
        <ColumnPlot
          description={t.insights.decisionsPlot}
          series={[{ name: t.insights.decisions, tone: 'info' }]}
          columns={approval.waits.map((count, index) => ({ label: labels[index] ?? '', values: [count] }))}
        />
      </Figure>
    </>
  );
}
