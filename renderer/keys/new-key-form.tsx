import { KeyRound } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { PASSPHRASE_MIN_CHARS } from '../../contract/keys.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { t } from '../texts/t.ts';

interface NewKeyFormProps {
  /** whether the shell guards the key without a passphrase */
  readonly hasKeychain: boolean;
  readonly onMade: () => void;
}

/** Makes the reviewer's key on a machine that has none. */
export function NewKeyForm({ hasKeychain, onMade }: NewKeyFormProps) {
  const { bridge } = useServices();
  const { isBusy, run } = useAction();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [problems, setProblems] = useState<{ passphrase: string | null; again: string | null }>(FINE);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = hasKeychain ? FINE : problemsOf(passphrase, again);
    setProblems(found);
    if (found.passphrase !== null || found.again !== null || isBusy) return;
    const made = await run(() =>
      bridge.request('identity.create', { passphrase: hasKeychain ? null : passphrase }),
    );
    setPassphrase('');
    setAgain('');
    if (made !== null) onMade();
  };
  return (
    <form className="key-card" onSubmit={event => void submit(event)} noValidate>
      <h3>{t.keys.makeTitle}</h3>
      <p>
        {t.keys.makeMeans} {hasKeychain ? t.keys.guardedByKeychain : t.keys.guardedByPassphrase}
      </p>
      {!hasKeychain && (
        <div className="key-fields">
          <TextField
            label={t.keys.passphrase}
            type="password"
            value={passphrase}
            onChange={setPassphrase}
            error={problems.passphrase}
            hint={t.keys.passphraseHint(PASSPHRASE_MIN_CHARS)}
            isRequired
          />
          <TextField
            label={t.keys.again}
            type="password"
            value={again}
            onChange={setAgain}
            error={problems.again}
            isRequired
          />
        </div>
      )}
      <div className="row">
        <Button type="submit" tone="primary" icon={KeyRound} isPending={isBusy}>
          {isBusy ? t.keys.making : t.keys.make}
        </Button>
      </div>
    </form>
  );
}

const FINE = { passphrase: null, again: null };

function problemsOf(passphrase: string, again: string) {
  if (passphrase.length < PASSPHRASE_MIN_CHARS)
    return { passphrase: t.keys.tooShort(PASSPHRASE_MIN_CHARS), again: null };
  return { passphrase: null, again: passphrase === again ? null : t.keys.notSame };
}
