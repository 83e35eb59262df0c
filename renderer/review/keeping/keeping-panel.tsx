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
import { t } from '../../texts/t.ts';

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
      <h2 id="keeping-panel">{t.keeping.title}</h2>
      <p className="small">{keptWords(summary, nowMs)}</p>
      {hold !== null && (
        <p className="small break">
          {t.keeping.heldFacts(
            <Badge tone="info">{t.keeping.held}</Badge>,
            hold.by,
            dateAndTime(hold.atMs),
            hold.reason,
          )}
        </p>
      )}
      {damage !== null && (
        <p className="small break">
          <Badge tone="danger">{t.keeping.damaged}</Badge> {damage}
        </p>
      )}
      {(isReviewer || isAdministrator) && (
        <div className="row">
          <Button
            icon={hold === null ? Lock : LockOpen}
            onPress={() => setAsked(hold === null ? 'hold' : 'lift')}
          >
            {hold === null ? t.keeping.hold : t.keeping.liftHold}
          </Button>
          {isAdministrator && (
            <Button
              tone="danger"
              icon={Trash2}
              isDisabled={obstacle !== null}
              onPress={() => setAsked('delete')}
            >
              {t.keeping.delete}
            </Button>
          )}
        </div>
      )}
      {isAdministrator && obstacle !== null && (
        <p className="small muted">
          {t.keeping.cannotDelete} {obstacle}
        </p>
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
          title={t.keeping.holdTitle}
          action={t.keeping.placeHold}
          placeholder={t.keeping.holdReason}
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(() => bridge.request('recordings.hold', { recordingId, reason }), t.keeping.wasHeld)
          }
        >
          <p>{t.keeping.holdMeans}</p>
        </ReasonDialog>
      );
    case 'lift':
      return (
        <ReasonDialog
          title={t.keeping.liftHold}
          action={t.keeping.liftHold}
          placeholder={t.keeping.liftReason}
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(
              () => bridge.request('recordings.lift-hold', { recordingId, reason }),
              t.keeping.wasLifted,
            )
          }
        >
          {hold !== null && <blockquote className="break">{hold.reason}</blockquote>}
          <p>{t.keeping.liftMeans}</p>
        </ReasonDialog>
      );
    case 'delete':
      return (
        <ReasonDialog
          title={t.keeping.deleteTitle}
          action={t.keeping.deleteForGood}
          placeholder={t.keeping.deleteReason}
          confirmation={t.keeping.sure}
          isBusy={isBusy}
          onClose={onClose}
          onReason={reason =>
            void send(
              () => bridge.request('recordings.delete', { recordingId, reason }),
              t.keeping.wasDeleted,
            )
          }
        >
          <p>{t.keeping.deleteMeans}</p>
        </ReasonDialog>
      );
  }
}
