import { useState } from 'react';
import type { RecordingId } from '../../../contract/ids.ts';
import type { ReviewDecision } from '../../../contract/recording-review.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { ModalDialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';
import { t } from '../../texts/t.ts';

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
    notices.add('info', isFlag ? t.decisions.flagLifted : t.decisions.followUpSettled);
    onLifted();
    onClose();
  };
  return (
    <ModalDialog
      title={isFlag ? t.decisions.liftFlagOf(decision.by.name) : t.decisions.settleOf(decision.by.name)}
      onClose={onClose}
    >
      <div className="stack">
        <blockquote className="break">{decision.note}</blockquote>
        <TextField
          label={t.common.reason}
          value={reason}
          onChange={setReason}
          isMultiline
          autoFocus
          maxLength={2000}
          placeholder={t.decisions.liftPlaceholder}
        />
        <div className="row">
          <Button
            tone="primary"
            isDisabled={reason.trim() === ''}
            isPending={isBusy}
            onPress={() => void lift()}
          >
            {isFlag ? t.decisions.liftFlag : t.decisions.settleIt}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
