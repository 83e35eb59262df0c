import { useEffect, useRef, useState } from 'react';
import type { ReshareSummary } from '../../contract/keys.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface ShareDialogProps {
  /** of whose key it is */
  readonly name: string;
  readonly recipient: string;
  readonly onClose: () => void;
}

/** Lets somebody's key open the recordings that one can open oneself; says how far it is and what came of it. */
export function ShareDialog({ name, recipient, onClose }: ShareDialogProps) {
  const { bridge } = useServices();
  const { isBusy: isAsking, run } = useAction();
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [outcome, setOutcome] = useState<ReshareSummary | null>(null);
  const isOver = useRef(false);
  const isBusy = isAsking || progress !== null;
  useEffect(
    () =>
      bridge.on('keys.reshared', told => {
        if (told.recipient !== recipient) return;
        setProgress(told.outcome === null ? told : null);
        setOutcome(told.outcome);
        isOver.current = told.outcome !== null;
      }),
    [bridge, recipient],
  );

  const share = async () => {
    const begun = await run(() => bridge.request('keys.reshare', { recipient }));
    // Its events may have come before its answer, the last one included.
    if (begun !== null) setProgress(previous => previous ?? (isOver.current ? null : { done: 0, ...begun }));
  };
  const stop = () => void bridge.request('keys.stop-reshare', {});
  return (
    <ModalDialog
      title={t.keys.shareWith(name)}
      onClose={() => {
        if (isBusy) stop();
        onClose();
      }}
      widthRem={32}
    >
      <div className="stack">
        {outcome === null ? <p>{t.keys.shareMeans}</p> : <ShareOutcome outcome={outcome} />}
        {isBusy && (
          <div className="stack" role="status">
            {progress === null
              ? t.keys.looking
              : t.keys.sharedOf(number(progress.done), number(progress.total))}
            <progress
              aria-label={t.keys.sharedSoFar}
              className="key-progress"
              {...(progress === null ? {} : { value: progress.done, max: Math.max(1, progress.total) })}
            />
          </div>
        )}
        <div className="row">
          {outcome === null && !isBusy && (
            <Button tone="primary" onPress={() => void share()}>
              {t.keys.share}
            </Button>
          )}
          {isBusy ? (
            <Button onPress={stop}>{t.keys.stop}</Button>
          ) : (
            <Button onPress={onClose}>{t.keys.close}</Button>
          )}
        </div>
      </div>
    </ModalDialog>
  );
}

function ShareOutcome({ outcome }: { readonly outcome: ReshareSummary }) {
  const { shared, openAlready, failures, isStopped } = outcome;
  return (
    <div className="stack" role="status">
      <p>
        {isStopped && `${t.keys.stopped} `}
        {openAlready > 0 ? t.keys.sharedBut(shared, openAlready) : t.keys.shared(shared)}
      </p>
      {failures.map(({ reason, recordings }) => (
        <p key={reason}>{t.keys.notShared(recordings, reason)}</p>
      ))}
    </div>
  );
}
