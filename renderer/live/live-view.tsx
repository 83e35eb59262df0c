import { ArrowLeft, KeyRound, Radio, Shield, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { SessionId } from '../../contract/ids.ts';
import type { SessionRecord } from '../../contract/server-api.ts';
import { agoWords } from '../app/duration-words.ts';
import { maskedWords, totalMasked } from '../app/entity-words.ts';
import { formatRoute } from '../app/router.ts';
import { useHasRole, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { useAnswer } from '../app/use-answer.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { UnlockIdentity } from '../review/unlock-identity.tsx';
import { lockWords } from '../session/lock-words.ts';
import { AlertLines } from './alert-lines.tsx';
import type { LiveFeed } from './live-feed.ts';
import { checkWords, liveWords, refusalWords } from './live-words.ts';
import { SessionActions } from './session-actions.tsx';
import { useLiveFeed } from './use-live-feed.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';
import '../review/review.css';
import './live.css';

const NOTHING = {} as const;

/** A running session, a second or two behind, with the ways to stop it; at its end, what became of it. */
export function LiveView({ sessionId }: { readonly sessionId: string }) {
  const id = SessionId.safeParse(sessionId);
  const [identity, reload] = useAnswer('identity.state', NOTHING);
  const isApprover = useHasRole('approver');
  return (
    <div className="player-view">
      <a
        className="back-link"
        href={formatRoute(
          isApprover ? { view: 'approvals' } : { view: 'recordings', query: 'review=running' },
        )}
      >
        <ArrowLeft size={15} aria-hidden /> {t.live.back}
      </a>
      {!id.success ? (
        <StateNote title={t.live.noSession} icon={TriangleAlert} tone="danger" />
      ) : (
        <Loaded of={identity} what={t.live.yourKey} onRetry={reload}>
          {state =>
            state.isUnlocked || state.recipient === null ? (
              <Watched sessionId={id.data} />
            ) : (
              <UnlockIdentity
                recipient={state.recipient}
                needsPassphrase={state.needsPassphrase}
                onUnlocked={reload}
              />
            )
          }
        </Loaded>
      )}
    </div>
  );
}

function Watched({ sessionId }: { readonly sessionId: SessionId }) {
  const { sessions } = useServices();
  const session = useList(sessions).value?.find(({ id }) => id === sessionId) ?? null;
  const { place, feed } = useLiveFeed(sessionId);
  return (
    <div className="live">
      <LiveHead session={session} feed={feed} />
      <section className="live-main" aria-label={t.live.view}>
        <div
          ref={place}
          className="replay-place live-place"
          data-testid="live"
          role="application"
          aria-label={t.live.screen}
          tabIndex={0}
        />
        {feed !== null && <LiveNote feed={feed} sessionId={sessionId} />}
      </section>
    </div>
  );
}

function LiveHead({
  session,
  feed,
}: {
  readonly session: SessionRecord | null;
  readonly feed: LiveFeed | null;
}) {
  const nowMs = useServerNow();
  const isApprover = useHasRole('approver');
  const isRunning = session !== null && session.endedAtMs === null;
  return (
    <div className="player-head">
      {session !== null && <EnvironmentBadge environment={session.target.environment} />}
      <div className="grow">
        <h1 className="break">
          {session === null ? t.live.live : t.live.who(session.operator.name, session.target.name)}
        </h1>
        {session !== null && (
          <p className="small muted break">
            {t.live.facts(
              <span className="mono">{session.account}</span>,
              agoWords(nowMs - session.startedAtMs),
              <strong className="masked-total" data-testid="live-masked">
                {number(totalMasked(session.masked))}
              </strong>,
              maskedWords(session.masked),
            )}
          </p>
        )}
        {session !== null && <AlertLines alerts={session.alerts} />}
      </div>
      {session?.lockReasons.map(reason => (
        <Badge key={reason} tone="warn">
          {lockWords(reason)}
        </Badge>
      ))}
      {feed !== null && <ChainBadge feed={feed} />}
      {feed !== null && <Distance feed={feed} nowMs={nowMs} />}
      {isRunning && isApprover && <SessionActions session={session} />}
    </div>
  );
}

/** Whether what is watched is whole so far: a view begins in the middle, its check at the start. */
function ChainBadge({ feed }: { readonly feed: LiveFeed }) {
  const { check } = useStore(feed);
  if (check === null) return null;
  const { isSound, short, long } = checkWords(check);
  return (
    <Disclosed
      label={t.live.chain}
      trigger={
        <AriaButton
          className="verification"
          data-verified={isSound ? 'true' : check.problem === null ? 'unknown' : 'false'}
          data-testid="live-check"
        >
          {isSound ? <ShieldCheck size={16} aria-hidden /> : <Shield size={16} aria-hidden />}
          {short}
        </AriaButton>
      }
    >
      <p className="chain-words">{long}</p>
    </Disclosed>
  );
}

/** How far behind the session the view is. Said once for a screen reader, not with every piece. */
function Distance({ feed, nowMs }: { readonly feed: LiveFeed; readonly nowMs: number }) {
  const state = useStore(feed);
  const { tone, words } = liveWords(state, nowMs);
  return (
    <span className="live-distance" data-tone={tone} data-testid="live-distance">
      <Radio size={15} aria-hidden />
      {words}
      <span className="visually-hidden" role="status">
        {state.phase === 'live' ? t.live.live : words}
      </span>
    </span>
  );
}

/** What stands over the screen where there is nothing to watch, or no longer. */
function LiveNote({ feed, sessionId }: { readonly feed: LiveFeed; readonly sessionId: SessionId }) {
  const { phase, failure } = useStore(feed);
  const { notices, router } = useServices();
  const isReviewer = useHasRole('reviewer');
  const [wasLive, setWasLive] = useState(false);
  const replay = { view: 'recording', recordingId: sessionId } as const;
  const isOver = phase === 'ended';
  useEffect(() => {
    if (phase === 'live') setWasLive(true);
    // Whoever watched sees the end of it in the finished, checked replay; who comes too late is asked first.
    if (!isOver || !wasLive || !isReviewer) return;
    notices.add('info', t.live.endedHere);
    router.replace({ view: 'recording', recordingId: sessionId });
  }, [phase, isOver, wasLive, isReviewer, notices, router, sessionId]);
  if (isOver) {
    return (
      <div className="live-note">
        <StateNote
          title={t.live.ended}
          action={isReviewer && <Button onPress={() => router.go(replay)}>{t.live.openFinished}</Button>}
        >
          {isReviewer ? t.live.whole : t.live.wholeForReviewers}
        </StateNote>
      </div>
    );
  }
  if (phase !== 'refused') return null;
  const { title, advice } = refusalWords(failure?.code ?? null);
  return (
    <div className="live-note">
      <StateNote title={title} icon={KeyRound} tone="danger">
        <p>{failure?.message}</p>
        <p>{advice}</p>
      </StateNote>
    </div>
  );
}
