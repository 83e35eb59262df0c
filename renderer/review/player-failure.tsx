import { TriangleAlert } from 'lucide-react';
import type { Failure } from '../../contract/errors.ts';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { formatRoute } from '../app/router.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Button } from '../design/button.tsx';
import { StateNote } from '../design/state-note.tsx';
import { failureWords } from './failure-words.ts';
import { KeepingPanel } from './keeping/keeping-panel.tsx';
import { t } from '../texts/t.ts';

interface PlayerFailureProps {
  readonly failure: Failure | null;
  readonly summary: RecordingSummary | null;
  readonly onRetry: () => void;
}

/** A recording that cannot be opened: why, what to do, and what can be done without seeing it. */
export function PlayerFailure({ failure, summary, onRetry }: PlayerFailureProps) {
  const { title, advice, isPassing } = failureWords(failure?.code ?? null);
  useServerReturn(() => {
    if (isPassing) onRetry();
  });
  return (
    <div className="unlock stack">
      <StateNote
        title={title}
        icon={TriangleAlert}
        tone="danger"
        action={
          <div className="row">
            <Button tone={isPassing ? 'primary' : 'plain'} onPress={onRetry}>
              {t.common.retry}
            </Button>
            <a className="button" href={formatRoute({ view: 'recordings' })}>
              {t.review.all}
            </a>
          </div>
        }
      >
        <p>{failure?.message}</p>
        <p>{advice}</p>
      </StateNote>
      {summary !== null && <KeepingPanel summary={summary} />}
    </div>
  );
}
