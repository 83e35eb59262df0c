import { Eye } from 'lucide-react';
import type { SessionRecord } from '../../contract/server-api.ts';
import { agoWords, clockText } from '../app/duration-words.ts';
import { maskedWords, totalMasked } from '../app/entity-words.ts';
import { formatRoute } from '../app/router.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Loaded } from '../design/state-note.tsx';
import { AlertLines } from '../live/alert-lines.tsx';
import { SessionActions } from '../live/session-actions.tsx';
import { lockWords } from '../session/lock-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** Sessions that run now, wherever they run: with what was masked, and the ways to stop them. */
export function LiveSessionList({ nowMs }: { readonly nowMs: number }) {
  const { sessions } = useServices();
  const list = useList(sessions);
  return (
    <section className="section" aria-labelledby="live-sessions">
      <h2 id="live-sessions">{t.approvals.running}</h2>
      <Loaded of={list} what={t.approvals.theRunning} onRetry={() => void sessions.load()}>
        {all => {
          const running = all
            .filter(session => session.endedAtMs === null)
            .sort((a, b) => b.startedAtMs - a.startedAtMs);
          if (running.length === 0) return <p className="muted">{t.approvals.noneRuns}</p>;
          return (
            <ul className="lines">
              {running.map(session => (
                <RunningSession key={session.id} session={session} nowMs={nowMs} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}

function RunningSession({ session, nowMs }: { readonly session: SessionRecord; readonly nowMs: number }) {
  const { grants } = useServices();
  const grant = (useStore(grants).value ?? []).find(({ id }) => id === session.grantId);
  return (
    <li className="line" data-testid={`live-${session.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={session.target.environment} />
          {t.approvals.onTarget(<strong>{session.operator.name}</strong>, session.target.name)}
          <span className="mono muted">{session.account}</span>
          {session.lockReasons.map(reason => (
            <Badge key={reason} tone="warn">
              {lockWords(reason)}
            </Badge>
          ))}
        </p>
        <p className="small muted">
          {t.approvals.started(agoWords(nowMs - session.startedAtMs))}
          {grant !== undefined &&
            grant.state === 'active' &&
            ` · ${t.approvals.left(clockText(grant.expiresAtMs - nowMs))}`}{' '}
          ·{' '}
          {t.approvals.masked(
            <strong className="masked-total">{number(totalMasked(session.masked))}</strong>,
            maskedWords(session.masked),
          )}
        </p>
        <AlertLines alerts={session.alerts} />
      </div>
      <a
        className="button"
        href={formatRoute({ view: 'live', sessionId: session.id })}
        aria-label={t.approvals.watch(session.operator.name, session.target.name)}
      >
        <Eye size={16} aria-hidden /> {t.approvals.live}
      </a>
      <SessionActions session={session} />
    </li>
  );
}
