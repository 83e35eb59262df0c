import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { t } from '../texts/t.ts';

interface DeleteGroupDialogProps {
  readonly group: ReviewerGroup;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks once more. The server refuses where something is still for the group, and says what. */
export function DeleteGroupDialog({ group, onClose, onDeleted }: DeleteGroupDialogProps) {
  const { bridge, notices } = useServices();
  const { isBusy, run } = useAction();
  const remove = async () => {
    const deleted = await run(() => bridge.request('groups.delete', { groupId: group.id }));
    if (deleted === null) return;
    notices.add('info', t.keys.groupDeleted(group.id));
    onDeleted();
    onClose();
  };
  return (
    <ModalDialog title={t.keys.deleteGroup(group.id)} onClose={onClose} role="alertdialog" widthRem={30}>
      <div className="stack">
        <p>{t.keys.deleteMeans}</p>
        <div className="row">
          <Button tone="danger" isPending={isBusy} onPress={() => void remove()}>
            {t.keys.deleteIt}
          </Button>
          <Button onPress={onClose}>{t.common.cancel}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
