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

interface PlayerControlsProps {
  readonly scheduler: ReplayScheduler;
  readonly durationMs: number;
  readonly onCommand: (command: PlayerCommand) => void;
}

const SPEED_CHOICES = SPEEDS.map(speed => ({ id: String(speed), label: `${speed}×` }));

export function PlayerControls({ scheduler, durationMs, onCommand }: PlayerControlsProps) {
  const isPlaying = useReplayFact(scheduler, state => state.isPlaying);
  const isWaiting = useReplayFact(scheduler, state => state.isWaiting);
  const speed = useReplayFact(scheduler, state => state.speed);
  const skipsIdle = useReplayFact(scheduler, state => state.skipsIdle);
  const problem = useReplayFact(scheduler, state => state.problem);
  const seconds = useReplayFact(scheduler, state => Math.floor(state.positionMs / 1000));
  return (
    <div className="player-controls" role="toolbar" aria-label="Replay controls">
      <IconButton
        tone="primary"
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? 'Pause' : 'Play'}
        keys="Space"
        onPress={() => onCommand({ kind: 'toggle' })}
      />
      <IconButton
        icon={SkipBack}
        label="Previous mark"
        keys="Shift+←"
        onPress={() => onCommand({ kind: 'jump', to: 'mark', direction: 'previous' })}
      />
      <IconButton
        icon={Rewind}
        label="Back 5 seconds"
        keys="←"
        onPress={() => onCommand({ kind: 'step', byMs: -5_000 })}
      />
      <IconButton
        icon={FastForward}
        label="Forward 5 seconds"
        keys="→"
        onPress={() => onCommand({ kind: 'step', byMs: 5_000 })}
      />
      <IconButton
        icon={SkipForward}
        label="Next mark"
        keys="Shift+→"
        onPress={() => onCommand({ kind: 'jump', to: 'mark', direction: 'next' })}
      />
      <span className="player-time" data-testid="replay-time">
        {positionText(seconds * 1000)} <span className="muted">/ {positionText(durationMs)}</span>
      </span>
      <span className="player-speed">
        <DropDown
          label="Speed"
          isLabelHidden
          choices={SPEED_CHOICES}
          selected={String(speed)}
          onSelect={chosen => scheduler.setSpeed(Number(chosen))}
        />
      </span>
      <Switch isSelected={skipsIdle} onChange={scheduler.setSkipsIdle}>
        Skip idle
      </Switch>
      <span className="player-tools">
        <IconButton icon={Search} label="Search" keys="/" onPress={() => onCommand({ kind: 'search' })} />
        <IconButton
          icon={Link}
          label="Copy link to this moment"
          keys="L"
          onPress={() => onCommand({ kind: 'copy-link' })}
        />
        <IconButton
          icon={Copy}
          label="Copy the selection, or the screen"
          keys="C"
          onPress={() => onCommand({ kind: 'copy-text' })}
        />
        <IconButton icon={Keyboard} label="Keys" keys="?" onPress={() => onCommand({ kind: 'keys' })} />
      </span>
      <span className="small muted" role="status">
        {isWaiting && problem === null ? 'Reading…' : ''}
      </span>
    </div>
  );
}
