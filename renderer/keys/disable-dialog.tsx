import { useState } from 'react';
import type { AccountRecord } from '../../contract/server-administration.ts';
import { plural } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';

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
      `${account.name} is disabled: ${plural(disabled.devices, 'device')} revoked, ${plural(disabled.sessions, 'running session')} ended, ${plural(disabled.retired.length, 'key')} retired.`,
    );
    onDisabled();
    onClose();
  };
  return (
    <ModalDialog title={`Disable ${account.name}`} onClose={onClose} role="alertdialog" widthRem={30}>
      <div className="stack">
        <p>
          At once and for good: every device is revoked with its grants, running sessions end, keys are
          retired, and places in groups are gone. What they have fetched already stays with them.
        </p>
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          maxLength={1000}
          placeholder="For whoever reads the audit log"
          autoFocus
        />
        <div className="row">
          <Button
            tone="danger"
            isDisabled={reason.trim() === ''}
            isPending={isBusy}
            onPress={() => void disable()}
          >
            Disable {account.name}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
