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
import { olderActive, protectionWords, registrationOf } from './key-words.ts';
import { NewKeyForm } from './new-key-form.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

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
        Your key
      </h2>
      <Loaded of={identity} what="your key" onRetry={reload}>
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
  published: { tone: 'ok', text: 'New recordings are sealed to it' },
  'not-published': { tone: 'warn', text: 'Not published: new recordings do not open with it' },
  retired: { tone: 'warn', text: 'Retired: new recordings do not open with it' },
  'of-another': { tone: 'warn', text: 'Published for another account' },
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
    notices.add('info', 'Your key is published. Recordings under grants from now on are sealed to it.');
    onChanged();
  };
  const retire = async (recipient: string) => {
    if ((await run(() => bridge.request('keys.retire', { recipient }))) !== null) onChanged();
  };
  return (
    <div className="key-card">
      <div className="row">
        <h3 className="grow">Your key on this machine</h3>
        {registration !== null && (
          <Badge tone={REGISTRATION[registration].tone}>{REGISTRATION[registration].text}</Badge>
        )}
      </div>
      <dl className="facts">
        <dt>Fingerprint</dt>
        <dd className="mono">{identity.fingerprint}</dd>
        <dt>Recipient</dt>
        <dd className="mono break">{identity.recipient}</dd>
        <dt>Kept</dt>
        <dd>
          {protectionWords(identity)}
          {identity.needsPassphrase && (identity.isUnlocked ? '; unlocked now' : '; locked now')}
        </dd>
        {identity.recipients.length > 1 && (
          <>
            <dt>Older keys</dt>
            <dd>{identity.recipients.length - 1} below it, for older recordings</dd>
          </>
        )}
      </dl>
      {older.map(({ recipient, fingerprint }) => (
        <div key={recipient} className="key-older">
          <p className="grow">
            New recordings are still sealed to your other key <span className="mono">{fingerprint}</span>.
            Retire it when no machine of yours needs it.
          </p>
          <Button isPending={isBusy} onPress={() => void retire(recipient)}>
            Retire {fingerprint.slice(0, 9)}
          </Button>
        </div>
      ))}
      <div className="row">
        {(registration === 'not-published' || registration === 'retired') && (
          <Button tone="primary" icon={Upload} isPending={isBusy} onPress={() => void publish()}>
            Publish
          </Button>
        )}
        {!identity.isUnlocked && (
          <Button icon={LockOpen} onPress={() => setUnlocking(true)}>
            Unlock
          </Button>
        )}
        <Button icon={RotateCw} onPress={() => setRotating(true)}>
          Rotate
        </Button>
        <Disclosed
          label="A lost key"
          trigger={
            <Button tone="quiet" icon={KeyRound}>
              Lost your key?
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
      <h2>A lost key</h2>
      <p>Nobody can bring a lost key back, or its passphrase. Nothing is lost with it, though:</p>
      <ol className="stack">
        <li>Retire its recipient in the list below: new recordings leave it out.</li>
        <li>
          Move its folder away, make a new key here, and publish it: recordings from the next grant on open
          with it.
        </li>
        <li>
          For older recordings, ask another reviewer to share them with your new key: in their Keys view, or
          with <code>sallyport keys reshare</code>.
        </li>
      </ol>
      <p>If no reviewer is left who can open them, two custodians can, with the break-glass key.</p>
    </div>
  );
}
