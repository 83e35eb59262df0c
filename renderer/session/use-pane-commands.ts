import { useCallback } from 'react';
import { useAccount, useServices } from '../app/services-context.tsx';
import type { Side } from './pane-layout.ts';
import { panesOf } from './pane-layout.ts';
import type { TerminalCommand } from './terminal-keys.ts';
import { t } from '../texts/t.ts';

const SIDES: Partial<Record<TerminalCommand, Side>> = {
  'focus-left': 'left',
  'focus-right': 'right',
  'focus-up': 'up',
  'focus-down': 'down',
};

/** What keys do with the panes and tabs around a session; they answer whether they did something. */
export function usePaneCommands(sessionId: string): (command: TerminalCommand) => boolean {
  const { live, notices, panes, router } = useServices();
  const account = useAccount();
  return useCallback(
    (command: TerminalCommand) => {
      const side = SIDES[command];
      if (side !== undefined) {
        if (panesOf(panes.treeOf(sessionId)).length < 2) return false;
        const pane = panes.neighbour(sessionId, side);
        if (typeof pane?.sessionId === 'string') router.go({ view: 'session', sessionId: pane.sessionId });
        else if (pane !== null) document.querySelector<HTMLElement>('.chooser')?.focus();
        return true;
      }
      switch (command) {
        case 'split-right':
        case 'split-below':
          if (panes.split(sessionId, command === 'split-right' ? 'right' : 'below') === null)
            notices.add('info', t.session.noRoom);
          return true;
        case 'next-tab':
        case 'previous-tab': {
          const ids = live
            .get()
            .filter(session => session.grant.holder.id === account.id)
            .map(session => session.sessionId as string);
          const step = command === 'next-tab' ? 1 : -1;
          const next = ids[(ids.indexOf(sessionId) + step + ids.length) % ids.length];
          if (next !== undefined) router.go({ view: 'session', sessionId: next });
          return true;
        }
        default:
          return false;
      }
    },
    [account.id, live, notices, panes, router, sessionId],
  );
}
