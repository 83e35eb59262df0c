import type { MenuItemConstructorOptions } from 'electron';
import type { SessionView } from '../../contract/ipc.ts';
import type { LinkView } from '../../contract/link.ts';
import type { ShellTexts } from './shell-texts.ts';

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
export function trayMenu(
  sessions: readonly TraySession[],
  deeds: TrayDeeds,
  texts: ShellTexts,
): MenuItemConstructorOptions[] {
  const canLock = sessions.some(({ phase }) => phase === 'granted' || phase === 'expiring');
  return [
    { label: texts.open, click: () => deeds.show(null) },
    { type: 'separator' },
    ...(sessions.length === 0
      ? [{ label: texts.noSession, enabled: false }]
      : sessions.map(session => ({
          label: sessionLabel(session, texts),
          click: () => deeds.show({ view: 'session', id: session.sessionId }),
        }))),
    { label: texts.lockAll, enabled: canLock, click: deeds.lockAll },
    { type: 'separator' },
    { label: texts.quit, click: deeds.quit },
  ];
}

/** The words beside the icon: how many run, and when the first one ends. */
export function trayToolTip(sessions: readonly TraySession[], texts: ShellTexts): string {
  const [first] = sessions.toSorted((a, b) => a.leftMs - b.leftMs);
  if (first === undefined) return 'Sallyport';
  return texts.summary(sessions.length, first.target, leftWords(first.leftMs, texts));
}

function sessionLabel({ target, phase, leftMs }: TraySession, texts: ShellTexts): string {
  return phase === 'locked' ? texts.locked(target) : texts.ends(target, leftWords(leftMs, texts));
}

function leftWords(leftMs: number, texts: ShellTexts): string {
  const minutes = Math.ceil(leftMs / 60_000);
  if (minutes <= 1) return texts.endsNow;
  return minutes < 120 ? texts.endsIn(minutes, 'minute') : texts.endsIn(Math.floor(minutes / 60), 'hour');
}
