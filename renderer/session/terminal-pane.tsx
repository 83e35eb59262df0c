import { useEffect, useRef } from 'react';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import type { TerminalCommand } from './terminal-keys.ts';
import type { TerminalSession } from './terminal-session.ts';

interface TerminalPaneProps {
  readonly terminal: TerminalSession;
  readonly onCommand: (command: TerminalCommand) => void;
}

/** The place of a terminal. When this is not drawn the terminal is out of the document, alive, with its screen. */
export function TerminalPane({ terminal, onCommand }: TerminalPaneProps) {
  const place = useRef<HTMLDivElement>(null);
  const connection = useStore(terminal.connection);
  useEffect(() => {
    if (place.current === null) return;
    terminal.attach(place.current);
    terminal.screen.terminal.focus();
    return () => terminal.screen.detach();
  }, [terminal]);
  useEffect(() => {
    terminal.onCommand = onCommand;
  }, [terminal, onCommand]);
  return (
    <>
      <div ref={place} className="terminal-place" data-testid="terminal" />
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
