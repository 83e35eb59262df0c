import { Clapperboard, Eye } from 'lucide-react';
import type { RecordingSummary } from '../../contract/server-api.ts';
import { byteWords, dateAndTime, durationWords } from '../app/duration-words.ts';
import { maskedWords } from '../app/entity-words.ts';
import { formatRoute } from '../app/router.ts';
import { useHasRole, useList, useServerNow, useServices } from '../app/services-context.tsx';
import { useAnswer } from '../app/use-answer.ts';
import { Badge, EnvironmentBadge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Loaded, StateNote } from '../design/state-note.tsx';
import { ImportButton } from './imports/import-button.tsx';
import { ImportedList } from './imports/imported-list.tsx';
import { KeepingBadges } from './keeping/keeping-badges.tsx';
import { RecordingBadge } from '../launcher/recent-sessions.tsx';
import { endCauseWords } from '../session/lock-words.ts';
import { ReviewBadge } from './decisions/review-badge.tsx';
import { RecordingFilterBar } from './recording-filter-bar.tsx';
import type { RecordingFilters } from './recording-filters.ts';
import { filterRecordings, formatFilters, isStopped, NO_FILTERS, parseFilters } from './recording-filters.ts';
import './review.css';

const NOTHING = {} as const;
const MINUTE_MS = 60_000;

/** Every recording that this reviewer may open; the filters stand in the address. */
export function Recordings({ query }: { readonly query: string }) {
  const { recordings, router } = useServices();
  const list = useList(recordings);
  const isReviewer = useHasRole('reviewer');
  const [imports, reloadImports] = useAnswer('imports.list', NOTHING);
  const setFilters = (filters: RecordingFilters) =>
    router.replace({ view: 'recordings', query: formatFilters(filters) });
  return (
    <div className="view">
      <div className="view-head">
        <h1>Recordings</h1>
        <p>What was done under each grant, encrypted for reviewers, with personal data hidden.</p>
        {isReviewer && <ImportButton onImported={reloadImports} />}
      </div>
      <Loaded of={list} what="the recordings" onRetry={() => void recordings.load()}>
        {all =>
          all.length === 0 ? (
            <StateNote title="No recordings yet" icon={Clapperboard}>
              A recording appears here while its session is still running, can be watched live, and is
              replayed when it is handed in.
            </StateNote>
          ) : (
            <RecordingList all={all} filters={parseFilters(query)} onFilter={setFilters} />
          )
        }
      </Loaded>
      {imports.value !== null && <ImportedList imported={imports.value} />}
    </div>
  );
}

interface RecordingListProps {
  readonly all: readonly RecordingSummary[];
  readonly filters: RecordingFilters;
  readonly onFilter: (filters: RecordingFilters) => void;
}

function RecordingList({ all, filters, onFilter }: RecordingListProps) {
  const nowMs = useServerNow(MINUTE_MS);
  const shown = filterRecordings(all, filters, nowMs);
  return (
    <div className="stack">
      <RecordingFilterBar all={all} shown={shown.length} filters={filters} onFilter={onFilter} />
      {shown.length === 0 ? (
        <StateNote
          title="No recording fits"
          action={<Button onPress={() => onFilter(NO_FILTERS)}>Clear the filters</Button>}
        />
      ) : (
        <ul className="lines" aria-label="Recordings">
          {shown.map(recording => (
            <RecordingLine key={recording.id} recording={recording} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </div>
  );
}

function RecordingLine({
  recording,
  nowMs,
}: {
  readonly recording: RecordingSummary;
  readonly nowMs: number;
}) {
  const { session } = recording;
  const isRunning = recording.state === 'running';
  return (
    <li className="line" data-testid={`recording-${recording.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={session.target.environment} />
          <a
            className="recording-link"
            href={formatRoute({ view: 'recording', recordingId: recording.id })}
            aria-label={`Replay ${session.operator.name} on ${session.target.name}, ${dateAndTime(session.startedAtMs)}`}
          >
            {session.operator.name} on {session.target.name}
          </a>
          <span className="mono muted">{session.account}</span>
        </p>
        <p className="small muted break">
          {dateAndTime(session.startedAtMs)} · {durationWords(recording.durationMs)} ·{' '}
          {byteWords(recording.bytes)}
          {session.endCause !== null && ` · ${endCauseWords(session.endCause, false)}`} · masked:{' '}
          {maskedWords(session.masked)}
        </p>
      </div>
      <KeepingBadges recording={recording} />
      {isStopped(session) && <Badge tone="danger">stopped</Badge>}
      {recording.deletion === null && <RecordingBadge state={recording.state} />}
      {isRunning ? (
        <a
          className="button"
          href={formatRoute({ view: 'live', sessionId: session.id })}
          aria-label={`Watch live: ${session.operator.name} on ${session.target.name}`}
        >
          <Eye size={16} aria-hidden /> Live
        </a>
      ) : (
        <ReviewBadge review={recording.review} nowMs={nowMs} />
      )}
    </li>
  );
}
