import { SquareTerminal, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { clockText } from '../app/duration-words.ts';
import { useAccount, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button, IconButton } from '../design/button.tsx';
import { usableGrants } from '../launcher/grant-groups.ts';
import { useOpenSession } from './use-open-session.ts';
import { t } from '../texts/t.ts';

interface PaneChooserProps {
  readonly paneId: string;
  /** of the sessions that this pane stands beside */
  readonly beside: readonly string[];
  readonly onClose: () => void;
}

/** In a new pane: what it shows, a session that is open elsewhere in the window or a new one under a grant. */
export function PaneChooser({ paneId, beside, onClose }: PaneChooserProps) {
  const { grants, live, panes, router } = useServices();
  const account = useAccount();
  const { isBusy, open } = useOpenSession();
  const nowMs = useServerNow();
  const usable = usableGrants(useList(grants).value ?? [], account.id, nowMs);
  const elsewhere = useStore(live).filter(
    session =>
      session.grant.holder.id === account.id &&
      session.access.phase !== 'ended' &&
      !beside.includes(session.sessionId),
  );
  const show = (sessionId: string) => {
    panes.show(paneId, sessionId);
    router.go({ view: 'session', sessionId });
  };
  const chooser = useRef<HTMLElement>(null);
  useEffect(() => chooser.current?.focus(), []);

  return (
    <section
      ref={chooser}
      className="chooser"
      aria-label={t.session.newPane}
      tabIndex={-1}
      data-testid="chooser"
    >
      <div className="chooser-head">
        <h2 className="grow">{t.session.showHere}</h2>
        <IconButton icon={X} label={t.session.closePane} onPress={onClose} />
      </div>
      {elsewhere.length > 0 && (
        <ul className="chooser-list" aria-label={t.session.openSessions}>
          {elsewhere.map(({ sessionId, grant, access }) => (
            <li key={sessionId}>
              <Button icon={SquareTerminal} onPress={() => show(sessionId)}>
                <span className="grow">
                  {t.session.asAccount(grant.target.name, <span className="mono">{grant.account}</span>)}
                </span>
                <span className="muted">{clockText(Math.max(0, access.expiresAtMs - nowMs))}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {usable.length > 0 && (
        <ul className="chooser-list" aria-label={t.session.newSessions}>
          {usable.map(grant => (
            <li key={grant.id}>
              <Button
                isPending={isBusy}
                onPress={() =>
                  void open(grant).then(sessionId => {
                    if (sessionId !== null) show(sessionId);
                  })
                }
              >
                <span className="grow">
                  {t.session.newSessionOn(grant.target.name, <span className="mono">{grant.account}</span>)}
                </span>
                <span className="muted">{clockText(grant.expiresAtMs - nowMs)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {usable.length === 0 && elsewhere.length === 0 && <p className="muted">{t.session.nothingToShow}</p>}
    </section>
  );
}
