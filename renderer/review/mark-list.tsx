import { useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { positionText } from '../app/duration-words.ts';
import { Button } from '../design/button.tsx';
import { Switch } from '../design/field.tsx';
import type { MarkGroup } from './marks.ts';
import { currentMark, groupWords, laneOf } from './marks.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { useReplayFact } from './use-player.ts';
import { t } from '../texts/t.ts';

interface MarkListProps {
  readonly groups: readonly MarkGroup[];
  readonly scheduler: ReplayScheduler;
  /** false while the recording is still being read for marks */
  readonly isComplete: boolean;
}

const SHOWN_AT_ONCE = 200;

/** Where data was masked, and what else happened, as places to jump to. */
export function MarkList({ groups, scheduler, isComplete }: MarkListProps) {
  const [isMasksOnly, setMasksOnly] = useState(false);
  const listed = useMemo(
    () => (isMasksOnly ? groups.filter(group => group.kind === 'mask') : groups),
    [groups, isMasksOnly],
  );
  const current = useReplayFact(scheduler, state => currentMark(listed, state.positionMs));
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  return (
    <section className="mark-list" aria-labelledby="mark-list">
      <h2 id="mark-list">{t.player.marksTitle}</h2>
      {groups.some(group => group.kind !== 'mask') && (
        <Switch isSelected={isMasksOnly} onChange={setMasksOnly}>
          {t.player.masksOnly}
        </Switch>
      )}
      {groups.length === 0 ? (
        <p className="muted">{isComplete ? t.player.noMark : t.player.marksToCome}</p>
      ) : (
        <ol className="marks">
          {listed.slice(0, shown).map((group, index) => (
            <li key={`${group.atMs}-${group.kind}-${group.entity ?? ''}-${index}`}>
              <AriaButton
                className="mark"
                data-lane={laneOf(group)}
                aria-current={index === current ? 'step' : false}
                aria-label={[
                  `${positionText(group.atMs)}, ${t.markKinds[group.kind]}: ${groupWords(group)}`,
                  ...group.reasons,
                ].join(', ')}
                onPress={() => void scheduler.seek(group.atMs)}
              >
                <span className="mark-time">{positionText(group.atMs)}</span>
                <span className="break">
                  {groupWords(group)}
                  {group.reasons.map(reason => (
                    <small key={reason} className="mark-reason">
                      {reason}
                    </small>
                  ))}
                </span>
              </AriaButton>
            </li>
          ))}
        </ol>
      )}
      {listed.length > shown && (
        <Button onPress={() => setShown(previous => previous + SHOWN_AT_ONCE)}>
          {t.player.moreMarks(listed.length - shown)}
        </Button>
      )}
    </section>
  );
}
