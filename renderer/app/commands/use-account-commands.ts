import { useMemo } from 'react';
import { useConnect } from '../../launcher/use-connect.ts';
import { useAccount, useAppState, useHasRole, useList, useServices } from '../services-context.tsx';
import { useStore } from '../store.ts';
import { useShowGuide } from '../use-show-guide.ts';
import { useActAs } from '../use-act-as.ts';
import type { AccountView, Deeds } from './account-commands.ts';
import { accountCommands } from './account-commands.ts';
import type { Command } from './command.ts';

/** The commands of the window's account, from what its lists hold; they are asked for anew when the palette opens. */
export function useAccountCommands(): readonly Command[] {
  const services = useServices();
  const { bridge, clock, live, notices, overlay, preferences, router } = services;
  const account = useAccount();
  const { accounts } = useAppState();
  const actAs = useActAs();
  const { connect } = useConnect();
  const showGuide = useShowGuide();
  const targets = useList(services.targets).value;
  const grants = useList(services.grants).value;
  const requests = useList(services.requests).value;
  const sessions = useList(services.sessions).value;
  const recordings = useRecordings();
  const open = useStore(live);

  return useMemo(() => {
    const view: AccountView = {
      account,
      accounts,
      targets: targets ?? [],
      grants: grants ?? [],
      requests: requests ?? [],
      sessions: sessions ?? [],
      open,
      recordings: recordings ?? [],
      nowMs: clock.now(),
    };
    const deeds: Deeds = {
      go: route => router.go(route),
      request: targetId => overlay.set({ kind: 'request', ...(targetId === undefined ? {} : { targetId }) }),
      connect: grant => void connect(grant),
      lock: ({ sessionId }) =>
        void bridge.request('session.lock', { sessionId }).then(outcome => {
          if (outcome.ok) live.accessChanged(outcome.value);
          else notices.add('error', outcome.error.message);
        }),
      actAs: other => void actAs(other.id),
      prefer: change => preferences.set(previous => ({ ...previous, ...change })),
      showShortcuts: () => overlay.set({ kind: 'shortcuts' }),
      showGuide,
    };
    return accountCommands(view, deeds);
  }, [
    account,
    accounts,
    targets,
    grants,
    requests,
    sessions,
    open,
    recordings,
    clock,
    router,
    overlay,
    connect,
    bridge,
    live,
    notices,
    actAs,
    preferences,
    showGuide,
  ]);
}

/** The server refuses the list to everybody else. */
function useRecordings() {
  const { recordings } = useServices();
  const isReviewer = useHasRole('reviewer');
  return useStore(recordings).value ?? (isReviewer ? [] : null);
}
