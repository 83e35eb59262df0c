import { SearchX } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useAccount, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { StateNote } from '../design/state-note.tsx';
import { ActivePane } from './active-pane.ts';
import { PaneChooser } from './pane-chooser.tsx';
import { PaneDivider } from './pane-divider.tsx';
import type { Box, Pane } from './pane-layout.ts';
import { layoutOf, panesOf } from './pane-layout.ts';
import { SessionPane } from './session-pane.tsx';
import { terminalCommand } from './terminal-keys.ts';
import { usePaneCommands } from './use-pane-commands.ts';
import './panes.css';
import './session.css';
import './terminal-dialogs.css';
import { t } from '../texts/t.ts';

/** A session and those that are shown beside it, each in a pane with its own bar, countdown and cover. */
export function SessionPage({ sessionId }: { readonly sessionId: string }) {
  const { panes, router } = useServices();
  useStore(panes);
  const tree = panes.treeOf(sessionId);
  const layout = layoutOf(tree);
  const all = panesOf(tree);
  const isSplit = all.length > 1;
  const shown = all.flatMap(pane => (pane.sessionId === null ? [] : [pane.sessionId]));
  const runCommand = usePaneCommands(sessionId);
  const onKeyDown = (event: KeyboardEvent) => {
    // a terminal has taken its own keys already; the rest comes from bars, covers and choosers
    if (event.defaultPrevented) return;
    const command = terminalCommand(event.nativeEvent);
    if (command !== null && runCommand(command)) event.preventDefault();
  };
  const onFocus = (pane: Pane) => {
    if (pane.sessionId !== null && pane.sessionId !== sessionId)
      router.replace({ view: 'session', sessionId: pane.sessionId });
  };
  return (
    // keys that bubble up from the panes, none of its own
    <div className="panes" onKeyDown={onKeyDown} data-split={isSplit}>
      {layout.panes.map(({ pane, box }) => (
        <div
          key={pane.paneId}
          className="pane"
          style={placeOf(box)}
          data-active={pane.sessionId === sessionId}
          data-testid="pane"
          onFocus={() => onFocus(pane)}
        >
          <ActivePane value={pane.sessionId === sessionId}>
            {pane.sessionId === null ? (
              <PaneChooser paneId={pane.paneId} beside={shown} onClose={() => panes.close(pane.paneId)} />
            ) : (
              <PaneOf sessionId={pane.sessionId} isSplit={isSplit} />
            )}
          </ActivePane>
        </div>
      ))}
      {layout.dividers.map(divider => (
        <PaneDivider key={divider.split.splitId} divider={divider} />
      ))}
    </div>
  );
}

function PaneOf({ sessionId, isSplit }: { readonly sessionId: string; readonly isSplit: boolean }) {
  const { live, panes, router } = useServices();
  const account = useAccount();
  const session = useStore(live).find(
    candidate => candidate.sessionId === sessionId && candidate.grant.holder.id === account.id,
  );
  if (session !== undefined) return <SessionPane session={session} isSplit={isSplit} />;
  return (
    <div className="view">
      <StateNote
        title={t.session.notOpen}
        icon={SearchX}
        action={
          isSplit ? (
            <Button onPress={() => panes.forget(sessionId)}>{t.session.closePane}</Button>
          ) : (
            <Button onPress={() => router.go({ view: 'launcher' })}>{t.session.backToLauncher}</Button>
          )
        }
      >
        {t.session.notOpenMeans}
      </StateNote>
    </div>
  );
}

function placeOf(box: Box) {
  const percent = (fraction: number) => `${fraction * 100}%`;
  return {
    left: percent(box.left),
    top: percent(box.top),
    width: percent(box.right - box.left),
    height: percent(box.bottom - box.top),
  };
}
