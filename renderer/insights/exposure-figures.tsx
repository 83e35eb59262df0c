import type { Insights } from '../../contract/insights.ts';
import { plural } from '../app/duration-words.ts';
import { entityName } from '../app/entity-words.ts';
import { EnvironmentBadge } from '../design/badge.tsx';
import { DataTable } from '../design/data-table.tsx';
import { BarList } from '../design/plots/bar-list.tsx';
import { ColumnPlot } from '../design/plots/column-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { accessWords, dayLabel } from './insight-words.ts';

const SESSIONS_NAMES = ['Sessions', 'Time under access', 'Masked'] as const;

/** Where people worked, for how long, and what was masked there. */
export function ExposureFigures({ facts }: { readonly facts: Insights }) {
  const { days, masked, targets, teams } = facts;
  const total = masked.reduce((sum, { count }) => sum + count, 0);
  const note = `${plural(total, 'value')} masked in ${plural(days.length, 'day')}.`;
  return (
    <>
      <Figure
        title="Values masked"
        note={note}
        table={{
          label: 'Sessions and masked values by day',
          head: ['Day', 'Sessions', 'Masked'],
          numeric: [1, 2],
          rows: days.map(day => ({
            key: String(day.atMs),
            cells: [dayLabel(day.atMs), day.sessions, day.masked.toLocaleString('en-GB')],
          })),
        }}
      >
        <ColumnPlot
          description={`Masked values by day. ${note}`}
          series={[{ name: 'Masked', tone: 'mask' }]}
          columns={days.map(day => ({ label: dayLabel(day.atMs), values: [day.masked] }))}
        />
      </Figure>
      <section className="plot-figure" aria-labelledby="masked-types">
        <h2 id="masked-types">Masked by type</h2>
        <BarList
          label="Masked values by type"
          tone="mask"
          empty="Nothing was masked."
          bars={masked.map(({ entity, count }) => ({ name: sentence(entityName(entity, 2)), value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="by-target">
        <h2 id="by-target">Time under access</h2>
        <BarList
          label="Time under access by target"
          empty="No session was opened."
          bars={targets.map(({ name, accessMs }) => ({
            name,
            value: accessMs,
            words: accessWords(accessMs),
          }))}
        />
      </section>
      <section className="plot-figure" data-wide="true" aria-labelledby="targets-table">
        <h2 id="targets-table">By target</h2>
        <DataTable
          label="Sessions by target"
          head={['Target', 'Environment', ...SESSIONS_NAMES, 'Alerts']}
          numeric={[2, 3, 4, 5]}
          rows={targets.map(target => ({
            key: target.id,
            cells: [
              target.name,
              <EnvironmentBadge key="environment" environment={target.environment} />,
              target.sessions,
              accessWords(target.accessMs),
              target.masked.toLocaleString('en-GB'),
              target.alerts,
            ],
          }))}
        />
      </section>
      {teams.length > 0 && (
        <section className="plot-figure" data-wide="true" aria-labelledby="teams-table">
          <h2 id="teams-table">By team</h2>
          <p className="small muted">
            Groups of your identity provider; whoever is in several counts in each.
          </p>
          <DataTable
            label="Sessions by team"
            head={['Team', ...SESSIONS_NAMES]}
            numeric={[1, 2, 3]}
            rows={teams.map(team => ({
              key: team.name,
              cells: [
                team.name,
                team.sessions,
                accessWords(team.accessMs),
                team.masked.toLocaleString('en-GB'),
              ],
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
