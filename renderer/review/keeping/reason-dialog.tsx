import type { ReactNode } from 'react';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ModalDialog } from '../../design/dialog.tsx';
import { Switch, TextField } from '../../design/field.tsx';
import { t } from '../../texts/t.ts';

interface ReasonDialogProps {
  readonly title: string;
  readonly action: string;
  readonly placeholder: string;
  readonly isBusy: boolean;
  /** what cannot be undone, to be confirmed by a switch of its own */
  readonly confirmation?: string;
  readonly children: ReactNode;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why, before something that stands in the audit log; and whether one is sure, where there is no way back. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, action, placeholder, isBusy, confirmation, children, onReason, onClose } = props;
  const [reason, setReason] = useState('');
  const [isSure, setSure] = useState(confirmation === undefined);
  return (
    <ModalDialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
        <TextField
          label={t.common.reason}
          value={reason}
          onChange={setReason}
          isMultiline
          autoFocus
          maxLength={1000}
          placeholder={placeholder}
        />
        {confirmation !== undefined && (
          <Switch isSelected={isSure} onChange={setSure}>
            {confirmation}
          </Switch>
        )}
        <div className="row">
          <Button
            tone={confirmation === undefined ? 'primary' : 'danger'}
            isDisabled={reason.trim() === '' || !isSure}
            isPending={isBusy}
            onPress={() => onReason(reason.trim())}
          >
            {action}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
