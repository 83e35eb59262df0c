import { UserX } from 'lucide-react';
import { useState } from 'react';
import type { AccountRecord } from '../../contract/server-administration.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Loaded } from '../design/state-note.tsx';
import { DisableDialog } from './disable-dialog.tsx';

const NOTHING = {} as const;

/** Everybody with an account; whoever leaves is ended here in one step. */
export function PeopleList({ onChanged }: { readonly onChanged: () => void }) {
  const [accounts, reload] = useAnswer('accounts.list', NOTHING);
  const [leaving, setLeaving] = useState<AccountRecord | null>(null);
  return (
    <section className="section" aria-labelledby="people">
      <h2 id="people">People</h2>
      <Loaded of={accounts} what="the people" onRetry={reload}>
        {all => (
          <ul className="key-people" aria-label="People">
            {all.map(account => (
              <li key={account.id} className="row">
                <span className="grow break">
                  {account.name} <span className="small muted">{account.roles.join(', ')}</span>
                </span>
                {account.disabledAtMs === null ? (
                  <Button
                    tone="quiet"
                    icon={UserX}
                    aria-label={`Disable ${account.name}`}
                    onPress={() => setLeaving(account)}
                  >
                    Disable
                  </Button>
                ) : (
                  <Badge>disabled {dateAndTime(account.disabledAtMs)}</Badge>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {leaving !== null && (
        <DisableDialog
          account={leaving}
          onClose={() => setLeaving(null)}
          onDisabled={() => {
            reload();
            onChanged();
          }}
        />
      )}
    </section>
  );
}
