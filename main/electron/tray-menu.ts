import type { MenuItemConstructorOptions } from 'electron';
import type { SessionView } from '../../contract/ipc.ts';
import type { LinkView } from '../../contract/link.ts';

/** A session as the tray shows it. */
export type TraySession = Pick<SessionView, 'sessionId'> & {
  readonly target: string;
  readonly phase: SessionView['access']['phase'];
  readonly leftMs: number;
};

export interface TrayDeeds {
  /** Brings the window to the front; with a link, to what that names. */
  show(link: LinkView | null): void;
  lockAll(): void;
  quit(): void;
}

/** What the tray offers: the window, each running session with its time left, one lock for all, the end. */
export function trayMenu(sessions: readonly TraySession[], deeds: TrayDeeds): MenuItemConstructorOptions[] {
  const canLock = sessions.some(({ phase }) => phase === 'granted' || phase === 'expiring');
  return [
    { label: 'Open Sallyport', click: () => deeds.show(null) },
    { type: 'separator' },
    ...(sessions.length === 0
      ? [{ label: 'No session is running', enabled: false }]
      : sessions.map(session => ({
          label: sessionLabel(session),
          click: () => deeds.show({ view: 'session', id: session.sessionId }),
        }))),
    { label: 'Lock every session', enabled: canLock, click: deeds.lockAll },
    { type: 'separator' },
    { label: 'Quit', click: deeds.quit },
  ];
}

/** The words beside the icon: how many run, and when the first one ends. */
export function trayToolTip(sessions: readonly TraySession[]): string {
  const [first] = sessions.toSorted((a, b) => a.leftMs - b.leftMs);
  if (first === undefined) return 'Sallyport';
  const count = sessions.length === 1 ? 'one session' : `${sessions.length} sessions`;
  return `Sallyport: ${count}, ${first.target} ends ${leftWords(first.leftMs)}`;
}

function sessionLabel({ target, phase, leftMs }: TraySession): string {
  return phase === 'locked' ? `${target}: locked` : `${target}: ends ${leftWords(leftMs)}`;
}

function leftWords(leftMs: number): string {
  const minutes = Math.ceil(leftMs / 60_000);
  if (minutes <= 1) return 'within a minute';
  return minutes < 120 ? `in ${minutes} minutes` : `in ${Math.floor(minutes / 60)} hours`;
}
