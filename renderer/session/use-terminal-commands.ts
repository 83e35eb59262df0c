import type { SessionView } from '../../contract/ipc.ts';
import { useServices } from '../app/services-context.tsx';
import { FONT_SIZE } from '../app/preferences.ts';
import type { TerminalCommand } from './terminal-keys.ts';
import type { TerminalSession } from './terminal-session.ts';
import { usePaneCommands } from './use-pane-commands.ts';
import { t } from '../texts/t.ts';

interface Parts {
  readonly terminal: TerminalSession | null;
  readonly openSearch: () => void;
  readonly close: () => void;
}

/** What the window's own keys, buttons and menus do with a session; false where a key is left to the program. */
export function useTerminalCommands(
  { sessionId }: SessionView,
  { terminal, openSearch, close }: Parts,
): (command: TerminalCommand) => boolean {
  const { notices, preferences } = useServices();
  const runPaneCommand = usePaneCommands(sessionId);
  const size = (change: (now: number) => number) =>
    preferences.set(previous => ({
      ...previous,
      fontSize: Math.min(FONT_SIZE.most, Math.max(FONT_SIZE.least, change(previous.fontSize))),
    }));
  const copy = () => {
    const selection = terminal?.screen.terminal.getSelection() ?? '';
    if (selection === '') return;
    // only masked text is on the screen, so only masked text can be copied
    navigator.clipboard.writeText(selection).then(
      () => notices.add('info', t.terminal.copied),
      () => notices.add('warning', t.terminal.notCopied),
    );
  };
  const paste = () => {
    navigator.clipboard.readText().then(
      text => terminal?.paste(text),
      () => notices.add('warning', t.terminal.noClipboard),
    );
  };
  return command => {
    switch (command) {
      case 'copy':
        copy();
        return true;
      case 'paste':
        // from the menu; a key press brings the text along as an event
        paste();
        return true;
      case 'select-all':
        terminal?.screen.terminal.selectAll();
        return true;
      case 'search':
        openSearch();
        return true;
      case 'larger':
        size(now => now + 1);
        return true;
      case 'smaller':
        size(now => now - 1);
        return true;
      case 'usual-size':
        size(() => FONT_SIZE.usual);
        return true;
      case 'leave':
        terminal?.screen.terminal.element
          ?.closest('.session')
          ?.querySelector<HTMLElement>('.session-bar button')
          ?.focus();
        return true;
      case 'close':
        close();
        return true;
      default:
        return runPaneCommand(command);
    }
  };
}
