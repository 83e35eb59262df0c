import { RefreshCw } from 'lucide-react';
import { useAccount } from '../app/services-context.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { Button } from '../design/button.tsx';
import { Loaded } from '../design/state-note.tsx';
import { BreakGlass } from './break-glass.tsx';
import { GroupList } from './group-list.tsx';
import { OwnKey } from './own-key.tsx';
import { RecipientTable } from './recipient-table.tsx';
import { t } from '../texts/t.ts';
import './keys.css';

const NOTHING = {} as const;

/** Who can open recordings: one's own key, everybody's recipients, groups, the break-glass key. */
export function Keys() {
  const { roles } = useAccount();
  const [keys, reload] = useAnswer('keys.list', NOTHING);
  return (
    <div className="view">
      <div className="view-head">
        <h1>{t.places.keys}</h1>
        <p className="grow">{t.keys.about}</p>
        <Button icon={RefreshCw} onPress={reload}>
          {t.common.refresh}
        </Button>
      </div>
      {roles.includes('reviewer') && (
        <OwnKey registered={keys.value?.recipients ?? null} onChanged={reload} />
      )}
      <Loaded of={keys} what={t.keys.theKeys} onRetry={reload}>
        {({ recipients, groups }) => (
          <>
            <RecipientTable recipients={recipients} groups={groups} onChanged={reload} />
            <GroupList groups={groups} recipients={recipients} onChanged={reload} />
            <BreakGlass recipients={recipients} />
          </>
        )}
      </Loaded>
    </div>
  );
}
