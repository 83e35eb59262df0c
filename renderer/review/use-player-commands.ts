import { useCallback, useState } from 'react';
import { formatRoute } from '../app/router.ts';
import { useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import type { Chapter, MarkGroup } from './marks.ts';
import { nextMark, previousMark } from './marks.ts';
import type { Direction, JumpTarget, PlayerCommand } from './player-keys.ts';
import { otherSpeed } from './player-keys.ts';
import type { PlayerParts } from './use-player.ts';
import type { RecordingSearch } from './use-search.ts';
import { t } from '../texts/t.ts';

interface PlayerCommandsOptions {
  readonly parts: PlayerParts | null;
  readonly durationMs: number;
  readonly recordingId: string;
  readonly groups: readonly MarkGroup[];
  readonly chapters: readonly Chapter[];
  readonly search: RecordingSearch;
  readonly onSearch: () => void;
}

/** What the keys and buttons of the player do. */
export function usePlayerCommands(options: PlayerCommandsOptions) {
  const { parts, durationMs, recordingId, groups, chapters, search, onSearch } = options;
  const copy = useCopy();
  const linkTo = useMomentLink(recordingId);
  const { overlay } = useServices();
  const [currentHit, setCurrentHit] = useState<number | null>(null);
  const { hits, query } = search.state;

  const goToHit = useCallback(
    (index: number) => {
      const hit = hits[index];
      if (parts === null || hit === undefined) return;
      setCurrentHit(index);
      const { scheduler, terminal } = parts;
      scheduler.pause();
      void scheduler.seek(hit.atMs).then(() => {
        terminal.highlight(hit.line.slice(hit.match.from, hit.match.to));
      });
    },
    [parts, hits],
  );
  const stepHit = useCallback(
    (direction: Direction) => {
      if (query === '') return onSearch();
      const from = currentHit ?? (direction === 'next' ? -1 : hits.length);
      goToHit(Math.min(hits.length - 1, Math.max(0, from + (direction === 'next' ? 1 : -1))));
    },
    [query, onSearch, currentHit, hits, goToHit],
  );
  const jump = useCallback(
    (to: JumpTarget, direction: Direction) => {
      if (parts === null) return;
      const { scheduler } = parts;
      if (to === 'event') return void scheduler.stepOutput(direction);
      if (to === 'hit') return stepHit(direction);
      const places: readonly { readonly atMs: number }[] =
        to === 'command' ? chapters : to === 'mask' ? groups.filter(({ kind }) => kind === 'mask') : groups;
      const { positionMs } = scheduler.get();
      const found = (direction === 'next' ? nextMark : previousMark)(places, positionMs);
      if (found !== null) void scheduler.seek(found.atMs);
    },
    [parts, chapters, groups, stepHit],
  );

  const run = useCallback(
    (command: PlayerCommand) => {
      if (parts === null) return;
      const { scheduler, terminal } = parts;
      const { isPlaying, positionMs, speed } = scheduler.get();
      switch (command.kind) {
        case 'toggle':
          return isPlaying ? scheduler.pause() : scheduler.play();
        case 'step':
          return void scheduler.seek(positionMs + command.byMs);
        case 'jump':
          return jump(command.to, command.direction);
        case 'speed':
          return scheduler.setSpeed(otherSpeed(speed, command.direction));
        case 'start':
          return void scheduler.seek(0);
        case 'end':
          return void scheduler.seek(durationMs);
        case 'search':
          return onSearch();
        case 'copy-link':
          return copy(linkTo(positionMs), t.player.linkCopied);
        case 'copy-text':
          return copy(terminal.text(), t.player.textCopied);
        case 'keys':
          return overlay.set({ kind: 'shortcuts' });
      }
    },
    [parts, jump, durationMs, onSearch, copy, linkTo, overlay],
  );
  return {
    run,
    goToHit,
    stepHit,
    currentHit: currentHit !== null && currentHit < hits.length ? currentHit : null,
  };
}

function useCopy(): (text: string, told: string) => void {
  const { notices } = useServices();
  return useCallback(
    (text, told) => {
      navigator.clipboard.writeText(text).then(
        () => notices.add('info', told),
        () => notices.add('warning', t.player.notCopied),
      );
    },
    [notices],
  );
}

/** `sallyport://…` where a desktop shell follows it; in the web shell the page's own address. */
function useMomentLink(recordingId: string): (positionMs: number) => string {
  const { app } = useServices();
  const kind = useStore(app).value?.shell.kind ?? 'desktop';
  return useCallback(
    positionMs => {
      const atMs = Math.round(positionMs);
      if (kind === 'desktop')
        return `sallyport://recording/${encodeURIComponent(recordingId)}?at=${atMs / 1000}`;
      return new URL(formatRoute({ view: 'recording', recordingId, atMs }), window.location.href).href;
    },
    [kind, recordingId],
  );
}
