import { LockKeyhole, SquareTerminal, X } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import type { Route } from '../app/router.ts';
import { formatRoute } from '../app/router.ts';
import { useAccount, useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { clockText } from '../app/duration-words.ts';
import { IconButton } from '../design/button.tsx';
import { urgencyOf } from './countdown.ts';

/** The sessions of this account that are open in this window, one click away from every view. */
export function SessionTabs({ route }: { readonly route: Route }) {
  const { live } = useServices();
  const account = useAccount();
  const sessions = useStore(live).filter(session => session.grant.holder.id === account.id);
  if (sessions.length === 0) return null;
  return (
    <nav className="tabs" aria-label="Sessions">
      {sessions.map(session => (
        <SessionTab
          key={session.sessionId}
          session={session}
          isCurrent={route.view === 'session' && route.sessionId === session.sessionId}
        />
      ))}
    </nav>
  );
}

function SessionTab({ session, isCurrent }: { readonly session: SessionView; readonly isCurrent: boolean }) {
  const { router, terminals } = useServices();
  const nowMs = useServerNow();
  const { access, grant, sessionId } = session;
  const leftMs = Math.max(0, access.expiresAtMs - nowMs);
  const state = access.phase === 'ended' ? 'ended' : access.phase === 'locked' ? 'locked' : clockText(leftMs);
  const Icon = access.phase === 'locked' ? LockKeyhole : SquareTerminal;
  return (
    <div className="tab" data-environment={grant.target.environment} data-phase={access.phase}>
      <a href={formatRoute({ view: 'session', sessionId })} aria-current={isCurrent ? 'page' : undefined}>
        <Icon size={14} aria-hidden />
        <span className="tab-name">{grant.target.name}</span>
        <span className="tab-state" data-urgency={urgencyOf(leftMs, access.expiresAtMs - grant.issuedAtMs)}>
          {state}
        </span>
      </a>
      {access.phase === 'ended' && (
        <IconButton
          icon={X}
          label={`Close ${grant.target.name}`}
          onPress={() => {
            if (isCurrent) router.go({ view: 'launcher' });
            terminals.close(sessionId);
          }}
        />
      )}
    </div>
  );
}
