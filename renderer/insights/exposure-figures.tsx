import type { Insights } from '../../contract/insights.ts';
import { entityName } from '../app/entity-words.ts';
import { EnvironmentBadge } from '../design/badge.tsx';
import { DataTable } from '../design/data-table.tsx';
import { BarList } from '../design/plots/bar-list.tsx';
import { ColumnPlot } from '../design/plots/column-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { accessWords, dayLabel } from './insight-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** Where people worked, for how long, and what was masked there. */
export function ExposureFigures({ facts }: { readonly facts: Insights }) {
  const { days, masked, targets, teams } = facts;
  const total = masked.reduce((sum, { count }) => sum + count, 0);
  const note = t.insights.maskedNote(total, days.length);
  const measures = [t.insights.sessions, t.insights.accessTime, t.insights.masked];
  return (
    <>
      <Figure
        title={t.insights.valuesMasked}
        note={note}
        table={{
          label: t.insights.maskedByDay,
          head: [t.insights.day, t.insights.sessions, t.insights.masked],
          numeric: [1, 2],
          rows: days.map(day => ({
            key: String(day.atMs),
            cells: [dayLabel(day.atMs), number(day.sessions), number(day.masked)],
          })),
        }}
      >
        <ColumnPlot
          description={t.insights.maskedPlot(note)}
          series={[{ name: t.insights.masked, tone: 'mask' }]}
          columns={days.map(day => ({ label: dayLabel(day.atMs), values: [day.masked] }))}
        />
      </Figure>
      <section className="plot-figure" aria-labelledby="masked-types">
        <h2 id="masked-types">{t.insights.byType}</h2>
        <BarList
          label={t.insights.byTypeList}
          tone="mask"
          empty={t.insights.nothingMasked}
          bars={masked.map(({ entity, count }) => ({ name: sentence(entityName(entity, 2)), value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="by-target">
        <h2 id="by-target">{t.insights.accessTime}</h2>
        <BarList
          label={t.insights.accessByTarget}
          empty={t.insights.noSession}
          bars={targets.map(({ name, accessMs }) => ({
            name,
            value: accessMs,
            words: accessWords(accessMs),
          }))}
        />
      </section>
      <section className="plot-figure" data-wide="true" aria-labelledby="targets-table">
        <h2 id="targets-table">{t.insights.byTarget}</h2>
        <DataTable
          label={t.insights.sessionsByTarget}
          head={[t.insights.target, t.insights.environment, ...measures, t.insights.alerts]}
          numeric={[2, 3, 4, 5]}
          rows={targets.map(target => ({
            key: target.id,
            cells: [
              target.name,
              <EnvironmentBadge key="environment" environment={target.environment} />,
              number(target.sessions),
              accessWords(target.accessMs),
              number(target.masked),
              number(target.alerts),
            ],
          }))}
        />
      </section>
      {teams.length > 0 && (
        <section className="plot-figure" data-wide="true" aria-labelledby="teams-table">
          <h2 id="teams-table">{t.insights.byTeam}</h2>
          <p className="small muted">{t.insights.teamMeans}</p>
          <DataTable
            label={t.insights.sessionsByTeam}
            head={[t.insights.team, ...measures]}
            numeric={[1, 2, 3]}
            rows={teams.map(team => ({
              key: team.name,
              cells: [team.name, number(team.sessions), accessWords(team.accessMs), number(team.masked)],
            }))}
          />
        </section>
      )}
    </>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
