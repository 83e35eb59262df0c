import { Bell, LockKeyhole, SquareTerminal, X } from 'lucide-react';
import type { SessionView } from '../../contract/ipc.ts';
import type { Route } from '../app/router.ts';
import { formatRoute } from '../app/router.ts';
import { useAccount, useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { clockText } from '../app/duration-words.ts';
import { IconButton } from '../design/button.tsx';
import { urgencyOf } from './countdown.ts';
import { panesOf } from './pane-layout.ts';
import { useCloseSession } from './use-close-session.tsx';
import './session-tabs.css';
import { t } from '../texts/t.ts';

/** The sessions of this account that are open in this window, one click away from every view; those shown together stand together. */
export function SessionTabs({ route }: { readonly route: Route }) {
  const { live, panes } = useServices();
  const account = useAccount();
  const closing = useCloseSession();
  useStore(panes);
  const sessions = useStore(live).filter(session => session.grant.holder.id === account.id);
  if (sessions.length === 0) return null;
  const current = route.view === 'session' ? route.sessionId : null;
  return (
    <nav className="tabs" aria-label={t.session.sessions}>
      {groupsOf(sessions, sessionId =>
        panesOf(panes.treeOf(sessionId)).flatMap(pane => (pane.sessionId === null ? [] : [pane.sessionId])),
      ).map(group => (
        <div
          key={group[0]?.sessionId}
          className="tab-group"
          data-shown={group.some(({ sessionId }) => sessionId === current)}
          {...(group.length > 1 ? { role: 'group', 'aria-label': t.session.shownTogether } : {})}
        >
          {group.map(session => (
            <SessionTab
              key={session.sessionId}
              session={session}
              isCurrent={session.sessionId === current}
              onClose={() => closing.close(session)}
            />
          ))}
        </div>
      ))}
      {closing.dialog}
    </nav>
  );
}

/** In the order in which they were opened, those of one group beside its first. */
function groupsOf(
  sessions: readonly SessionView[],
  idsWith: (sessionId: string) => readonly string[],
): SessionView[][] {
  const groups: SessionView[][] = [];
  const placed = new Set<string>();
  for (const session of sessions) {
    if (placed.has(session.sessionId)) continue;
    const group = idsWith(session.sessionId).flatMap(id => sessions.filter(each => each.sessionId === id));
    for (const each of group) placed.add(each.sessionId);
    groups.push(group);
  }
  return groups;
}

interface SessionTabProps {
  readonly session: SessionView;
  readonly isCurrent: boolean;
  readonly onClose: () => void;
}

function SessionTab({ session, isCurrent, onClose }: SessionTabProps) {
  const nowMs = useServerNow();
  const { access, grant, sessionId } = session;
  const leftMs = Math.max(0, access.expiresAtMs - nowMs);
  const state =
    access.phase === 'ended'
      ? t.session.ended
      : access.phase === 'locked'
        ? t.session.locked
        : clockText(leftMs);
  const Icon = access.phase === 'locked' ? LockKeyhole : SquareTerminal;
  return (
    <div className="tab" data-environment={grant.target.environment} data-phase={access.phase}>
      <a href={formatRoute({ view: 'session', sessionId })} aria-current={isCurrent ? 'page' : undefined}>
        <Icon size={14} aria-hidden />
        <span className="tab-name">{grant.target.name}</span>
        <span className="tab-state" data-urgency={urgencyOf(leftMs, access.expiresAtMs - grant.issuedAtMs)}>
          {state}
        </span>
        {access.phase !== 'ended' && <BellMark sessionId={sessionId} />}
      </a>
      <IconButton icon={X} label={t.session.close(grant.target.name)} onPress={onClose} />
    </div>
  );
}

/** The bell rang while the terminal was out of sight. */
function BellMark({ sessionId }: { readonly sessionId: string }) {
  const { terminals } = useServices();
  const hasRung = useStore(terminals.of(sessionId).hasRung);
  return hasRung ? <Bell size={13} className="tab-bell" aria-label={t.session.rang} role="img" /> : null;
}
