import { useState } from 'react';
import type { TargetSummary } from '../../contract/server-api.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Switch, TextField } from '../design/field.tsx';
import { t } from '../texts/t.ts';

interface DisableTargetDialogProps {
  readonly target: TargetSummary;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Disables a target, or enables it again, and asks why. */
export function DisableTargetDialog({ target, onClose, onChanged }: DisableTargetDialogProps) {
  const { bridge } = useServices();
  const { isBusy, run } = useAction();
  const [reason, setReason] = useState('');
  const [revokesGrants, setRevokesGrants] = useState(false);
  const isDisabled = target.disabled === undefined;
  const title = isDisabled ? t.admin.disableTarget(target.name) : t.admin.enableTarget(target.name);
  const change = async () => {
    const changed = await run(() =>
      bridge.request('targets.disable', {
        targetId: target.id,
        isDisabled,
        reason: reason.trim(),
        revokesGrants: isDisabled && revokesGrants,
      }),
    );
    if (changed === null) return;
    onChanged();
    onClose();
  };
  return (
    <ModalDialog title={title} onClose={onClose} role="alertdialog" widthRem={30}>
      <div className="stack">
        <p>{isDisabled ? t.admin.disableTargetMeans : t.admin.enableTargetMeans}</p>
        <TextField
          label={t.common.reason}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          placeholder={isDisabled ? t.admin.disableTargetReason : t.admin.enableTargetReason}
          autoFocus
        />
        {isDisabled && (
          <Switch isSelected={revokesGrants} onChange={setRevokesGrants}>
            {t.admin.revokeToo}
          </Switch>
        )}
        <div className="row">
          <Button
            tone={isDisabled ? 'danger' : 'primary'}
            isDisabled={reason.trim() === ''}
            isPending={isBusy}
            onPress={() => void change()}
          >
            {title}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
