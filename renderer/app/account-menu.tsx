import { Check, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { Disclosed, ModalDialog } from '../design/dialog.tsx';
import { EnrolForm } from './enrol.tsx';
import { useAccount, useAppState } from './services-context.tsx';
import { useActAs } from './use-act-as.ts';
import { rolesWords } from './roles-words.ts';
import { t } from '../texts/t.ts';

/** Who acts in this window; changes to another enrolled account. The dot is the server's state. */
export function AccountMenu() {
  const { accounts, server } = useAppState();
  const account = useAccount();
  const actAs = useActAs();
  const [isEnrolling, setEnrolling] = useState(false);
  const serverWords = {
    online: t.app.serverOnline,
    connecting: t.app.serverConnecting,
    offline: t.app.serverOffline,
  }[server.state];

  return (
    <>
      <Disclosed
        label={t.app.account}
        trigger={
          <AriaButton
            className="account-button"
            aria-label={t.app.accountOf(account.name, rolesWords(account.roles), serverWords)}
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
          <h2>{t.app.actAs}</h2>
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
                    <span className="small muted">{rolesWords(other.roles)}</span>
                  </span>
                  {other.id === account.id && <Check size={16} aria-hidden />}
                </AriaButton>
              </li>
            ))}
          </ul>
          <p className="row small muted">
            <span className="server-light" data-state={server.state} />
            {serverWords}
          </p>
          <Button icon={UserPlus} slot="close" onPress={() => setEnrolling(true)}>
            {t.app.enrolAnother}
          </Button>
        </div>
      </Disclosed>
      {isEnrolling && (
        <ModalDialog title={t.app.enrolAnother} onClose={() => setEnrolling(false)} widthRem={28}>
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
