import { DoorClosed } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import { durationWords } from '../app/duration-words.ts';
import { maskedWords } from '../app/entity-words.ts';
import { useHasRole, useList, useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { CoverPanel } from './cover-panel.tsx';
import { endCauseWords } from './lock-words.ts';
import { recordingWords } from './recording-words.ts';
import { useCloseSession } from './use-close-session.tsx';
import { t } from '../texts/t.ts';

/** After the end: why, how long it was, what was hidden, and where the recording is. */
export function EndedView({ session }: { readonly session: SessionView }) {
  const { router, sessions } = useServices();
  const closing = useCloseSession();
  const record = useList(sessions).value?.find(({ id }) => id === session.sessionId);
  const isReviewer = useHasRole('reviewer');
  const { access, grant } = session;
  const cause = access.endCause ?? record?.endCause ?? null;
  return (
    <CoverPanel titleId="ended-title" testId="ended">
      <DoorClosed size={34} aria-hidden className="cover-icon" />
      <h2 id="ended-title">{t.session.endedTitle}</h2>
      <p>{cause === null ? t.session.isOver : t.session.endedBecause(endCauseWords(cause))}</p>
      <dl className="facts">
        <dt>{t.session.target}</dt>
        <dd>{t.session.asAccount(grant.target.name, <span className="mono">{grant.account}</span>)}</dd>
        {record !== undefined && (
          <>
            <dt>{t.session.lasted}</dt>
            <dd>{durationWords((record.endedAtMs ?? access.nowMs) - record.startedAtMs)}</dd>
          </>
        )}
        <dt>{t.session.masked}</dt>
        <dd>{maskedWords(session.masked)}</dd>
        <dt>{t.session.recording}</dt>
        <dd>{recordingWords(session.recording).long}</dd>
      </dl>
      <div className="row">
        <Button tone="primary" onPress={() => closing.close(session)}>
          {t.session.backToLauncher}
        </Button>
        {isReviewer && (
          <Button onPress={() => router.go({ view: 'recording', recordingId: session.sessionId })}>
            {t.session.replay}
          </Button>
        )}
      </div>
    </CoverPanel>
  );
}
