import { useState } from 'react';
import type { ReviewDecision } from '../../../contract/recording-review.ts';
import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { useAccount } from '../../app/services-context.tsx';
import { Button } from '../../design/button.tsx';
import { LiftDialog } from './lift-dialog.tsx';
import { decisionWords } from './review-words.ts';
import { t } from '../../texts/t.ts';

interface DecisionHistoryProps {
  readonly summary: RecordingSummary;
  readonly decisions: readonly ReviewDecision[];
  readonly onLifted: () => void;
}

/** Every decision, oldest first; what stands can be settled by who may. */
export function DecisionHistory({ summary, decisions, onLifted }: DecisionHistoryProps) {
  const account = useAccount();
  const [lifting, setLifting] = useState<ReviewDecision | null>(null);
  const isOperator = summary.session.operator.id === account.id;
  return (
    <>
      <ol className="decision-history" aria-label={t.decisions.soFar}>
        {decisions.map(decision => (
          <li key={decision.id} data-standing={decision.isStanding}>
            <p>
              <strong>{decision.by.name}</strong> {decisionWords(decision, decisions)}
            </p>
            {decision.note !== '' && <p className="break">{decision.note}</p>}
            <p className="small muted">
              {dateAndTime(decision.atMs)}
              {decision.isStanding && ` · ${t.decisions.stands}`}
            </p>
            {decision.isStanding && <Settle {...{ decision, isOperator }} onPress={setLifting} />}
          </li>
        ))}
      </ol>
      {lifting !== null && (
        <LiftDialog
          recordingId={summary.id}
          decision={lifting}
          onClose={() => setLifting(null)}
          onLifted={onLifted}
        />
      )}
    </>
  );
}

interface SettleProps {
  readonly decision: ReviewDecision;
  readonly isOperator: boolean;
  readonly onPress: (decision: ReviewDecision) => void;
}

function Settle({ decision, isOperator, onPress }: SettleProps) {
  const account = useAccount();
  const isFlag = decision.decision === 'flagged';
  if (isOperator) return null;
  if (isFlag && decision.by.id === account.id) return <p className="small muted">{t.decisions.ownFlag}</p>;
  return (
    <Button onPress={() => onPress(decision)}>
      {isFlag ? t.decisions.liftFlagOf(decision.by.name) : t.decisions.settle}
    </Button>
  );
}
