import { useState } from 'react';
import type { RecordingId } from '../../../contract/ids.ts';
import type { ReviewDecision } from '../../../contract/recording-review.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { ModalDialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';

interface LiftDialogProps {
  readonly recordingId: RecordingId;
  readonly decision: ReviewDecision;
  readonly onClose: () => void;
  readonly onLifted: () => void;
}

/** Asks why a flag or follow-up no longer stands. */
export function LiftDialog({ recordingId, decision, onClose, onLifted }: LiftDialogProps) {
  const { bridge, notices, recordings } = useServices();
  const { isBusy, run } = useAction();
  const [reason, setReason] = useState('');
  const isFlag = decision.decision === 'flagged';
  const lift = async () => {
    const changed = await run(() =>
      bridge.request('review.lift', { recordingId, lift: { decisionId: decision.id, reason } }),
    );
    if (changed === null) return;
    recordings.put(changed);
    notices.add(
      'info',
      `${isFlag ? 'The flag is lifted' : 'The follow-up is settled'}; the reason stands in the audit log.`,
    );
    onLifted();
    onClose();
  };
  return (
    <ModalDialog
      title={isFlag ? `Lift the flag of ${decision.by.name}` : `Settle the follow-up of ${decision.by.name}`}
      onClose={onClose}
    >
      <div className="stack">
        <blockquote className="break">{decision.note}</blockquote>
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          isMultiline
          autoFocus
          maxLength={2000}
          placeholder="What you found out, and from whom"
        />
        <div className="row">
          <Button
            tone="primary"
            isDisabled={reason.trim() === ''}
            isPending={isBusy}
            onPress={() => void lift()}
          >
            {isFlag ? 'Lift the flag' : 'Settle it'}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
