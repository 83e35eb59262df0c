import type { Insights } from '../../contract/insights.ts';
import { dateAndTime, plural } from '../app/duration-words.ts';
import { useHasRole } from '../app/services-context.tsx';
import { formatRoute } from '../app/router.ts';
import { BarList } from '../design/plots/bar-list.tsx';
import { DotPlot } from '../design/plots/dot-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { endCauseWords } from '../session/lock-words.ts';
import { ALERT_WORDS, measuredWords } from './insight-words.ts';

/** What the product promises: from the click to frozen input. */
const REVOCATION_LIMIT_MS = 1000;

/** What was raised, how sessions ended, what waits for a reviewer, and how fast access was taken away. */
export function OversightFigures({ facts }: { readonly facts: Insights }) {
  const { alerts, ended, reviews, revocations } = facts;
  const seesRecordings = useHasRole('reviewer');
  return (
    <>
      <section className="plot-figure" aria-labelledby="alerts-list">
        <h2 id="alerts-list">Alerts</h2>
        <BarList
          label="Alerts by rule"
          tone="warn"
          empty="No rule spoke."
          bars={alerts.map(({ rule, count }) => ({ name: ALERT_WORDS[rule], value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="ends-list">
        <h2 id="ends-list">How sessions ended</h2>
        <BarList
          label="Sessions by how they ended"
          tone="info"
          empty="No session has ended."
          bars={ended.map(({ cause, count }) => ({ name: endCauseWords(cause, false), value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="reviews-list">
        <h2 id="reviews-list">Reviews, as they stand</h2>
        <BarList
          label="Recordings by how their review stands"
          empty=""
          bars={[
            { name: 'Reviewed', value: reviews.reviewed },
            {
              name: 'Waiting',
              value: reviews.waiting,
              words: `${reviews.waiting}${reviews.overdue > 0 ? `, of which ${reviews.overdue} overdue` : ''}`,
            },
            { name: 'Flagged, or to follow up', value: reviews.raised },
          ]}
        />
        {seesRecordings && reviews.waiting > 0 && (
          <a className="small" href={formatRoute({ view: 'recordings' })}>
            Go to the recordings
          </a>
        )}
      </section>
      <RevocationFigure revocations={revocations} />
    </>
  );
}

function RevocationFigure({ revocations }: Pick<Insights, 'revocations'>) {
  const { revoked, measured, medianMs, p95Ms } = revocations;
  const note =
    measured.length === 0
      ? `${plural(revoked, 'revocation')}; no running session had to be frozen.`
      : `${plural(revoked, 'revocation')}, ${measured.length} of a running session: half of them frozen within ${measuredWords(medianMs)}, 19 in 20 within ${measuredWords(p95Ms)}.`;
  if (measured.length === 0) {
    return (
      <section className="plot-figure" aria-labelledby="revocation-times">
        <h2 id="revocation-times">Revoked to frozen</h2>
        <p className="muted">{note}</p>
      </section>
    );
  }
  return (
    <Figure
      title="Revoked to frozen"
      note={note}
      table={{
        label: 'Revocations of running sessions',
        head: ['When', 'Input frozen after'],
        numeric: [1],
        rows: measured.map(({ atMs, ms }, index) => ({
          key: `${atMs}-${index}`,
          cells: [dateAndTime(atMs), measuredWords(ms)],
        })),
      }}
    >
      <DotPlot
        description={`From the click to frozen input. ${note}`}
        unit="ms"
        limit={{ value: REVOCATION_LIMIT_MS, name: 'one second' }}
        dots={measured.map(({ atMs, ms }, index) => ({ key: `${atMs}-${index}`, value: ms }))}
      />
    </Figure>
  );
}
