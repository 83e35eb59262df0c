import { Plus, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import type { KeyRecipient } from '../../contract/keys.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { useAccount } from '../app/services-context.tsx';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { membersWithoutKey } from './key-words.ts';
import { t } from '../texts/t.ts';

interface GroupListProps {
  readonly onChanged: () => void;
  readonly groups: readonly ReviewerGroup[];
  readonly recipients: readonly KeyRecipient[];
}

/** Which reviewers recordings of which targets are for. */
export function GroupList({ groups, recipients, onChanged }: GroupListProps) {
  const { roles } = useAccount();
  const [edited, setEdited] = useState<ReviewerGroup | 'new' | null>(null);
  const [deleted, setDeleted] = useState<ReviewerGroup | null>(null);
  const isAdministrator = roles.includes('administrator');
  return (
    <section className="section" aria-labelledby="groups">
      <h2 id="groups">
        {t.keys.groups} <span className="count">{groups.length > 0 && groups.length}</span>
      </h2>
      {groups.length === 0 ? (
        <p className="muted">{t.keys.noGroups}</p>
      ) : (
        <ul className="key-groups">
          {groups.map(group => {
            const missing = membersWithoutKey(group, recipients);
            const names = group.members.map(({ name }) => name).join(', ');
            return (
              <li key={group.id} className="key-card">
                <div className="row">
                  <h3 className="grow">{group.id}</h3>
                  {isAdministrator && (
                    <>
                      <Button
                        tone="quiet"
                        icon={Users}
                        aria-label={t.keys.membersOf(group.id)}
                        onPress={() => setEdited(group)}
                      >
                        {t.keys.members}
                      </Button>
                      <Button
                        tone="quiet"
                        icon={Trash2}
                        aria-label={t.keys.deleteGroup(group.id)}
                        onPress={() => setDeleted(group)}
                      >
                        {t.keys.delete}
                      </Button>
                    </>
                  )}
                  {missing.length > 0 && <Badge tone="warn">{t.keys.noKeyOf(missing.join(', '))}</Badge>}
                </div>
                <p>{names === '' ? t.keys.nobodyIn : names}</p>
                <p className="small muted">
                  {group.targetIds.length === 0
                    ? t.keys.noTarget
                    : t.keys.recordingsOf(group.targetIds.join(', '))}
                </p>
              </li>
            );
          })}
        </ul>
      )}
      {isAdministrator && (
        <p className="key-new-group">
          <Button icon={Plus} onPress={() => setEdited('new')}>
            {t.keys.newGroup}
          </Button>
        </p>
      )}
      {edited !== null && (
        <GroupDialog
          group={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onChanged={onChanged}
        />
      )}
      {deleted !== null && (
        <DeleteGroupDialog group={deleted} onClose={() => setDeleted(null)} onDeleted={onChanged} />
      )}
    </section>
  );
}
