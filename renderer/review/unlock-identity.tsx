import { KeyRound } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { formatRoute } from '../app/router.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { StateNote } from '../design/state-note.tsx';

interface UnlockIdentityProps {
  /** the public half of the key on this machine; null where there is none */
  readonly recipient: string | null;
  readonly needsPassphrase: boolean;
  readonly onUnlocked: () => void;
}

/** The reviewer's key opens recordings; it stays in main and is only unlocked from here. */
export function UnlockIdentity({ recipient, needsPassphrase, onUnlocked }: UnlockIdentityProps) {
  const { bridge } = useServices();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  if (recipient === null) {
    return (
      <StateNote title="This machine holds no reviewer’s key" icon={KeyRound}>
        Recordings are encrypted for reviewers. <a href={formatRoute({ view: 'keys' })}>Make your key</a> and
        publish it; a reviewer who can open this recording then shares it with you.
      </StateNote>
    );
  }
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setBusy(true);
    const outcome = await bridge.request('identity.unlock', { passphrase });
    setBusy(false);
    setPassphrase('');
    if (outcome.ok && outcome.value.isUnlocked) onUnlocked();
    else setProblem(outcome.ok ? 'The passphrase did not open the key. Try again.' : outcome.error.message);
  };
  return (
    <form className="unlock stack" onSubmit={event => void submit(event)} noValidate>
      <h1>Unlock your reviewer’s key</h1>
      <p>
        Recordings are encrypted for you as <code className="break">{recipient}</code>. The key is unlocked
        until you close Sallyport, and never enters this window.
      </p>
      {needsPassphrase && (
        <TextField
          label="Passphrase"
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          error={problem}
          autoFocus
          isRequired
        />
      )}
      {!needsPassphrase && problem !== null && <p role="alert">{problem}</p>}
      <div className="row">
        <Button type="submit" tone="primary" icon={KeyRound} isPending={isBusy}>
          {isBusy ? 'Unlocking…' : 'Unlock'}
        </Button>
      </div>
    </form>
  );
}
