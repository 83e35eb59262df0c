import type { RecordingSummary } from '../../../contract/server-api.ts';
import { byteWords, dateAndTime, durationWords } from '../../app/duration-words.ts';
import { StateNote } from '../../design/state-note.tsx';
import { KeepingPanel } from './keeping-panel.tsx';
import { t } from '../../texts/t.ts';

/** What an administrator who does not review sees of a recording: what it is and how long it is kept, never its content. */
export function RecordingFacts({ summary }: { readonly summary: RecordingSummary }) {
  const { session } = summary;
  return (
    <div className="unlock stack">
      <StateNote title={t.review.who(session.operator.name, session.target.name)}>
        {dateAndTime(session.startedAtMs)} · {durationWords(summary.durationMs)} · {byteWords(summary.bytes)}.{' '}
        {t.keeping.encrypted}
      </StateNote>
      <KeepingPanel summary={summary} />
    </div>
  );
}
