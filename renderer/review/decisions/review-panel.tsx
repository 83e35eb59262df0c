import type { Loadable } from '../../app/loadable.ts';
import { useAccount, useServerNow } from '../../app/services-context.tsx';
import { Loaded } from '../../design/state-note.tsx';
import { CoverageList } from '../watched/coverage-list.tsx';
import { DecisionForm } from './decision-form.tsx';
import { DecisionHistory } from './decision-history.tsx';
import { ReviewBadge } from './review-badge.tsx';
import type { ReviewAnswer } from './use-review.ts';
import { t } from '../../texts/t.ts';
import './decisions.css';

interface ReviewPanelProps {
  readonly review: Loadable<ReviewAnswer>;
  readonly durationMs: number;
  readonly onReload: () => void;
}

const MINUTE_MS = 60_000;

/** What was decided on a recording, how much of it was seen by whom, and the reviewer's own decision. */
export function ReviewPanel({ review, durationMs, onReload }: ReviewPanelProps) {
  const account = useAccount();
  const nowMs = useServerNow(MINUTE_MS);
  return (
    <section className="review-panel stack" aria-labelledby="review-panel">
      <h2 id="review-panel">{t.decisions.decision}</h2>
      <Loaded of={review} what={t.decisions.them} onRetry={onReload}>
        {({ summary, decisions, coverage }) => (
          <>
            <p className="row">
              <ReviewBadge review={summary.review} nowMs={nowMs} />
            </p>
            {decisions.length > 0 && (
              <DecisionHistory summary={summary} decisions={decisions} onLifted={onReload} />
            )}
            <CoverageList coverage={coverage} durationMs={durationMs} ownId={account.id} />
            {summary.session.operator.id === account.id ? (
              <p className="small muted">{t.decisions.ownSession}</p>
            ) : (
              <DecisionForm summary={summary} onSaved={onReload} />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
