import { TriangleAlert, WifiOff } from 'lucide-react';
import { positionText } from '../app/duration-words.ts';
import { useAppState } from '../app/services-context.tsx';
import { useServerReturn } from '../app/use-server-return.ts';
import { Button } from '../design/button.tsx';
import type { MarkGroup } from './marks.ts';
import { gapAt } from './gaps.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { useReplayFact } from './use-player.ts';
import { t } from '../texts/t.ts';

interface ReplayNoteProps {
  readonly scheduler: ReplayScheduler;
  readonly groups: readonly MarkGroup[];
}

/** What stands in the way of the replay here and now: a part that could not be read, or one that is missing. Nothing is passed over in silence. */
export function ReplayNote({ scheduler, groups }: ReplayNoteProps) {
  const problem = useReplayFact(scheduler, state => state.problem);
  const isOffline = useAppState().server.state !== 'online';
  const gap = useReplayFact(scheduler, state => gapAt(groups, state.positionMs));
  useServerReturn(() => scheduler.retry());
  if (problem !== null)
    return (
      <div className="replay-note" role="alert" data-tone="danger">
        {isOffline ? <WifiOff size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
        <div className="grow">
          <p>
            <strong>{t.player.unreadPart}</strong> {problem}
          </p>
          <p className="small">{isOffline ? t.player.goesOn : t.player.retryAdvice}</p>
        </div>
        <Button onPress={() => scheduler.retry()}>{t.common.retry}</Button>
      </div>
    );
  const group = gap === null ? undefined : groups[gap];
  if (group === undefined) return null;
  return (
    <div className="replay-note" role="status" data-tone="warn">
      <TriangleAlert size={16} aria-hidden />
      <p className="grow">
        <strong>{t.player.missingAt(positionText(group.atMs))}</strong> {group.text}
      </p>
    </div>
  );
}
