import { SquareTerminal } from 'lucide-react';
import type { RecordingHealth } from '../../contract/recording.ts';
import type { RecordingSummary, SessionRecord } from '../../contract/server-api.ts';
import { agoWords, durationWords } from '../app/duration-words.ts';
import { maskedWords } from '../app/entity-words.ts';
import { useAccount, useHasRole, useList, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Loaded } from '../design/state-note.tsx';
import { endCauseWords } from '../session/lock-words.ts';
import { recordingWords } from '../session/recording-words.ts';
import { t } from '../texts/t.ts';

const SHOWN = 8;

/** My last sessions: how each ended, what was masked, and whether its recording is handed in. */
export function RecentSessions({ nowMs }: { readonly nowMs: number }) {
  const { live, sessions } = useServices();
  const account = useAccount();
  const list = useList(sessions);
  const healths = useStore(live.healths);
  return (
    <section className="section" aria-labelledby="recent-sessions">
      <h2 id="recent-sessions">{t.launcher.recent}</h2>
      <Loaded of={list} what={t.launcher.yourSessions} onRetry={() => void sessions.load()}>
        {all => {
          const mine = all
            .filter(session => session.operator.id === account.id)
            .sort((a, b) => b.startedAtMs - a.startedAtMs)
            .slice(0, SHOWN);
          if (mine.length === 0) return <p className="muted">{t.launcher.noneYet}</p>;
          return (
            <ul className="lines">
              {mine.map(session => (
                <RecentSession
                  key={session.id}
                  session={session}
                  health={healths.get(session.id) ?? null}
                  nowMs={nowMs}
                />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}

interface RecentSessionProps {
  readonly session: SessionRecord;
  readonly health: RecordingHealth | null;
  readonly nowMs: number;
}

function RecentSession({ session, health, nowMs }: RecentSessionProps) {
  const { live, router } = useServices();
  const isReviewer = useHasRole('reviewer');
  const open = useStore(live).find(({ sessionId }) => sessionId === session.id);
  const endedAtMs = session.endedAtMs;
  return (
    <li className="line" data-testid={`session-${session.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={session.target.environment} />
          <strong>{session.target.name}</strong>
          <span className="mono muted">{session.account}</span>
          {endedAtMs === null ? <Badge tone="ok">{t.launcher.running}</Badge> : null}
          {health !== null && (
            <Badge tone={recordingWords(health).tone}>{recordingWords(health).short}</Badge>
          )}
        </p>
        <p className="small muted break">
          {agoWords(nowMs - session.startedAtMs)}
          {endedAtMs !== null && ` · ${durationWords(endedAtMs - session.startedAtMs)}`}
          {session.endCause !== null && ` · ${endCauseWords(session.endCause)}`} ·{' '}
          {t.launcher.masked(maskedWords(session.masked))}
        </p>
      </div>
      {open !== undefined && (
        <Button
          icon={SquareTerminal}
          onPress={() => router.go({ view: 'session', sessionId: open.sessionId })}
        >
          {t.launcher.show}
        </Button>
      )}
      {open === undefined && isReviewer && endedAtMs !== null && (
        <Button onPress={() => router.go({ view: 'recording', recordingId: session.id })}>
          {t.launcher.replay}
        </Button>
      )}
    </li>
  );
}

export function RecordingBadge({ state }: { readonly state: RecordingSummary['state'] }) {
  if (state === 'complete') return <Badge tone="ok">{t.launcher.recordingComplete}</Badge>;
  if (state === 'running') return <Badge tone="info">{t.launcher.recordingRuns}</Badge>;
  return <Badge tone="warn">{t.launcher.recordingInterrupted}</Badge>;
}
