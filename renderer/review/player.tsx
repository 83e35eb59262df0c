import { ArrowLeft } from 'lucide-react';
import { useMemo } from 'react';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { formatRoute } from '../app/router.ts';
import { useHasRole, useList, useServices } from '../app/services-context.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { Loaded, Loading } from '../design/state-note.tsx';
import { DeletedRecording } from './keeping/deleted-recording.tsx';
import { RecordingFacts } from './keeping/recording-facts.tsx';
import { PlayerFailure } from './player-failure.tsx';
import { PlayerStage } from './player-stage.tsx';
import { UnlockIdentity } from './unlock-identity.tsx';
import { useReplay } from './use-replay.ts';
import { t } from '../texts/t.ts';
import './review.css';

const NOTHING = {} as const;

interface PlayerProps {
  readonly recordingId: string;
  /** the moment that a link leads to; null plays from the start */
  readonly atMs: number | null;
}

/** One recording: unlocked, opened, checked, then played. */
export function Player({ recordingId, atMs }: PlayerProps) {
  const { recordings } = useServices();
  const list = useList(recordings);
  const isReviewer = useHasRole('reviewer');
  const summary = useMemo(
    () => list.value?.find(({ id }) => id === recordingId) ?? null,
    [list, recordingId],
  );
  const deletion = summary?.deletion ?? null;
  return (
    <div className="player-view">
      <a className="back-link" href={formatRoute({ view: 'recordings' })}>
        <ArrowLeft size={15} aria-hidden /> {t.places.recordings}
      </a>
      {summary !== null && deletion !== null ? (
        <DeletedRecording summary={summary} deletion={deletion} />
      ) : summary !== null && !isReviewer ? (
        <RecordingFacts summary={summary} />
      ) : (
        <UnlockedPlayer recordingId={recordingId} atMs={atMs} summary={summary} />
      )}
    </div>
  );
}

interface UnlockedPlayerProps extends PlayerProps {
  /** null while the list of recordings is not there, or does not hold it */
  readonly summary: RecordingSummary | null;
}

function UnlockedPlayer(props: UnlockedPlayerProps) {
  const [identity, reload] = useAnswer('identity.state', NOTHING);
  return (
    <Loaded of={identity} what={t.player.theKey} onRetry={reload}>
      {state =>
        state.isUnlocked ? (
          <OpenedPlayer {...props} />
        ) : (
          <UnlockIdentity
            recipient={state.recipient}
            needsPassphrase={state.needsPassphrase}
            onUnlocked={reload}
          />
        )
      }
    </Loaded>
  );
}

function OpenedPlayer({ recordingId, atMs, summary }: UnlockedPlayerProps) {
  const [replay, check, retry] = useReplay(recordingId);
  if (replay.status === 'failed') {
    return <PlayerFailure failure={replay.failure} summary={summary} onRetry={retry} />;
  }
  if (replay.value === null || check === null) return <Loading>{t.player.fetching}</Loading>;
  return (
    <PlayerStage
      opened={replay.value}
      check={check}
      recordingId={recordingId}
      startMs={atMs}
      summary={summary}
      onRetry={retry}
    />
  );
}
