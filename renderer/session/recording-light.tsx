import { Button as AriaButton } from 'react-aria-components';
import type { RecordingHealth } from '../../contract/recording.ts';
import { byteWords } from '../app/duration-words.ts';
import { Disclosed } from '../design/dialog.tsx';
import { recordingWords } from './recording-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** The light of the recording, with its words; more in a small dialog. */
export function RecordingLight({ health }: { readonly health: RecordingHealth | null }) {
  const words = recordingWords(health);
  return (
    <Disclosed
      label={t.session.recording}
      trigger={
        <AriaButton
          className="fact-button"
          aria-label={t.recording.light(words.short)}
          data-testid="recording-light"
        >
          <span className="recording-light" data-tone={words.tone} aria-hidden />
          {words.short}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>{t.session.recording}</h2>
        <p>{words.long}</p>
        {health !== null && (
          <dl className="facts small">
            <dt>{t.recording.segments}</dt>
            <dd>{number(health.segments)}</dd>
            <dt>{t.recording.writtenHere}</dt>
            <dd>{byteWords(health.spooledBytes)}</dd>
            <dt>{t.recording.onServer}</dt>
            <dd>{byteWords(health.uploadedBytes)}</dd>
          </dl>
        )}
      </div>
    </Disclosed>
  );
}
