import type { Notices } from '../app/notices.ts';
import type { Preferences } from '../app/preferences.ts';
import type { ReadableStore } from '../app/store.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { shownTheme } from '../design/theme.ts';
import { createBell } from './bell.ts';
import type { LiveSessions } from './live-sessions.ts';
import type { TerminalLook } from './terminal-screen.ts';
import type { TerminalSession } from './terminal-session.ts';
import { createTerminalSession } from './terminal-session.ts';

/** The terminals of this window by session: made when first shown, kept until their tab is closed. */
export interface Terminals {
  of(sessionId: string): TerminalSession;
  close(sessionId: string): void;
  reconnect(): void;
}

interface TerminalsOptions {
  readonly bridge: Bridge;
  readonly live: LiveSessions;
  readonly preferences: ReadableStore<Preferences>;
  readonly notices: Notices;
  readonly page: Window;
  /** who acts in this window now */
  readonly accountId: () => string | null;
}

export function createTerminals(options: TerminalsOptions): Terminals {
  const { bridge, live, preferences, notices, page, accountId } = options;
  const terminals = new Map<string, TerminalSession>();
  const look = (): TerminalLook => {
    const { theme, fontSize, fontFamily, isScreenReaderOn } = preferences.get();
    return { theme: shownTheme(theme, page), fontSize, fontFamily, isScreenReaderOn };
  };
  const bell = createBell(page);
  const restyle = () => {
    for (const { screen } of terminals.values()) screen.setLook(look());
  };
  preferences.subscribe(restyle);
  page.matchMedia('(prefers-color-scheme: light)').addEventListener('change', restyle);
  const isRunning = (sessionId: string) =>
    live
      .get()
      .some(
        session =>
          session.sessionId === sessionId &&
          session.access.phase !== 'ended' &&
          session.grant.holder.id === accountId(),
      );

  return {
    of(sessionId) {
      const known = terminals.get(sessionId);
      if (known !== undefined) return known;
      const terminal = createTerminalSession({
        bridge,
        sessionId,
        look: look(),
        onBell: element => bell.ring(preferences.get().bell, element),
        onNotice: message => notices.add('warning', message),
        isWanted: () => isRunning(sessionId),
      });
      terminals.set(sessionId, terminal);
      return terminal;
    },
    close(sessionId) {
      terminals.get(sessionId)?.dispose();
      terminals.delete(sessionId);
      live.forget(sessionId);
    },
    reconnect() {
      for (const [sessionId, terminal] of terminals) if (isRunning(sessionId)) terminal.reconnect();
    },
  };
}
