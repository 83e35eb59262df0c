import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { t } from '../texts/t.ts';

interface UnlockDialogProps {
  readonly onClose: () => void;
  readonly onUnlocked: () => void;
}

/** Takes the passphrase of the key on this machine; main keeps it unlocked until the program ends. */
export function UnlockDialog({ onClose, onUnlocked }: UnlockDialogProps) {
  const { bridge } = useServices();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const unlock = async () => {
    setBusy(true);
    const outcome = await bridge.request('identity.unlock', { passphrase });
    setBusy(false);
    setPassphrase('');
    if (!outcome.ok) return setProblem(outcome.error.message);
    onUnlocked();
    onClose();
  };
  return (
    <ModalDialog title={t.keys.unlockTitle} onClose={onClose} widthRem={28}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault();
          if (!isBusy) void unlock();
        }}
        noValidate
      >
        <TextField
          label={t.keys.yourPassphrase}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          error={problem}
          hint={t.keys.unlockHint}
          autoFocus
          isRequired
        />
        <div className="row">
          <Button type="submit" tone="primary" isDisabled={passphrase === ''} isPending={isBusy}>
            {isBusy ? t.keys.unlocking : t.keys.unlock}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </form>
    </ModalDialog>
  );
}
