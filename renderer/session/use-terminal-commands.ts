import { useCallback } from 'react';
import { useServices } from '../app/services-context.tsx';
import type { TerminalCommand } from './terminal-keys.ts';
import type { TerminalSession } from './terminal-session.ts';

const USUAL_FONT_SIZE = 14;
const SMALLEST_FONT = 8;
const LARGEST_FONT = 32;

/** What the window's own keys and buttons do with a terminal. */
export function useTerminalCommands(
  terminal: TerminalSession | null,
  openSearch: () => void,
): (command: TerminalCommand) => void {
  const { live, notices, preferences, router } = useServices();
  return useCallback(
    (command: TerminalCommand) => {
      const size = (change: (now: number) => number) =>
        preferences.set(previous => ({
          ...previous,
          fontSize: Math.min(LARGEST_FONT, Math.max(SMALLEST_FONT, change(previous.fontSize))),
        }));
      const step = (by: number) => {
        const route = router.get();
        const ids = live.get().map(session => session.sessionId);
        const index = route.view === 'session' ? ids.findIndex(id => id === route.sessionId) : -1;
        const next = ids[(index + by + ids.length) % ids.length];
        if (next !== undefined) router.go({ view: 'session', sessionId: next });
      };
      switch (command) {
        case 'copy': {
          const selection = terminal?.screen.terminal.getSelection() ?? '';
          if (selection === '') return;
          // only masked text is on the screen, so only masked text can be copied
          navigator.clipboard.writeText(selection).then(
            () => notices.add('info', 'Copied, as it is shown.'),
            () =>
              notices.add(
                'warning',
                'The browser did not allow copying. Click into the terminal and try again.',
              ),
          );
          return;
        }
        case 'search':
          openSearch();
          return;
        case 'larger':
          size(now => now + 1);
          return;
        case 'smaller':
          size(now => now - 1);
          return;
        case 'usual-size':
          size(() => USUAL_FONT_SIZE);
          return;
        case 'leave':
          document.querySelector<HTMLElement>('.session-bar button')?.focus();
          return;
        case 'next-tab':
          step(1);
          return;
        case 'previous-tab':
          step(-1);
          return;
        case 'paste':
          // never comes here from a key: the browser delivers the text as an event
          return;
      }
    },
    [terminal, openSearch, live, notices, preferences, router],
  );
}
