import type { ReactNode } from 'react';
import { useState } from 'react';
import type { SessionView } from '../../contract/ipc.ts';
import { useServices } from '../app/services-context.tsx';
import { useAction } from '../app/use-action.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { panesOf } from './pane-layout.ts';
import { t } from '../texts/t.ts';

/** Closes a session's pane or tab: one that has ended at once, one that runs after a question. `dialog` is drawn by the caller. */
export function useCloseSession(): {
  readonly close: (session: SessionView) => void;
  readonly dialog: ReactNode;
} {
  const { bridge, panes, router, terminals } = useServices();
  const [asked, setAsked] = useState<SessionView | null>(null);
  const { isBusy, run } = useAction();

  /** To the pane beside it where there is one; else home. */
  const leave = (sessionId: string) => {
    const route = router.get();
    const isShown = route.view === 'session' && route.sessionId === sessionId;
    const beside = besideOf(sessionId);
    panes.forget(sessionId);
    if (isShown) router.go(beside === null ? { view: 'launcher' } : { view: 'session', sessionId: beside });
  };
  const besideOf = (sessionId: string): string | null =>
    panesOf(panes.treeOf(sessionId))
      .map(pane => pane.sessionId)
      .find(id => id !== null && id !== sessionId) ?? null;
  const remove = (sessionId: string) => {
    leave(sessionId);
    terminals.close(sessionId);
  };
  const end = async ({ sessionId }: SessionView) => {
    const snapshot = await run(() => bridge.request('session.end', { sessionId }));
    setAsked(null);
    if (snapshot !== null) remove(sessionId);
  };

  return {
    close: session => (session.access.phase === 'ended' ? remove(session.sessionId) : setAsked(session)),
    dialog: asked !== null && (
      <ModalDialog
        title={t.session.endOn(asked.grant.target.name)}
        role="alertdialog"
        onClose={() => setAsked(null)}
      >
        <p>{t.session.endMeans}</p>
        <div className="actions">
          <Button onPress={() => setAsked(null)} autoFocus>
            {t.session.goBack}
          </Button>
          {panesOf(panes.treeOf(asked.sessionId)).length > 1 && (
            <Button
              onPress={() => {
                leave(asked.sessionId);
                setAsked(null);
              }}
            >
              {t.session.keepInTab}
            </Button>
          )}
          <Button tone="danger" isPending={isBusy} onPress={() => void end(asked)}>
            {t.session.endSession}
          </Button>
        </div>
      </ModalDialog>
    ),
  };
}
