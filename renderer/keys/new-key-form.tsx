import { KeyRound } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { PASSPHRASE_MIN_CHARS } from '../../contract/keys.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';

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
      <h3>Make your key</h3>
      <p>
        Recordings are encrypted for reviewers. Yours are opened on this machine, with a key that is made here
        and never leaves it.{' '}
        {hasKeychain
          ? 'The system’s keychain guards it.'
          : 'A passphrase guards it: nobody can recover or reset it for you.'}
      </p>
      {!hasKeychain && (
        <div className="key-fields">
          <TextField
            label="Passphrase"
            type="password"
            value={passphrase}
            onChange={setPassphrase}
            error={problems.passphrase}
            hint={`At least ${PASSPHRASE_MIN_CHARS} characters; four words are good.`}
            isRequired
          />
          <TextField
            label="Once more"
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
          {isBusy ? 'Making the key…' : 'Make the key'}
        </Button>
      </div>
    </form>
  );
}

const FINE = { passphrase: null, again: null };

function problemsOf(passphrase: string, again: string) {
  if (passphrase.length < PASSPHRASE_MIN_CHARS)
    return { passphrase: `At least ${PASSPHRASE_MIN_CHARS} characters.`, again: null };
  return { passphrase: null, again: passphrase === again ? null : 'The two are not the same.' };
}
