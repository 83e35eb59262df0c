import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { t } from '../texts/t.ts';

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
    notices.add('info', t.keys.rotated);
    onRotated();
    onClose();
  };
  return (
    <ModalDialog title={t.keys.rotateTitle} onClose={onClose} widthRem={30}>
      <div className="stack">
        <p>{t.keys.rotateMeans}</p>
        {needsPassphrase && (
          <TextField
            label={t.keys.yourPassphrase}
            type="password"
            value={passphrase}
            onChange={setPassphrase}
            hint={t.keys.guardsNew}
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
            {isBusy ? t.keys.rotating : t.keys.rotate}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
