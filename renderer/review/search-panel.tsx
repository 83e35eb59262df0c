import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import type { FormEvent, RefObject } from 'react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { SearchHit } from '../../contract/ipc.ts';
import { positionText } from '../app/duration-words.ts';
import { Button, IconButton } from '../design/button.tsx';
import { Switch } from '../design/field.tsx';
import type { Direction } from './player-keys.ts';
import type { RecordingSearch, SearchState } from './use-search.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

interface SearchPanelProps {
  readonly search: RecordingSearch;
  readonly field: RefObject<HTMLInputElement | null>;
  /** index of the hit that was gone to last; null before */
  readonly current: number | null;
  readonly onGoTo: (index: number) => void;
  readonly onStep: (direction: Direction) => void;
}

const SHOWN_AT_ONCE = 200;

/** Search in what was shown, masked as it is; each hit is a moment to go to. */
export function SearchPanel({ search, field, current, onGoTo, onStep }: SearchPanelProps) {
  const { state } = search;
  const [text, setText] = useState(state.query);
  const [isAnywhere, setAnywhere] = useState(state.isAnywhere);
  const isRunning = state.progress !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search.find(text, isAnywhere);
  };
  return (
    <section className="mark-list" aria-labelledby="search-panel">
      <h2 id="search-panel">{t.player.search}</h2>
      <form className="search-form" onSubmit={submit} role="search">
        <input
          ref={field}
          className="input"
          type="search"
          aria-label={t.player.searchIn}
          placeholder={t.player.searchWords}
          maxLength={200}
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <IconButton type="submit" tone="primary" icon={Search} label={t.player.searchIt} keys="Enter" />
        <IconButton
          icon={ChevronUp}
          label={t.player.previousHit}
          keys="N"
          onPress={() => onStep('previous')}
        />
        <IconButton icon={ChevronDown} label={t.player.nextHit} keys="n" onPress={() => onStep('next')} />
      </form>
      <Switch isSelected={isAnywhere} onChange={setAnywhere}>
        {t.player.anywhere}
      </Switch>
      <p className="small muted" role="status">
        {statusWords(state, current)}
      </p>
      {isRunning && (
        <div className="row">
          <progress
            aria-label={t.player.searchedSoFar}
            max={Math.max(1, state.progress.total)}
            value={state.progress.done}
          />
          <Button onPress={search.stop}>{t.player.stop}</Button>
        </div>
      )}
      {state.problem !== null && (
        <p className="field-problem" role="alert">
          {state.problem}
        </p>
      )}
      {state.hits.length > 0 && <HitList hits={state.hits} current={current} onGoTo={onGoTo} />}
      {!isRunning && state.nextMs !== null && (
        <Button onPress={search.more}>{t.player.searchOn(positionText(state.nextMs))}</Button>
      )}
    </section>
  );
}

function HitList({
  hits,
  current,
  onGoTo,
}: {
  readonly hits: readonly SearchHit[];
  readonly current: number | null;
  readonly onGoTo: (index: number) => void;
}) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  return (
    <>
      <ol className="marks" aria-label={t.player.hits}>
        {hits.slice(0, shown).map((hit, index) => (
          <li key={`${hit.atMs}-${index}`}>
            <AriaButton
              className="mark"
              data-lane="hit"
              aria-current={index === current ? 'step' : false}
              onPress={() => onGoTo(index)}
            >
              <span className="mark-time">{positionText(hit.atMs)}</span>
              <span className="mono break hit-line">
                {hit.line.slice(0, hit.match.from)}
                <mark>{hit.line.slice(hit.match.from, hit.match.to)}</mark>
                {hit.line.slice(hit.match.to)}
              </span>
            </AriaButton>
          </li>
        ))}
      </ol>
      {hits.length > shown && (
        <Button onPress={() => setShown(previous => previous + SHOWN_AT_ONCE)}>
          {t.player.moreHits(hits.length - shown)}
        </Button>
      )}
    </>
  );
}

function statusWords(state: SearchState, current: number | null): string {
  const { query, hits, progress, isByIndex, isAnywhere, unreadSegments } = state;
  if (query === '') return t.player.searchMeans;
  if (progress !== null) return t.player.searching(hits.length);
  const { nothingFound, found, foundAt, noIndex, unread } = t.player;
  const many = current === null ? found(hits.length) : foundAt(hits.length, number(current + 1));
  return [
    hits.length === 0 ? nothingFound : many,
    ...(isByIndex || isAnywhere ? [] : [noIndex]),
    ...(unreadSegments === 0 ? [] : [unread(unreadSegments)]),
  ].join(' ');
}
