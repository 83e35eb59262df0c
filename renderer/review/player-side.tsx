import type { RefObject } from 'react';
import { Segments } from '../design/choice.tsx';
import { ChapterList } from './chapter-list.tsx';
import { MarkList } from './mark-list.tsx';
import type { Chapter, MarkGroup } from './marks.ts';
import type { Direction } from './player-keys.ts';
import type { ReplayScheduler } from './replay-scheduler.ts';
import { SearchPanel } from './search-panel.tsx';
import type { RecordingSearch } from './use-search.ts';
import { t } from '../texts/t.ts';

export type SideList = 'marks' | 'commands' | 'search';

interface PlayerSideProps {
  readonly list: SideList;
  readonly onList: (list: SideList) => void;
  readonly groups: readonly MarkGroup[];
  readonly chapters: readonly Chapter[];
  readonly scheduler: ReplayScheduler;
  /** false while the recording is still being read for marks */
  readonly isComplete: boolean;
  readonly search: RecordingSearch;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly currentHit: number | null;
  readonly onGoToHit: (index: number) => void;
  readonly onStepHit: (direction: Direction) => void;
}

/** Places of the recording to go to, in one of three lists. */
export function PlayerSide(props: PlayerSideProps) {
  const { list, groups, chapters, scheduler } = props;
  const lists: readonly { readonly id: SideList; readonly label: string }[] = [
    { id: 'marks', label: t.player.marks },
    { id: 'commands', label: t.player.commands },
    { id: 'search', label: t.player.search },
  ];
  return (
    <>
      <Segments label={t.player.places} choices={lists} selected={list} onSelect={props.onList} />
      {list === 'marks' && <MarkList groups={groups} scheduler={scheduler} isComplete={props.isComplete} />}
      {list === 'commands' && <ChapterList chapters={chapters} scheduler={scheduler} />}
      {list === 'search' && (
        <SearchPanel
          search={props.search}
          field={props.searchField}
          current={props.currentHit}
          onGoTo={props.onGoToHit}
          onStep={props.onStepHit}
        />
      )}
    </>
  );
}
