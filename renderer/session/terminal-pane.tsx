import type { MouseEvent } from 'react';
import { useContext, useEffect, useRef, useState } from 'react';
import { useAppState } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { ActivePane } from './active-pane.ts';
import type { TerminalCommand } from './terminal-keys.ts';
import type { MenuEntry, MenuPlace } from './terminal-menu.tsx';
import { TerminalMenu } from './terminal-menu.tsx';
import type { TerminalSession } from './terminal-session.ts';
import { t } from '../texts/t.ts';

interface TerminalPaneProps {
  readonly terminal: TerminalSession;
  readonly onCommand: (command: TerminalCommand) => boolean;
}

const menuEntries = (): readonly MenuEntry[] => [
  { command: 'copy', label: t.terminal.copy, keys: 'Ctrl+Shift+C' },
  { command: 'paste', label: t.terminal.paste, keys: 'Ctrl+Shift+V' },
  { command: 'select-all', label: t.terminal.selectAll },
  { command: 'search', label: t.session.search, keys: 'Ctrl+Shift+F' },
  { command: 'split-right', label: t.session.splitRight, keys: 'Ctrl+Shift+E', isFirst: true },
  { command: 'split-below', label: t.session.splitBelow, keys: 'Ctrl+Shift+O' },
  { command: 'close', label: t.terminal.close, keys: 'Ctrl+Shift+X' },
];

/** The place of a terminal. When this is not drawn the terminal is out of the document, alive, with its screen. */
export function TerminalPane({ terminal, onCommand }: TerminalPaneProps) {
  const place = useRef<HTMLDivElement>(null);
  const connection = useStore(terminal.connection);
  const isActive = useContext(ActivePane);
  const [menuAt, setMenuAt] = useState<MenuPlace | null>(null);
  // the desktop shell lets no page read the clipboard; its own paste key and menu do
  const canPaste = useAppState().shell.kind === 'web';
  const { terminal: screen } = terminal.screen;
  useEffect(() => {
    if (place.current === null) return;
    terminal.attach(place.current);
    return () => terminal.screen.detach();
  }, [terminal]);
  useEffect(() => {
    const pane = place.current?.closest('.session');
    if (isActive && pane?.contains(document.activeElement) === false) screen.focus();
  }, [isActive, screen]);
  useEffect(() => {
    terminal.onCommand = onCommand;
  }, [terminal, onCommand]);
  const openMenu = (event: MouseEvent<HTMLDivElement>) => {
    event.preventDefault();
    // a program that follows the mouse gets its right clicks; Shift takes them back
    if (screen.modes.mouseTrackingMode !== 'none' && !event.shiftKey) return;
    const corner = event.currentTarget.getBoundingClientRect();
    setMenuAt({ x: event.clientX - corner.left, y: event.clientY - corner.top });
  };
  return (
    <>
      <div ref={place} className="terminal-place" data-testid="terminal" onContextMenu={openMenu} />
      {menuAt !== null && (
        <TerminalMenu
          place={menuAt}
          hasSelection={screen.hasSelection()}
          commands={menuEntries().filter(({ command }) => command !== 'paste' || canPaste)}
          onCommand={command => void onCommand(command)}
          onClose={() => {
            setMenuAt(null);
            screen.focus();
          }}
        />
      )}
      {connection === 'lost' && (
        <p className="terminal-lost" role="status">
          {t.terminal.interrupted}
        </p>
      )}
      {connection === 'taken-over' && (
        <div className="terminal-lost row" role="status">
          <p className="grow">{t.terminal.takenOver}</p>
          <Button onPress={terminal.reconnect}>{t.terminal.showHere}</Button>
        </div>
      )}
    </>
  );
}
