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
import { t } from '../texts/t.ts';
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
        <h1>{t.places.recordings}</h1>
        <p>{t.review.about}</p>
        {isReviewer && <ImportButton onImported={reloadImports} />}
      </div>
      <Loaded of={list} what={t.review.theRecordings} onRetry={() => void recordings.load()}>
        {all =>
          all.length === 0 ? (
            <StateNote title={t.review.noneYet} icon={Clapperboard}>
              {t.review.noneYetMeans}
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
          title={t.review.noneFits}
          action={<Button onPress={() => onFilter(NO_FILTERS)}>{t.review.clear}</Button>}
        />
      ) : (
        <ul className="lines" aria-label={t.places.recordings}>
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
  const who = t.review.who(session.operator.name, session.target.name);
  return (
    <li className="line" data-testid={`recording-${recording.id}`}>
      <div className="grow">
        <p className="row">
          <EnvironmentBadge environment={session.target.environment} />
          <a
            className="recording-link"
            href={formatRoute({ view: 'recording', recordingId: recording.id })}
            aria-label={t.review.replayOf(who, dateAndTime(session.startedAtMs))}
          >
            {who}
          </a>
          <span className="mono muted">{session.account}</span>
        </p>
        <p className="small muted break">
          {dateAndTime(session.startedAtMs)} · {durationWords(recording.durationMs)} ·{' '}
          {byteWords(recording.bytes)}
          {session.endCause !== null && ` · ${endCauseWords(session.endCause, false)}`} ·{' '}
          {t.review.maskedValues(maskedWords(session.masked))}
        </p>
      </div>
      <KeepingBadges recording={recording} />
      {isStopped(session) && <Badge tone="danger">{t.review.stopped}</Badge>}
      {recording.deletion === null && <RecordingBadge state={recording.state} />}
      {isRunning ? (
        <a
          className="button"
          href={formatRoute({ view: 'live', sessionId: session.id })}
          aria-label={t.review.watchOf(who)}
        >
          <Eye size={16} aria-hidden /> {t.live.live}
        </a>
      ) : (
        <ReviewBadge review={recording.review} nowMs={nowMs} />
      )}
    </li>
  );
}
