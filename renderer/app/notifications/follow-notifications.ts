import type { AppState } from '../../../contract/ipc.ts';
import type { AccessRequest } from '../../../contract/server-api.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import type { LiveSessions } from '../../session/live-sessions.ts';
import type { Loadable } from '../loadable.ts';
import type { Preferences } from '../preferences.ts';
import type { ReadableStore } from '../store.ts';
import type { Notification } from './notification-words.ts';
import { requestNotification, warningNotification } from './notification-words.ts';
import type { Notifier } from './notifier.ts';

interface Sources {
  readonly bridge: Bridge;
  readonly notifier: Notifier;
  readonly preferences: ReadableStore<Preferences>;
  readonly requests: ReadableStore<Loadable<AccessRequest[]>>;
  readonly live: LiveSessions;
  readonly account: () => AppState['current'];
  readonly page: Window;
}

/** Tells what the person wants to be told while the window is not in front. Must subscribe before the lists do: it compares with what they knew. */
export function followNotifications(sources: Sources): void {
  const { bridge, notifier, preferences, requests, live, account, page } = sources;
  const tell = (notification: Notification | null) => {
    if (notification === null || !preferences.get().notifications.includes(notification.kind)) return;
    if (page.document.visibilityState === 'visible' && page.document.hasFocus()) return;
    notifier.show(notification);
  };
  bridge.on('requests.changed', request => {
    const current = account();
    const before = requests.get().value?.find(({ id }) => id === request.id) ?? null;
    if (current !== null) tell(requestNotification(request, before, current));
  });
  bridge.on('notice', notice => {
    const targetOf = (id: string) =>
      live.get().find(({ sessionId }) => sessionId === id)?.grant.target.name ?? null;
    tell(warningNotification(notice, targetOf));
  });
}
