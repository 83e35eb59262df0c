import { UserX, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { AccountRecord } from '../../contract/server-administration.ts';
import { dateAndTime, plural } from '../app/duration-words.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { DataTable } from '../design/data-table.tsx';
import { Loaded } from '../design/state-note.tsx';
import { DisableDialog } from '../keys/disable-dialog.tsx';

const NOTHING = {} as const;

/** Everybody with an account: roles, and the groups that an identity provider told at the last sign-in. */
export function People() {
  const [accounts, reload] = useAnswer('accounts.list', NOTHING);
  useServerReturn(reload);
  const [leaving, setLeaving] = useState<AccountRecord | null>(null);
  return (
    <section aria-labelledby="admin-people">
      <div className="section-head">
        <h2 id="admin-people" className="grow">
          People
        </h2>
        <Button tone="quiet" icon={RefreshCw} onPress={reload}>
          Refresh
        </Button>
      </div>
      <Loaded of={accounts} what="the people" onRetry={reload}>
        {all => (
          <>
            <p className="small muted">
              {plural(all.filter(({ disabledAtMs }) => disabledAtMs === null).length, 'account')} in use. New
              ones are made with <code>sallyport admin account NAME --roles …</code>, or by a first sign-in
              where the server has an identity provider.
            </p>
            <DataTable
              label="Accounts"
              head={['Name', 'Roles', 'Groups', 'State', 'Change']}
              rows={all.map(account => ({
                key: account.id,
                cells: [
                  account.name,
                  account.roles.join(', '),
                  account.groups.length === 0 ? (
                    <span className="muted">none</span>
                  ) : (
                    account.groups.join(', ')
                  ),
                  account.disabledAtMs === null ? (
                    <Badge tone="ok">in use</Badge>
                  ) : (
                    <Badge>disabled {dateAndTime(account.disabledAtMs)}</Badge>
                  ),
                  account.disabledAtMs === null ? (
                    <Button
                      key="disable"
                      tone="quiet"
                      icon={UserX}
                      aria-label={`Disable ${account.name}`}
                      onPress={() => setLeaving(account)}
                    >
                      Disable
                    </Button>
                  ) : (
                    ''
                  ),
                ],
              }))}
            />
          </>
        )}
      </Loaded>
      {leaving !== null && (
        <DisableDialog account={leaving} onClose={() => setLeaving(null)} onDisabled={reload} />
      )}
    </section>
  );
}
