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

interface TerminalPaneProps {
  readonly terminal: TerminalSession;
  readonly onCommand: (command: TerminalCommand) => boolean;
}

const MENU: readonly MenuEntry[] = [
  { command: 'copy', label: 'Copy', keys: 'Ctrl+Shift+C' },
  { command: 'paste', label: 'Paste', keys: 'Ctrl+Shift+V' },
  { command: 'select-all', label: 'Select all' },
  { command: 'search', label: 'Search', keys: 'Ctrl+Shift+F' },
  { command: 'split-right', label: 'Split right', keys: 'Ctrl+Shift+E', isFirst: true },
  { command: 'split-below', label: 'Split below', keys: 'Ctrl+Shift+O' },
  { command: 'close', label: 'Close', keys: 'Ctrl+Shift+X' },
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
          commands={MENU.filter(({ command }) => command !== 'paste' || canPaste)}
          onCommand={command => void onCommand(command)}
          onClose={() => {
            setMenuAt(null);
            screen.focus();
          }}
        />
      )}
      {connection === 'lost' && (
        <p className="terminal-lost" role="status">
          The way to the terminal is interrupted; it is taken up again by itself. Nothing that you type
          arrives until then.
        </p>
      )}
      {connection === 'taken-over' && (
        <div className="terminal-lost row" role="status">
          <p className="grow">
            This session is shown in another window now; nothing that you type here arrives.
          </p>
          <Button onPress={terminal.reconnect}>Show it here</Button>
        </div>
      )}
    </>
  );
}
