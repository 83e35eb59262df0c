import { DoorClosed } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import { durationWords } from '../app/duration-words.ts';
import { countedEntities, entityName } from '../app/entity-words.ts';
import { useHasRole, useList, useServices } from '../app/services-context.tsx';
import { Button } from '../design/button.tsx';
import { CoverPanel } from './cover-panel.tsx';
import { endCauseWords } from './lock-words.ts';
import { recordingWords } from './recording-words.ts';
import { useCloseSession } from './use-close-session.tsx';

/** After the end: why, how long it was, what was hidden, and where the recording is. */
export function EndedView({ session }: { readonly session: SessionView }) {
  const { router, sessions } = useServices();
  const closing = useCloseSession();
  const record = useList(sessions).value?.find(({ id }) => id === session.sessionId);
  const isReviewer = useHasRole('reviewer');
  const { access, grant } = session;
  const masked = countedEntities(session.masked);
  const cause = access.endCause ?? record?.endCause ?? null;
  return (
    <CoverPanel titleId="ended-title" testId="ended">
      <DoorClosed size={34} aria-hidden className="cover-icon" />
      <h2 id="ended-title">Session ended</h2>
      <p>
        {cause === null ? 'It is over.' : `${endCauseWords(cause)}.`} Everything that it started was ended
        with it.
      </p>
      <dl className="facts">
        <dt>Target</dt>
        <dd>
          {grant.target.name} as <span className="mono">{grant.account}</span>
        </dd>
        {record !== undefined && (
          <>
            <dt>Lasted</dt>
            <dd>{durationWords((record.endedAtMs ?? access.nowMs) - record.startedAtMs)}</dd>
          </>
        )}
        <dt>Masked</dt>
        <dd>
          {masked.length === 0
            ? 'nothing'
            : masked.map(({ entity, count }) => `${count} ${entityName(entity, count)}`).join(', ')}
        </dd>
        <dt>Recording</dt>
        <dd>{recordingWords(session.recording).long}</dd>
      </dl>
      <div className="row">
        <Button tone="primary" onPress={() => closing.close(session)}>
          Back to the launcher
        </Button>
        {isReviewer && (
          <Button onPress={() => router.go({ view: 'recording', recordingId: session.sessionId })}>
            Replay
          </Button>
        )}
      </div>
    </CoverPanel>
  );
}
