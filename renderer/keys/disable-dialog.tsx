import { useState } from 'react';
import type { AccountRecord } from '../../contract/server-administration.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { t } from '../texts/t.ts';

interface DisableDialogProps {
  readonly account: AccountRecord;
  readonly onClose: () => void;
  readonly onDisabled: () => void;
}

/** Says what ends with an account, and asks why. */
export function DisableDialog({ account, onClose, onDisabled }: DisableDialogProps) {
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [reason, setReason] = useState('');
  const disable = async () => {
    const disabled = await run(() =>
      bridge.request('accounts.disable', { accountId: account.id, reason: reason.trim() }),
    );
    if (disabled === null) return;
    notices.add(
      'info',
      t.keys.disabled(account.name, disabled.devices, disabled.sessions, disabled.retired.length),
    );
    onDisabled();
    onClose();
  };
  return (
    <ModalDialog title={t.keys.disable(account.name)} onClose={onClose} role="alertdialog" widthRem={30}>
      <div className="stack">
        <p>{t.keys.disableMeans}</p>
        <TextField
          label={t.common.reason}
          value={reason}
          onChange={setReason}
          maxLength={1000}
          placeholder={t.keys.disableReason}
          autoFocus
        />
        <div className="row">
          <Button
            tone="danger"
            isDisabled={reason.trim() === ''}
            isPending={isBusy}
            onPress={() => void disable()}
          >
            {t.keys.disable(account.name)}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
