import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { RecordingId } from '../../contract/ids.ts';
import { useServices } from '../app/services-context.tsx';
import type { Store } from '../app/store.ts';
import { createStore, useStore } from '../app/store.ts';
import { shownTheme } from '../design/theme.ts';
import type { Density } from './density.ts';
import { firstDensity, withEvents } from './density.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { createReplayScheduler } from './replay-scheduler.ts';
import type { ReplayTerminal } from './replay-terminal.ts';
import { createReplayTerminal } from './replay-terminal.ts';
import type { OpenedReplay } from './use-replay.ts';

export interface PlayerParts {
  readonly scheduler: ReplayScheduler;
  readonly terminal: ReplayTerminal;
  readonly density: Store<Density>;
}

/** A frame that took longer (a hidden tab, a machine that slept) moves the replay on by no more than this. */
const LONGEST_FRAME_MS = 500;

/** Builds the player of an opened recording, shows it in `place`, and lets it run by animation frames. */
export function usePlayer(opened: OpenedReplay, recordingId: string, startMs: number | null) {
  const { bridge, preferences } = useServices();
  const { theme } = useStore(preferences);
  const place = useRef<HTMLDivElement>(null);
  const wanted = useRef(startMs);
  const [parts, setParts] = useState<PlayerParts | null>(null);

  useEffect(() => {
    if (place.current === null) return;
    const { header, durationMs } = opened;
    const terminal = createReplayTerminal(
      shownTheme(preferences.get().theme, window),
      header.cols,
      header.rows,
    );
    const density = createStore(firstDensity(opened.density));
    let playedMs = 0;
    const scheduler = createReplayScheduler({
      durationMs,
      screen: terminal.screen,
      now: () => playedMs,
      onRead: events => density.set(previous => withEvents(previous, events, durationMs)),
      async read(fromMs, toMs, fromKeyframe) {
        const id = RecordingId.parse(recordingId);
        const outcome = await bridge.request('replay.read', { recordingId: id, fromMs, toMs, fromKeyframe });
        if (!outcome.ok) throw new Error(outcome.error.message);
        return outcome.value;
      },
    });
    terminal.attach(place.current);
    let lastFrameMs = performance.now();
    let frame = requestAnimationFrame(function run(atMs) {
      playedMs += Math.min(LONGEST_FRAME_MS, Math.max(0, atMs - lastFrameMs));
      lastFrameMs = atMs;
      scheduler.tick();
      frame = requestAnimationFrame(run);
    });
    setParts({ scheduler, terminal, density });
    // a link to a moment stands still there; without one the replay begins
    const first = wanted.current;
    void scheduler.seek(first ?? 0).then(() => {
      if (first === null) scheduler.play();
    });
    return () => {
      cancelAnimationFrame(frame);
      terminal.dispose();
      setParts(null);
    };
  }, [bridge, preferences, opened, recordingId]);

  useEffect(() => {
    if (wanted.current === startMs) return;
    wanted.current = startMs;
    if (startMs === null) return;
    parts?.scheduler.pause();
    void parts?.scheduler.seek(startMs);
  }, [parts, startMs]);

  useEffect(() => {
    const restyle = () => parts?.terminal.setTheme(shownTheme(theme, window));
    const scheme = window.matchMedia('(prefers-color-scheme: light)');
    restyle();
    scheme.addEventListener('change', restyle);
    return () => scheme.removeEventListener('change', restyle);
  }, [parts, theme]);
  return { place, parts };
}

/** A fact of the replay; the view is drawn again only when this fact changes, not with every frame. */
export function useReplayFact<T extends string | number | boolean | null>(
  scheduler: ReplayScheduler,
  fact: (state: ReturnType<ReplayScheduler['get']>) => T,
): T {
  return useSyncExternalStore(scheduler.subscribe, () => fact(scheduler.get()));
}

/** Seeks while a handle is dragged: one at a time, the latest wish next, none in between. */
export function useLatestSeek(scheduler: ReplayScheduler): (toMs: number) => void {
  return useMemo(() => {
    let isSeeking = false;
    let wished: number | null = null;
    const seek = (toMs: number) => {
      if (isSeeking) {
        wished = toMs;
        return;
      }
      isSeeking = true;
      void scheduler.seek(toMs).then(() => {
        isSeeking = false;
        const next = wished;
        wished = null;
        if (next !== null) seek(next);
      });
    };
    return seek;
  }, [scheduler]);
}
