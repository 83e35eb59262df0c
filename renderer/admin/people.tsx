import { UserX, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { AccountRecord } from '../../contract/server-administration.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useAnswer } from '../app/use-answer.ts';
import { useServerReturn } from '../app/use-server-return.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { DataTable } from '../design/data-table.tsx';
import { Loaded } from '../design/state-note.tsx';
import { DisableDialog } from '../keys/disable-dialog.tsx';
import { t } from '../texts/t.ts';

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
          {t.admin.people}
        </h2>
        <Button tone="quiet" icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
      </div>
      <Loaded of={accounts} what={t.admin.thePeople} onRetry={reload}>
        {all => (
          <>
            <p className="small muted">
              {t.admin.accountsInUse(all.filter(({ disabledAtMs }) => disabledAtMs === null).length)}
            </p>
            <DataTable
              label={t.admin.accounts}
              head={[t.admin.name, t.admin.roles, t.admin.groups, t.admin.state, t.admin.change]}
              rows={all.map(account => ({
                key: account.id,
                cells: [
                  account.name,
                  account.roles.map(role => t.roles[role]).join(', '),
                  account.groups.length === 0 ? (
                    <span className="muted">{t.admin.none}</span>
                  ) : (
                    account.groups.join(', ')
                  ),
                  account.disabledAtMs === null ? (
                    <Badge tone="ok">{t.admin.inUse}</Badge>
                  ) : (
                    <Badge>{t.admin.disabledAt(dateAndTime(account.disabledAtMs))}</Badge>
                  ),
                  account.disabledAtMs === null ? (
                    <Button
                      key="disable"
                      tone="quiet"
                      icon={UserX}
                      aria-label={t.keys.disable(account.name)}
                      onPress={() => setLeaving(account)}
                    >
                      {t.admin.disable}
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
