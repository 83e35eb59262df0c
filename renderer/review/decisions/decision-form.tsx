import { useState } from 'react';
import type { RecordingSummary, ReviewInput } from '../../../contract/server-api.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { Segments } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';

type Decision = ReviewInput['decision'];

const DECISIONS: readonly { readonly id: Decision; readonly label: string }[] = [
  { id: 'reviewed', label: 'Reviewed' },
  { id: 'flagged', label: 'Flagged' },
  { id: 'follow-up', label: 'Follow-up' },
];
const MEANING: Readonly<Record<Decision, string>> = {
  reviewed: 'You saw it, and it is in order.',
  flagged: 'Something is wrong. It stands until another reviewer lifts it.',
  'follow-up': 'Somebody has to ask or do something. It stands until it is settled.',
};

interface DecisionFormProps {
  readonly summary: RecordingSummary;
  readonly onSaved: () => void;
}

/** The reviewer's decision; it is written to the audit log with its note. */
export function DecisionForm({ summary, onSaved }: DecisionFormProps) {
  const { bridge, notices, recordings } = useServices();
  const { isBusy, run } = useAction();
  const [decision, setDecision] = useState<Decision | null>(null);
  const [note, setNote] = useState('');
  const [isTried, setTried] = useState(false);
  const isRunning = summary.state === 'running';
  const isReasonMissing = decision !== null && decision !== 'reviewed' && note.trim() === '';
  const save = async () => {
    setTried(true);
    if (decision === null || isReasonMissing) return;
    const changed = await run(() =>
      bridge.request('recordings.review', { recordingId: summary.id, review: { decision, note } }),
    );
    if (changed === null) return;
    recordings.put(changed);
    notices.add('info', 'The decision is saved and stands in the audit log.');
    setDecision(null);
    setNote('');
    setTried(false);
    onSaved();
  };
  return (
    <div className="stack">
      <Segments label="Decision" choices={DECISIONS} selected={decision} onSelect={setDecision} />
      {decision !== null && <p className="small muted">{MEANING[decision]}</p>}
      <TextField
        label={decision === null || decision === 'reviewed' ? 'Note' : 'Reason'}
        value={note}
        onChange={setNote}
        isMultiline
        maxLength={2000}
        error={isTried && isReasonMissing ? 'Say what you saw: without a reason nobody can act on it.' : null}
        placeholder="What you saw, for whoever reads this next"
      />
      <div className="row">
        <Button
          tone="primary"
          isDisabled={decision === null || (isRunning && decision === 'reviewed')}
          isPending={isBusy}
          onPress={() => void save()}
        >
          {isBusy ? 'Saving…' : 'Save decision'}
        </Button>
        {isRunning && (
          <span className="small muted">
            The session is still running: it can be flagged now, and reviewed at its end.
          </span>
        )}
      </div>
    </div>
  );
}
