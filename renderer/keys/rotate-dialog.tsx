import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';

interface RotateDialogProps {
  readonly needsPassphrase: boolean;
  readonly onClose: () => void;
  readonly onRotated: () => void;
}

/** Makes a new key above the older ones, which go on opening what was sealed to them. */
export function RotateDialog({ needsPassphrase, onClose, onRotated }: RotateDialogProps) {
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [passphrase, setPassphrase] = useState('');
  const rotate = async () => {
    const rotated = await run(() =>
      bridge.request('identity.rotate', { passphrase: needsPassphrase ? passphrase : null }),
    );
    setPassphrase('');
    if (rotated === null) return;
    notices.add('info', 'A new key is made. Publish it, so that new recordings are sealed to it.');
    onRotated();
    onClose();
  };
  return (
    <ModalDialog title="Rotate your key" onClose={onClose} widthRem={30}>
      <div className="stack">
        <p>
          A new key is made. The older ones stay with it, because older recordings need them. Publish the new
          one afterwards, and retire the older one.
        </p>
        {needsPassphrase && (
          <TextField
            label="Passphrase of your key"
            type="password"
            value={passphrase}
            onChange={setPassphrase}
            hint="It guards the new key as well."
            autoFocus
          />
        )}
        <div className="row">
          <Button
            tone="primary"
            isDisabled={needsPassphrase && passphrase === ''}
            isPending={isBusy}
            onPress={() => void rotate()}
          >
            {isBusy ? 'Rotating…' : 'Rotate'}
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
