import { Lock, LockOpen, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Outcome } from '../../../contract/errors.ts';
import type { RecordingSummary } from '../../../contract/server-api.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { useHasRole, useServerNow, useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { deletionObstacle, keptWords } from './keeping-words.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const MINUTE_MS = 60_000;

type Asked = 'hold' | 'lift' | 'delete';

/** How long a recording is kept, who holds it, and what those who may can do about it. */
export function KeepingPanel({ summary }: { readonly summary: RecordingSummary }) {
  const nowMs = useServerNow(MINUTE_MS);
  const isReviewer = useHasRole('reviewer');
  const isAdministrator = useHasRole('administrator');
  const [asked, setAsked] = useState<Asked | null>(null);
  const { hold, damage } = summary;
  const obstacle = deletionObstacle(summary, nowMs);
  return (
    <section className="stack" aria-labelledby="keeping-panel">
      <h2 id="keeping-panel">Keeping</h2>
      <p className="small">{keptWords(summary, nowMs)}</p>
      {hold !== null && (
        <p className="small break">
          <Badge tone="info">held</Badge> by {hold.by} since {dateAndTime(hold.atMs)}: {hold.reason}
        </p>
      )}
      {damage !== null && (
        <p className="small break">
          <Badge tone="danger">damaged</Badge> {damage}
        </p>
      )}
      {(isReviewer || isAdministrator) && (
        <div className="row">
          <Button
            icon={hold === null ? Lock : LockOpen}
            onPress={() => setAsked(hold === null ? 'hold' : 'lift')}
          >
            {hold === null ? 'Hold' : 'Lift the hold'}
          </Button>
          {isAdministrator && (
            <Button
              tone="danger"
              icon={Trash2}
              isDisabled={obstacle !== null}
              onPress={() => setAsked('delete')}
            >
              Delete
            </Button>
          )}
        </div>
      )}
      {isAdministrator && obstacle !== null && (
        <p className="small muted">It cannot be deleted now. {obstacle}</p>
      )}
      {asked !== null && <KeepingDialog asked={asked} summary={summary} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface KeepingDialogProps {
  readonly asked: Asked;
  readonly summary: RecordingSummary;
  readonly onClose: () => void;
}

function KeepingDialog({ asked, summary, onClose }: KeepingDialogProps) {
  const { bridge, notices, recordings } = useServices();
  const { isBusy, run } = useAction();
  const { id: recordingId, hold } = summary;
  const send = async (ask: () => Promise<Outcome<RecordingSummary>>, done: string) => {
    const changed = await run(ask);
    if (changed === null) return;
    recordings.put(changed);
    notices.add('info', done);
    onClose();
  };
  switch (asked) {
    case 'hold':
      return (
        <ReasonDialog
          title="Hold this recording"
          action="Place the hold"
          placeholder="Who needs it, and what for"
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(
              () => bridge.request('recordings.hold', { recordingId, reason }),
              'The recording is held; the reason stands in the audit log.',
            )
          }
        >
          <p>Nobody can delete it, nor does the server when its time is over, until the hold is lifted.</p>
        </ReasonDialog>
      );
    case 'lift':
      return (
        <ReasonDialog
          title="Lift the hold"
          action="Lift the hold"
          placeholder="Why it need not be kept any longer than its terms say"
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(
              () => bridge.request('recordings.lift-hold', { recordingId, reason }),
              'The hold is lifted; the reason stands in the audit log.',
            )
          }
        >
          {hold !== null && <blockquote className="break">{hold.reason}</blockquote>}
          <p>From now on its own terms count again.</p>
        </ReasonDialog>
      );
    case 'delete':
      return (
        <ReasonDialog
          title="Delete this recording"
          action="Delete for good"
          placeholder="Why it is not needed any more"
          confirmation="I know that nobody can bring it back"
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(
              () => bridge.request('recordings.delete', { recordingId, reason }),
              'The recording is deleted. Its signed tombstone stays.',
            )
          }
        >
          <p>
            Its key is destroyed first, then its bytes and comments. What stays is a tombstone, signed by the
            server: what it was, who deleted it, when and why.
          </p>
        </ReasonDialog>
      );
  }
}
