import { useState } from 'react';
import type { RecordingSummary, ReviewInput } from '../../../contract/server-api.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { Segments } from '../../design/choice.tsx';
import { TextField } from '../../design/field.tsx';
import { t } from '../../texts/t.ts';

type Decision = ReviewInput['decision'];

const DECISIONS: readonly Decision[] = ['reviewed', 'flagged', 'follow-up'];

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
    notices.add('info', t.decisions.saved);
    setDecision(null);
    setNote('');
    setTried(false);
    onSaved();
  };
  return (
    <div className="stack">
      <Segments
        label={t.decisions.decision}
        choices={DECISIONS.map(id => ({ id, label: t.decisionNames[id] }))}
        selected={decision}
        onSelect={setDecision}
      />
      {decision !== null && <p className="small muted">{t.decisionMeanings[decision]}</p>}
      <TextField
        label={decision === null || decision === 'reviewed' ? t.decisions.note : t.common.reason}
        value={note}
        onChange={setNote}
        isMultiline
        maxLength={2000}
        error={isTried && isReasonMissing ? t.decisions.reasonMissing : null}
        placeholder={t.decisions.notePlaceholder}
      />
      <div className="row">
        <Button
          tone="primary"
          isDisabled={decision === null || (isRunning && decision === 'reviewed')}
          isPending={isBusy}
          onPress={() => void save()}
        >
          {isBusy ? t.decisions.saving : t.decisions.save}
        </Button>
        {isRunning && <span className="small muted">{t.decisions.stillRunning}</span>}
      </div>
    </div>
  );
}
