import type { KeyboardEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { dateAndTime, durationWords } from '../app/duration-words.ts';
import { EnvironmentBadge } from '../design/badge.tsx';
import { Loading } from '../design/state-note.tsx';
import { endCauseWords } from '../session/lock-words.ts';
import { withComments } from './comments/comment-marks.ts';
import { CommentPanel } from './comments/comment-panel.tsx';
import { useWatchReports } from './watched/use-watch-reports.ts';
import { ReviewPanel } from './decisions/review-panel.tsx';
import { useReview } from './decisions/use-review.ts';
import { ExportMenu } from './export-menu.tsx';
import { ImportedPanel } from './imports/imported-panel.tsx';
import { KeepingPanel } from './keeping/keeping-panel.tsx';
import { chaptersOf, groupMarks } from './marks.ts';
import { PlayerControls } from './player-controls.tsx';
import { playerCommand } from './player-keys.ts';
import type { SideList } from './player-side.tsx';
import { PlayerSide } from './player-side.tsx';
import { ReplayNote } from './replay-note.tsx';
import { Timeline } from './timeline.tsx';
import { usePlayer } from './use-player.ts';
import { usePlayerCommands } from './use-player-commands.ts';
import type { OpenedReplay, ReplayCheckState } from './use-replay.ts';
import { useSearch } from './use-search.ts';
import { VerificationBadge } from './verification-badge.tsx';
import { t } from '../texts/t.ts';

interface PlayerStageProps {
  readonly opened: OpenedReplay;
  readonly check: ReplayCheckState;
  readonly recordingId: string;
  readonly summary: RecordingSummary | null;
  /** the moment that is shown first; null plays from the start */
  readonly startMs: number | null;
  /** opens and checks it anew */
  readonly onRetry: () => void;
}

/** The replay with its timeline and keys, the places beside it, and the decision. */
export function PlayerStage({ opened, check, recordingId, summary, startMs, onRetry }: PlayerStageProps) {
  const { durationMs } = opened;
  const { imported } = opened.header;
  const [review, reloadReview] = useReview(imported === undefined ? recordingId : null);
  const comments = review.value?.comments;
  const groups = useMemo(
    () => withComments(groupMarks(check.marks), comments ?? []),
    [check.marks, comments],
  );
  const chapters = useMemo(() => chaptersOf(check.marks), [check.marks]);
  const { place, parts } = usePlayer(opened, recordingId, startMs);
  useWatchReports({
    scheduler: imported === undefined ? (parts?.scheduler ?? null) : null,
    recordingId,
    durationMs,
    onReported: reloadReview,
  });
  const [list, setList] = useState<SideList>('marks');
  const search = useSearch(recordingId);
  const searchField = useRef<HTMLInputElement>(null);
  const [searchesAsked, setSearchesAsked] = useState(0);
  const openSearch = useCallback(() => {
    setList('search');
    setSearchesAsked(previous => previous + 1);
  }, []);
  useEffect(() => {
    if (searchesAsked > 0) searchField.current?.focus();
  }, [searchesAsked]);
  const commands = usePlayerCommands({
    parts,
    durationMs,
    recordingId,
    groups,
    chapters,
    search,
    onSearch: openSearch,
  });
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const command = playerCommand(event);
    if (command === null || isOwnKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    commands.run(command);
  };

  return (
    <div className="player" onKeyDownCapture={onKey}>
      <PlayerHead
        opened={opened}
        check={check}
        summary={summary}
        recordingId={recordingId}
        onRetry={onRetry}
      />
      <section className="player-main" aria-label={t.player.replay}>
        <div
          ref={place}
          className="replay-place"
          data-testid="replay"
          role="application"
          aria-label={t.player.screen}
          tabIndex={0}
        />
        {parts === null ? (
          <Loading>{t.player.preparing}</Loading>
        ) : (
          <>
            <ReplayNote scheduler={parts.scheduler} groups={groups} />
            <Timeline
              parts={parts}
              durationMs={durationMs}
              groups={groups}
              masked={check.masked}
              hits={search.state.hits}
            />
            <PlayerControls scheduler={parts.scheduler} durationMs={durationMs} onCommand={commands.run} />
          </>
        )}
      </section>
      <aside className="player-side">
        {parts !== null && (
          <>
            <PlayerSide
              list={list}
              onList={setList}
              groups={groups}
              chapters={chapters}
              scheduler={parts.scheduler}
              isComplete={check.verification !== null}
              search={search}
              searchField={searchField}
              currentHit={commands.currentHit}
              onGoToHit={commands.goToHit}
              onStepHit={commands.stepHit}
            />
            {imported === undefined && (
              <CommentPanel
                recordingId={recordingId}
                review={review}
                scheduler={parts.scheduler}
                onChanged={reloadReview}
              />
            )}
          </>
        )}
        {imported === undefined ? (
          <ReviewPanel review={review} durationMs={opened.durationMs} onReload={reloadReview} />
        ) : (
          <ImportedPanel header={opened.header} imported={imported} />
        )}
        {summary !== null && <KeepingPanel summary={summary} />}
      </aside>
    </div>
  );
}

function PlayerHead({ opened, check, summary, recordingId, onRetry }: Omit<PlayerStageProps, 'startMs'>) {
  const { header, durationMs } = opened;
  const endCause = check.verification?.endCause ?? null;
  return (
    <div className="player-head">
      {summary !== null && <EnvironmentBadge environment={summary.session.target.environment} />}
      <div className="grow">
        <h1 className="break">
          {summary === null
            ? header.imported === undefined
              ? t.player.recording
              : t.player.recordedElsewhere
            : t.review.who(summary.session.operator.name, summary.session.target.name)}
        </h1>
        <p className="small muted break">
          {dateAndTime(header.startedAtMs)} · {durationWords(durationMs)}
          {endCause !== null && header.imported === undefined && ` · ${endCauseWords(endCause, false)}`}
        </p>
      </div>
      <VerificationBadge check={check} header={header} onRetry={onRetry} />
      <ExportMenu recordingId={recordingId} hasEvidence={header.imported === undefined} />
    </div>
  );
}

/** Text fields keep all their keys, buttons and switches keep the space that presses them. */
function isOwnKey(event: KeyboardEvent<HTMLElement>): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  const { target } = event;
  if (
    target.matches(
      'textarea:not(.xterm-helper-textarea), input:not([type="range"]):not([type="checkbox"]), [role="option"]',
    )
  )
    return true;
  if (target.closest('[role="dialog"], [role="radiogroup"], [role="listbox"]') !== null) return true;
  return event.key === ' ' && target.closest('button, a, label, input[type="checkbox"]') !== null;
}
