import { Menu, nativeImage, Tray } from 'electron';
import type { App } from '../app/app.ts';
import { TRAY_ICON } from './tray-icon.ts';
import type { TrayDeeds, TraySession } from './tray-menu.ts';
import { trayMenu, trayToolTip } from './tray-menu.ts';
import type { ShellTexts } from './shell-texts.ts';

/** A menu cannot be made when it is opened on Linux, so it is kept this fresh. */
const FRESH_MS = 10_000;

/** Puts an icon into the system's tray, with the sessions that run; null where the system has no tray. The caller ends it with the program. */
export function startTray(
  client: Pick<App, 'accounts'>,
  deeds: TrayDeeds,
  texts: ShellTexts,
): { dispose(): void } | null {
  let tray: Tray;
  try {
    tray = new Tray(nativeImage.createFromDataURL(TRAY_ICON));
  } catch {
    return null;
  }
  let shown = '';
  const refresh = () => {
    const sessions = sessionsOf(client);
    const menu = trayMenu(sessions, deeds, texts);
    // a menu that is set anew closes the one that somebody looks at
    const next = JSON.stringify(menu);
    if (next === shown) return;
    shown = next;
    tray.setContextMenu(Menu.buildFromTemplate(menu));
    tray.setToolTip(trayToolTip(sessions, texts));
  };
  tray.on('click', () => deeds.show(null));
  refresh();
  const timer = setInterval(refresh, FRESH_MS);
  return {
    dispose() {
      clearInterval(timer);
      tray.destroy();
    },
  };
}

function sessionsOf(client: Pick<App, 'accounts'>): TraySession[] {
  return client.accounts().flatMap(({ sessions }) =>
    sessions
      .running()
      .filter(({ access }) => access.phase !== 'ended')
      .map(({ sessionId, grant, access }) => ({
        sessionId,
        target: grant.target.name,
        phase: access.phase,
        leftMs: Math.max(0, access.expiresAtMs - access.nowMs),
      })),
  );
}
