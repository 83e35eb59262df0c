import { LockKeyhole, LockKeyholeOpen, LoaderCircle, Square, TimerReset } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import { clockText, durationWords } from '../app/duration-words.ts';
import { useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { pendingExtension } from '../launcher/grant-groups.ts';
import { CoverPanel } from './cover-panel.tsx';
import { lockReasonWords, waysOut } from './lock-words.ts';
import { t } from '../texts/t.ts';

interface LockCoverProps {
  readonly session: SessionView;
  readonly onExtend: () => void;
}

/** Stands in the terminal's place while a session is locked: the terminal is not behind it, it is out of the document. */
export function LockCover({ session, onExtend }: LockCoverProps) {
  const { bridge, live, requests } = useServices();
  const { isBusy, run } = useAction();
  const nowMs = useServerNow(250);
  const { access, sessionId } = session;
  const { canExtend, canUnlock } = waysOut(access);
  const asked = pendingExtension(useStore(requests).value ?? [], access.grantId);
  const mirror = async (name: 'session.unlock' | 'session.end') => {
    const snapshot = await run(() => bridge.request(name, { sessionId }));
    if (snapshot !== null) live.accessChanged(snapshot);
  };
  if (access.phase !== 'locked') return <Opening onEnd={() => void mirror('session.end')} />;
  const graceMs = access.graceEndsAtMs === null ? null : Math.max(0, access.graceEndsAtMs - nowMs);

  return (
    <CoverPanel titleId="cover-title" testId="lock-cover">
      <LockKeyhole size={34} aria-hidden className="cover-icon" />
      <h2 id="cover-title">{t.session.lockedTitle}</h2>
      <ul className="stack">
        {access.lockReasons.map(reason => {
          const words = lockReasonWords(reason);
          return (
            <li key={reason} data-reason={reason}>
              <h3>{words.title}</h3>
              <p className="muted">{words.meaning}</p>
            </li>
          );
        })}
      </ul>
      {graceMs !== null && (
        <p className="cover-grace">
          <strong data-testid="grace">{clockText(graceMs)}</strong>
          <span>{t.session.untilEnd}</span>
        </p>
      )}
      {asked !== null && (
        <p role="status">{t.session.extensionAsked(durationWords(asked.durationS * 1000))}</p>
      )}
      <div className="row">
        {canUnlock && (
          <Button
            tone="primary"
            icon={LockKeyholeOpen}
            isPending={isBusy}
            onPress={() => void mirror('session.unlock')}
          >
            {t.session.unlock}
          </Button>
        )}
        {canExtend && asked === null && (
          <Button tone="primary" icon={TimerReset} onPress={onExtend}>
            {t.session.askExtension}
          </Button>
        )}
        <Button icon={Square} isPending={isBusy} onPress={() => void mirror('session.end')}>
          {t.session.endSession}
        </Button>
      </div>
    </CoverPanel>
  );
}

function Opening({ onEnd }: { readonly onEnd: () => void }) {
  return (
    <section className="cover" role="status">
      <div className="cover-panel">
        <LoaderCircle size={34} className="spinner cover-icon" aria-hidden />
        <h2>{t.session.opening}</h2>
        <p className="muted">{t.session.openingMeans}</p>
        <div className="row">
          <Button icon={Square} onPress={onEnd}>
            {t.session.endSession}
          </Button>
        </div>
      </div>
    </section>
  );
}
