import {
  Copy,
  FastForward,
  Keyboard,
  Link,
  Pause,
  Play,
  Rewind,
  Search,
  SkipBack,
  SkipForward,
} from 'lucide-react';
import { positionText } from '../app/duration-words.ts';
import { IconButton } from '../design/button.tsx';
import { DropDown } from '../design/choice.tsx';
import { Switch } from '../design/field.tsx';
import type { PlayerCommand } from './player-keys.ts';
import { SPEEDS } from './player-keys.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { useReplayFact } from './use-player.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface PlayerControlsProps {
  readonly scheduler: ReplayScheduler;
  readonly durationMs: number;
  readonly onCommand: (command: PlayerCommand) => void;
}

export function PlayerControls({ scheduler, durationMs, onCommand }: PlayerControlsProps) {
  const isPlaying = useReplayFact(scheduler, state => state.isPlaying);
  const isWaiting = useReplayFact(scheduler, state => state.isWaiting);
  const speed = useReplayFact(scheduler, state => state.speed);
  const skipsIdle = useReplayFact(scheduler, state => state.skipsIdle);
  const problem = useReplayFact(scheduler, state => state.problem);
  const seconds = useReplayFact(scheduler, state => Math.floor(state.positionMs / 1000));
  return (
    <div className="player-controls" role="toolbar" aria-label={t.player.controls}>
      <IconButton
        tone="primary"
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? t.player.pause : t.player.play}
        keys="Space"
        onPress={() => onCommand({ kind: 'toggle' })}
      />
      <IconButton
        icon={SkipBack}
        label={t.player.previousMark}
        keys="Shift+←"
        onPress={() => onCommand({ kind: 'jump', to: 'mark', direction: 'previous' })}
      />
      <IconButton
        icon={Rewind}
        label={t.player.back}
        keys="←"
        onPress={() => onCommand({ kind: 'step', byMs: -5_000 })}
      />
      <IconButton
        icon={FastForward}
        label={t.player.forward}
        keys="→"
        onPress={() => onCommand({ kind: 'step', byMs: 5_000 })}
      />
      <IconButton
        icon={SkipForward}
        label={t.player.nextMark}
        keys="Shift+→"
        onPress={() => onCommand({ kind: 'jump', to: 'mark', direction: 'next' })}
      />
      <span className="player-time" data-testid="replay-time">
        {positionText(seconds * 1000)} <span className="muted">/ {positionText(durationMs)}</span>
      </span>
      <span className="player-speed">
        <DropDown
          label={t.player.speed}
          isLabelHidden
          choices={SPEEDS.map(each => ({ id: String(each), label: `${number(each)}×` }))}
          selected={String(speed)}
          onSelect={chosen => scheduler.setSpeed(Number(chosen))}
        />
      </span>
      <Switch isSelected={skipsIdle} onChange={scheduler.setSkipsIdle}>
        {t.player.skipIdle}
      </Switch>
      <span className="player-tools">
        <IconButton
          icon={Search}
          label={t.player.search}
          keys="/"
          onPress={() => onCommand({ kind: 'search' })}
        />
        <IconButton
          icon={Link}
          label={t.player.copyLink}
          keys="L"
          onPress={() => onCommand({ kind: 'copy-link' })}
        />
        <IconButton
          icon={Copy}
          label={t.player.copyText}
          keys="C"
          onPress={() => onCommand({ kind: 'copy-text' })}
        />
        <IconButton
          icon={Keyboard}
          label={t.player.keys}
          keys="?"
          onPress={() => onCommand({ kind: 'keys' })}
        />
      </span>
      <span className="small muted" role="status">
        {isWaiting && problem === null ? t.player.reading : ''}
      </span>
    </div>
  );
}
