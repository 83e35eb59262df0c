import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { SessionId } from '../../contract/ids.ts';
import { useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { shownTheme } from '../design/theme.ts';
import { reportWatched } from '../review/watched/use-watch-reports.ts';
import type { ReplayTerminal } from '../review/replay-terminal.ts';
import { createReplayTerminal } from '../review/replay-terminal.ts';
import type { LiveFeed } from './live-feed.ts';
import { startLiveFeed } from './live-feed.ts';

const REPORT_EVERY_MS = 30_000;
/** Until the first piece says how large it is. */
const FIRST_SIZE = { cols: 80, rows: 24 } as const;

/** Shows a running session in `place` for as long as the view is there, and reports what was seen. */
export function useLiveFeed(sessionId: SessionId): {
  readonly place: RefObject<HTMLDivElement | null>;
  readonly feed: LiveFeed | null;
} {
  const { bridge, preferences } = useServices();
  const { theme } = useStore(preferences);
  const place = useRef<HTMLDivElement>(null);
  const [parts, setParts] = useState<{ feed: LiveFeed; terminal: ReplayTerminal } | null>(null);

  useEffect(() => {
    if (place.current === null) return;
    const { cols, rows } = FIRST_SIZE;
    const terminal = createReplayTerminal(shownTheme(preferences.get().theme, window), cols, rows);
    terminal.attach(place.current);
    const feed = startLiveFeed({
      read: fromOffset => bridge.request('live.read', { recordingId: sessionId, fromOffset }),
      screen: terminal.screen,
      wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
    });
    const report = () => void reportWatched(bridge, sessionId, feed.takeShown());
    const timer = setInterval(report, REPORT_EVERY_MS);
    void feed.over.then(report);
    setParts({ feed, terminal });
    return () => {
      clearInterval(timer);
      report();
      feed.dispose();
      terminal.dispose();
      setParts(null);
      void bridge.request('live.close', { recordingId: sessionId });
    };
  }, [bridge, preferences, sessionId]);

  useEffect(() => {
    const restyle = () => parts?.terminal.setTheme(shownTheme(theme, window));
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    restyle();
    scheme.addEventListener('change', restyle);
    return () => scheme.removeEventListener('change', restyle);
  }, [parts, theme]);
  return { place, feed: parts?.feed ?? null };
}
