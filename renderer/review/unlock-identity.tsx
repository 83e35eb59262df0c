import { KeyRound } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { useServices } from '../app/services-context.tsx';
import { formatRoute } from '../app/router.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/field.tsx';
import { StateNote } from '../design/state-note.tsx';
import { t } from '../texts/t.ts';

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
      <StateNote title={t.review.noKey} icon={KeyRound}>
        {t.review.noKeyMeans(<a href={formatRoute({ view: 'keys' })}>{t.review.makeYourKey}</a>)}
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
    else setProblem(outcome.ok ? t.review.wrongPassphrase : outcome.error.message);
  };
  return (
    <form className="unlock stack" onSubmit={event => void submit(event)} noValidate>
      <h1>{t.review.unlockTitle}</h1>
      <p>{t.review.unlockMeans(<code className="break">{recipient}</code>)}</p>
      {needsPassphrase && (
        <TextField
          label={t.keys.passphrase}
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
          {isBusy ? t.keys.unlocking : t.keys.unlock}
        </Button>
      </div>
    </form>
  );
}
