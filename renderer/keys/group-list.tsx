import type { KeyRecipient } from '../../contract/keys.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { Badge } from '../design/badge.tsx';
import { membersWithoutKey } from './key-words.ts';

interface GroupListProps {
  readonly groups: readonly ReviewerGroup[];
  readonly recipients: readonly KeyRecipient[];
}

/** Which reviewers recordings of which targets are for. */
export function GroupList({ groups, recipients }: GroupListProps) {
  return (
    <section className="section" aria-labelledby="groups">
      <h2 id="groups">
        Groups of reviewers <span className="count">{groups.length > 0 && groups.length}</span>
      </h2>
      {groups.length === 0 ? (
        <p className="muted">
          There are none: recordings of every target are for every reviewer. An administrator makes groups
          with <code>sallyport admin groups</code>.
        </p>
      ) : (
        <ul className="key-groups">
          {groups.map(group => {
            const missing = membersWithoutKey(group, recipients);
            const names = group.members.map(({ name }) => name).join(', ');
            return (
              <li key={group.id} className="key-card">
                <div className="row">
                  <h3 className="grow">{group.id}</h3>
                  {missing.length > 0 && <Badge tone="warn">no key of {missing.join(', ')}</Badge>}
                </div>
                <p>{names === '' ? 'Nobody is in it.' : names}</p>
                <p className="small muted">
                  {group.targetIds.length === 0
                    ? 'No target names it.'
                    : `Recordings of ${group.targetIds.join(', ')}`}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
