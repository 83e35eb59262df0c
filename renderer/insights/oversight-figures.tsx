import type { Insights } from '../../contract/insights.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useHasRole } from '../app/services-context.tsx';
import { formatRoute } from '../app/router.ts';
import { BarList } from '../design/plots/bar-list.tsx';
import { DotPlot } from '../design/plots/dot-plot.tsx';
import { Figure } from '../design/plots/figure.tsx';
import { endCauseWords } from '../session/lock-words.ts';
import { measuredWords } from './insight-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** What the product promises: from the click to frozen input. */
const REVOCATION_LIMIT_MS = 1000;

/** What was raised, how sessions ended, what waits for a reviewer, and how fast access was taken away. */
export function OversightFigures({ facts }: { readonly facts: Insights }) {
  const { alerts, ended, reviews, revocations } = facts;
  const seesRecordings = useHasRole('reviewer');
  return (
    <>
      <section className="plot-figure" aria-labelledby="alerts-list">
        <h2 id="alerts-list">{t.insights.alerts}</h2>
        <BarList
          label={t.insights.alertsByRule}
          tone="warn"
          empty={t.insights.noAlert}
          bars={alerts.map(({ rule, count }) => ({ name: t.alertRules[rule], value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="ends-list">
        <h2 id="ends-list">{t.insights.ends}</h2>
        <BarList
          label={t.insights.endsList}
          tone="info"
          empty={t.insights.noEnd}
          bars={ended.map(({ cause, count }) => ({ name: endCauseWords(cause, false), value: count }))}
        />
      </section>
      <section className="plot-figure" aria-labelledby="reviews-list">
        <h2 id="reviews-list">{t.insights.reviews}</h2>
        <BarList
          label={t.insights.reviewsList}
          empty=""
          bars={[
            { name: t.insights.reviewed, value: reviews.reviewed },
            {
              name: t.insights.waiting,
              value: reviews.waiting,
              words:
                reviews.overdue > 0
                  ? t.insights.waitingOverdue(number(reviews.waiting), number(reviews.overdue))
                  : number(reviews.waiting),
            },
            { name: t.insights.raised, value: reviews.raised },
          ]}
        />
        {seesRecordings && reviews.waiting > 0 && (
          <a className="small" href={formatRoute({ view: 'recordings' })}>
            {t.insights.toRecordings}
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
      ? t.insights.noneFrozen(revoked)
      : t.insights.frozenWithin(revoked, measured.length, measuredWords(medianMs), measuredWords(p95Ms));
  if (measured.length === 0) {
    return (
      <section className="plot-figure" aria-labelledby="revocation-times">
        <h2 id="revocation-times">{t.insights.revokedToFrozen}</h2>
        <p className="muted">{note}</p>
      </section>
    );
  }
  return (
    <Figure
      title={t.insights.revokedToFrozen}
      note={note}
      table={{
        label: t.insights.revocationsList,
        head: [t.insights.when, t.insights.frozenAfter],
        numeric: [1],
        rows: measured.map(({ atMs, ms }, index) => ({
          key: `${atMs}-${index}`,
          cells: [dateAndTime(atMs), measuredWords(ms)],
        })),
      }}
    >
      <DotPlot
        description={t.insights.frozenPlot(note)}
        unit="ms"
        limit={{ value: REVOCATION_LIMIT_MS, name: t.insights.oneSecond }}
        dots={measured.map(({ atMs, ms }, index) => ({ key: `${atMs}-${index}`, value: ms }))}
      />
    </Figure>
  );
}
