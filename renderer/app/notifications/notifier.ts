import type { AppState } from '../../../contract/ipc.ts';
import type { LinkView } from '../../../contract/link.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import type { ReadableStore } from '../store.ts';
import { createStore } from '../store.ts';
import type { Notification } from './notification-words.ts';

export type NotificationPermission = 'granted' | 'denied' | 'default' | 'unsupported';

/** Notifications of the system: the desktop shell shows its own, in a browser the page does, once the person allowed it. */
export interface Notifier {
  readonly permission: ReadableStore<NotificationPermission>;
  /** Asks the person, after a click of theirs: browsers refuse it without one. */
  ask(): Promise<void>;
  show(notification: Notification): void;
}

export interface NotifierOptions {
  readonly bridge: Pick<Bridge, 'request'>;
  readonly shellKind: () => AppState['shell']['kind'] | null;
  /** leads this window there */
  readonly follow: (link: LinkView) => void;
  readonly page: Pick<Window, 'focus'> & { readonly Notification?: typeof globalThis.Notification };
}

export function createNotifier({ bridge, shellKind, follow, page }: NotifierOptions): Notifier {
  const ofPage = page.Notification;
  const permission = createStore<NotificationPermission>(ofPage?.permission ?? 'unsupported');
  const isDesktop = () => shellKind() === 'desktop';
  return {
    permission: {
      get: () => (isDesktop() ? 'granted' : permission.get()),
      subscribe: permission.subscribe,
    },
    async ask() {
      if (ofPage !== undefined) permission.set(await ofPage.requestPermission());
    },
    show({ title, body, tag, link }) {
      if (isDesktop()) {
        void bridge.request('shell.notify', { title, body, link });
        return;
      }
      // it may have been taken back in the browser's settings since
      if (ofPage?.permission !== 'granted') return permission.set(ofPage?.permission ?? 'unsupported');
      const shown = new ofPage(title, { body, tag });
      shown.addEventListener('click', () => {
        page.focus();
        follow(link);
        shown.close();
      });
    },
  };
}
