import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { KeyRecipient } from '../../contract/keys.ts';
import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { Switch } from '../design/field.tsx';
import { StateNote } from '../design/state-note.tsx';
import type { PersonKeys } from './key-words.ts';
import { byPerson } from './key-words.ts';
import { t } from '../texts/t.ts';

interface RecipientTableProps {
  readonly recipients: readonly KeyRecipient[];
  readonly groups: readonly ReviewerGroup[];
  readonly onChanged: () => void;
}

/** Whose keys recordings are or were sealed to. */
export function RecipientTable({ recipients, groups, onChanged }: RecipientTableProps) {
  const [isAllShown, setAllShown] = useState(false);
  const people = byPerson(recipients, groups);
  const retired = people.flatMap(({ keys }) => keys).filter(({ retiredAtMs }) => retiredAtMs !== null).length;
  return (
    <section className="section" aria-labelledby="recipients">
      <h2 id="recipients">{t.keys.reviewers}</h2>
      {retired > 0 && (
        <Switch isSelected={isAllShown} onChange={setAllShown}>
          {t.keys.showRetired(retired)}
        </Switch>
      )}
      {people.length === 0 ? (
        <StateNote title={t.keys.noRecipient} icon={KeyRound}>
          {t.keys.noRecipientMeans}
        </StateNote>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={t.keys.reviewers}>
          <table className="key-table">
            <thead>
              <tr>
                <th scope="col">{t.keys.who}</th>
                <th scope="col">{t.keys.groupsShort}</th>
                <th scope="col">{t.keys.fingerprint}</th>
                <th scope="col">{t.keys.since}</th>
                <th scope="col">{t.keys.state}</th>
                <th scope="col">
                  <span className="visually-hidden">{t.keys.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map(person => (
                <PersonRows
                  key={person.accountId}
                  person={person}
                  isAllShown={isAllShown}
                  onChanged={onChanged}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface PersonRowsProps {
  readonly person: PersonKeys;
  readonly isAllShown: boolean;
  readonly onChanged: () => void;
}

function PersonRows({ person, isAllShown, onChanged }: PersonRowsProps) {
  const { id, roles } = useAccount();
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const [sharing, setSharing] = useState<string | null>(null);
  const canShare = roles.includes('reviewer') && person.accountId !== id;
  const isOurs = roles.includes('administrator') || person.accountId === id;
  const shown = person.keys.filter(({ retiredAtMs }) => isAllShown || retiredAtMs === null);
  const retire = async (recipient: string) => {
    if ((await run(() => bridge.request('keys.retire', { recipient }))) === null) return;
    notices.add('info', t.keys.wasRetired(person.name));
    onChanged();
  };
  return shown.map(({ recipient, fingerprint, addedAtMs, retiredAtMs }, i) => (
    <tr key={recipient}>
      <th scope="row">{i === 0 ? person.name : <span className="visually-hidden">{person.name}</span>}</th>
      <td className="muted">{i === 0 ? person.groups.join(', ') || '–' : ''}</td>
      <td className="mono" title={recipient}>
        {fingerprint}
      </td>
      <td className="muted when">{dateAndTime(addedAtMs)}</td>
      <td className="when">
        {retiredAtMs === null ? (
          <Badge tone="ok">{t.keys.inUse}</Badge>
        ) : (
          t.keys.retiredAt(dateAndTime(retiredAtMs))
        )}
      </td>
      <td className="when">
        {retiredAtMs === null && canShare && (
          <Button
            tone="quiet"
            aria-label={t.keys.shareOlderWith(fingerprint, person.name)}
            onPress={() => setSharing(recipient)}
          >
            {t.keys.shareOlder}
          </Button>
        )}
        {sharing === recipient && (
          <ShareDialog name={person.name} recipient={recipient} onClose={() => setSharing(null)} />
        )}
        {retiredAtMs === null && isOurs && (
          <Button
            tone="quiet"
            isPending={isBusy}
            aria-label={t.keys.retireOf(fingerprint, person.name)}
            onPress={() => void retire(recipient)}
          >
            {t.keys.retire}
          </Button>
        )}
      </td>
    </tr>
  ));
}
