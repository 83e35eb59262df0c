import { KeyRound, LockOpen, RotateCw, Upload } from 'lucide-react';
import { useState } from 'react';
import type { IdentityState, KeyRecipient } from '../../contract/keys.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import { Loaded } from '../design/state-note.tsx';
import { keptWords, olderActive, registrationOf } from './key-words.ts';
import { NewKeyForm } from './new-key-form.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { t } from '../texts/t.ts';

interface OwnKeyProps {
  /** every recipient that the server knows; null while that is not known */
  readonly registered: readonly KeyRecipient[] | null;
  readonly onChanged: () => void;
}

const NOTHING = {} as const;

/** The reviewer's key on this machine: its public half and what guards it. The key itself never enters a window. */
export function OwnKey({ registered, onChanged }: OwnKeyProps) {
  const [identity, reload] = useAnswer('identity.state', NOTHING);
  const changed = () => {
    reload();
    onChanged();
  };
  return (
    <section aria-labelledby="own-key">
      <h2 id="own-key" className="visually-hidden">
        {t.keys.own}
      </h2>
      <Loaded of={identity} what={t.keys.yourKey} onRetry={reload}>
        {state =>
          state.recipient === null ? (
            <NewKeyForm hasKeychain={state.hasKeychain} onMade={changed} />
          ) : (
            <KeyCard identity={state} registered={registered} onChanged={changed} />
          )
        }
      </Loaded>
    </section>
  );
}

const REGISTRATION = {
  published: { tone: 'ok', text: () => t.keys.published },
  'not-published': { tone: 'warn', text: () => t.keys.notPublished },
  retired: { tone: 'warn', text: () => t.keys.isRetired },
  'of-another': { tone: 'warn', text: () => t.keys.ofAnother },
} as const;

function KeyCard({ identity, registered, onChanged }: OwnKeyProps & { readonly identity: IdentityState }) {
  const { id } = useAccount();
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [isRotating, setRotating] = useState(false);
  const [isUnlocking, setUnlocking] = useState(false);
  const registration = registrationOf(identity, registered, id);
  const older = olderActive(identity, registered ?? [], id);

  const publish = async () => {
    if ((await run(() => bridge.request('keys.publish', {}))) === null) return;
    notices.add('info', t.keys.wasPublished);
    onChanged();
  };
  const retire = async (recipient: string) => {
    if ((await run(() => bridge.request('keys.retire', { recipient }))) !== null) onChanged();
  };
  return (
    <div className="key-card">
      <div className="row">
        <h3 className="grow">{t.keys.ownHere}</h3>
        {registration !== null && (
          <Badge tone={REGISTRATION[registration].tone}>{REGISTRATION[registration].text()}</Badge>
        )}
      </div>
      <dl className="facts">
        <dt>{t.keys.fingerprint}</dt>
        <dd className="mono">{identity.fingerprint}</dd>
        <dt>{t.keys.recipient}</dt>
        <dd className="mono break">{identity.recipient}</dd>
        <dt>{t.keys.kept}</dt>
        <dd>{keptWords(identity)}</dd>
        {identity.recipients.length > 1 && (
          <>
            <dt>{t.keys.older}</dt>
            <dd>{t.keys.olderCount(identity.recipients.length - 1)}</dd>
          </>
        )}
      </dl>
      {older.map(({ recipient, fingerprint }) => (
        <div key={recipient} className="key-older">
          <p className="grow">{t.keys.stillSealed(<span className="mono">{fingerprint}</span>)}</p>
          <Button isPending={isBusy} onPress={() => void retire(recipient)}>
            {t.keys.retireOne(fingerprint.slice(0, 9))}
          </Button>
        </div>
      ))}
      <div className="row">
        {(registration === 'not-published' || registration === 'retired') && (
          <Button tone="primary" icon={Upload} isPending={isBusy} onPress={() => void publish()}>
            {t.keys.publish}
          </Button>
        )}
        {!identity.isUnlocked && (
          <Button icon={LockOpen} onPress={() => setUnlocking(true)}>
            {t.keys.unlock}
          </Button>
        )}
        <Button icon={RotateCw} onPress={() => setRotating(true)}>
          {t.keys.rotate}
        </Button>
        <Disclosed
          label={t.keys.lostTitle}
          trigger={
            <Button tone="quiet" icon={KeyRound}>
              {t.keys.lost}
            </Button>
          }
        >
          <LostKey />
        </Disclosed>
      </div>
      {isUnlocking && <UnlockDialog onClose={() => setUnlocking(false)} onUnlocked={onChanged} />}
      {isRotating && (
        <RotateDialog
          needsPassphrase={identity.needsPassphrase}
          onClose={() => setRotating(false)}
          onRotated={onChanged}
        />
      )}
    </div>
  );
}

function LostKey() {
  return (
    <div className="stack key-words">
      <h2>{t.keys.lostTitle}</h2>
      <p>{t.keys.lostMeans}</p>
      <ol className="stack">
        <li>{t.keys.lostRetire}</li>
        <li>{t.keys.lostMake}</li>
        <li>{t.keys.lostShare()}</li>
      </ol>
      <p>{t.keys.lostGlass}</p>
    </div>
  );
}
