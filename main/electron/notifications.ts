import { Notification } from 'electron';
import type { LinkView } from '../../contract/link.ts';
import type { ShellNotification } from '../../contract/shell.ts';

/** Shows notifications of the system; a click on one is followed. Nothing is shown where the system has none. */
export function createNotifications(
  follow: (link: LinkView) => void,
): (notification: ShellNotification) => void {
  // one that nobody holds is collected, and its click is lost
  const shown = new Set<Notification>();
  return ({ title, body, link }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      follow(link);
    });
    notification.show();
  };
}
