import { useState } from 'react';
import { ReviewerGroupId } from '../../contract/ids.ts';
import type { AccountId } from '../../contract/ids.ts';
import type { AccountRecord, ReviewerGroup } from '../../contract/server-administration.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Switch, TextField } from '../design/field.tsx';
import { Loaded } from '../design/state-note.tsx';
import { t } from '../texts/t.ts';

interface GroupDialogProps {
  /** null: a new one */
  readonly group: ReviewerGroup | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

const NOTHING = {} as const;

/** Who is in a group of reviewers. Recordings that are sealed already keep the keys that they have. */
export function GroupDialog({ group, onClose, onChanged }: GroupDialogProps) {
  const { bridge } = useServices();
  const { isBusy, run } = useAction();
  const [accounts, reload] = useAnswer('accounts.list', NOTHING);
  const [name, setName] = useState('');
  const [members, setMembers] = useState<ReadonlySet<AccountId>>(
    new Set(group?.members.map(({ id }) => id) ?? []),
  );
  const id = ReviewerGroupId.safeParse(group?.id ?? name.trim());

  const save = async () => {
    if (!id.success) return;
    const before = group?.members.map(member => member.id) ?? [];
    const add = [...members].filter(member => !before.includes(member));
    const remove = before.filter(member => !members.has(member));
    if ((await run(() => bridge.request('groups.change', { id: id.data, add, remove }))) === null) return;
    onChanged();
    onClose();
  };
  const toggle = (account: AccountId, isIn: boolean) =>
    setMembers(before => new Set(isIn ? [...before, account] : [...before].filter(each => each !== account)));
  return (
    <ModalDialog title={group === null ? t.keys.newGroupTitle : t.keys.membersOf(group.id)} onClose={onClose}>
      <div className="stack">
        {group === null && (
          <TextField
            label={t.keys.name}
            value={name}
            onChange={setName}
            maxLength={64}
            hint={t.keys.nameHint}
            error={name === '' || id.success ? null : t.keys.nameIsNone}
            autoFocus
            isRequired
          />
        )}
        <p>{t.keys.groupMeans}</p>
        <Loaded of={accounts} what={t.keys.thePeople} onRetry={reload}>
          {all => (
            <fieldset className="key-members">
              <legend className="visually-hidden">{t.keys.members}</legend>
              {all.filter(canBeIn).map(account => (
                <Switch
                  key={account.id}
                  isSelected={members.has(account.id)}
                  onChange={isIn => toggle(account.id, isIn)}
                >
                  {account.name}{' '}
                  <span className="small muted">{account.roles.map(role => t.roles[role]).join(', ')}</span>
                </Switch>
              ))}
            </fieldset>
          )}
        </Loaded>
        <div className="row">
          <Button tone="primary" isDisabled={!id.success} isPending={isBusy} onPress={() => void save()}>
            {group === null ? t.keys.makeGroup : t.keys.save}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}

function canBeIn({ roles, disabledAtMs }: AccountRecord): boolean {
  return disabledAtMs === null && (roles.includes('reviewer') || roles.includes('approver'));
}
