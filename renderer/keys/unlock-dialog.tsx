import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';

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
    <ModalDialog title="Unlock your key" onClose={onClose} widthRem={28}>
      <form
        className="stack"
        onSubmit={event => {
          event.preventDefault();
          if (!isBusy) void unlock();
        }}
        noValidate
      >
        <TextField
          label="Passphrase of your key"
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          error={problem}
          hint="Until you close Sallyport; it never stays in this window."
          autoFocus
          isRequired
        />
        <div className="row">
          <Button type="submit" tone="primary" isDisabled={passphrase === ''} isPending={isBusy}>
            {isBusy ? 'Unlocking…' : 'Unlock'}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </form>
    </ModalDialog>
  );
}
