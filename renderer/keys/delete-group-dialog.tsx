import type { ReviewerGroup } from '../../contract/server-administration.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';

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
    notices.add('info', `The group ${group.id} is deleted.`);
    onDeleted();
    onClose();
  };
  return (
    <ModalDialog title={`Delete ${group.id}`} onClose={onClose} role="alertdialog" widthRem={30}>
      <div className="stack">
        <p>
          Only a group that nothing is for any more can be deleted: no target, no rule of the policy, no open
          request or grant, and no recording. Its members and their keys stay.
        </p>
        <div className="row">
          <Button tone="danger" isPending={isBusy} onPress={() => void remove()}>
            Delete the group
          </Button>
          <Button onPress={onClose}>Cancel</Button>
        </div>
      </div>
    </ModalDialog>
  );
}
