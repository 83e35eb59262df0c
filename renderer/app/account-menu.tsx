import { Check, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { Disclosed, ModalDialog } from '../design/dialog.tsx';
import { EnrolForm } from './enrol.tsx';
import { useAccount, useAppState } from './services-context.tsx';
import { useActAs } from './use-act-as.ts';

const SERVER_WORDS = {
  online: 'Server online',
  connecting: 'Reaching the server',
  offline: 'Server out of reach',
} as const;

/** Who acts in this window; changes to another enrolled account. The dot is the server's state. */
export function AccountMenu() {
  const { accounts, server } = useAppState();
  const account = useAccount();
  const actAs = useActAs();
  const [isEnrolling, setEnrolling] = useState(false);

  return (
    <>
      <Disclosed
        label="Account"
        trigger={
          <AriaButton
            className="account-button"
            aria-label={`Account: ${account.name}, ${account.roles.join(', ')}. ${SERVER_WORDS[server.state]}`}
          >
            <span className="avatar" aria-hidden>
              {initials(account.name)}
              <span className="server-light" data-state={server.state} />
            </span>
            <span className="place-label">{account.name}</span>
          </AriaButton>
        }
      >
        <div className="stack">
          <h2>Act as</h2>
          <ul className="stack account-list">
            {accounts.map(other => (
              <li key={other.id}>
                <AriaButton
                  slot="close"
                  className="account-choice"
                  aria-pressed={other.id === account.id}
                  onPress={() => void actAs(other.id)}
                >
                  <span className="avatar" aria-hidden>
                    {initials(other.name)}
                  </span>
                  <span className="grow">
                    {other.name}
                    <br />
                    <span className="small muted">{other.roles.join(', ')}</span>
                  </span>
                  {other.id === account.id && <Check size={16} aria-hidden />}
                </AriaButton>
              </li>
            ))}
          </ul>
          <p className="row small muted">
            <span className="server-light" data-state={server.state} />
            {SERVER_WORDS[server.state]}
          </p>
          <Button icon={UserPlus} slot="close" onPress={() => setEnrolling(true)}>
            Enrol another account
          </Button>
        </div>
      </Disclosed>
      {isEnrolling && (
        <ModalDialog title="Enrol another account" onClose={() => setEnrolling(false)} widthRem={28}>
          <EnrolForm onEnrolled={() => setEnrolling(false)} />
        </ModalDialog>
      )}
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => word?.charAt(0).toUpperCase() ?? '')
    .join('');
}
