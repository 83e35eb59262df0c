import { Button as AriaButton } from 'react-aria-components';
import type { RecordingHealth } from '../../contract/recording.ts';
import { byteWords } from '../app/duration-words.ts';
import { Disclosed } from '../design/dialog.tsx';
import { recordingWords } from './recording-words.ts';

/** The light of the recording, with its words; more in a small dialog. */
export function RecordingLight({ health }: { readonly health: RecordingHealth | null }) {
  const words = recordingWords(health);
  return (
    <Disclosed
      label="Recording"
      trigger={
        <AriaButton
          className="fact-button"
          aria-label={`Recording: ${words.short}`}
          data-testid="recording-light"
        >
          <span className="recording-light" data-tone={words.tone} aria-hidden />
          {words.short}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>Recording</h2>
        <p>{words.long}</p>
        {health !== null && (
          <dl className="facts small">
            <dt>Segments</dt>
            <dd>{health.segments}</dd>
            <dt>Written here</dt>
            <dd>{byteWords(health.spooledBytes)}</dd>
            <dt>On the server</dt>
            <dd>{byteWords(health.uploadedBytes)}</dd>
          </dl>
        )}
      </div>
    </Disclosed>
  );
}
