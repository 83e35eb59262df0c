import type { ImportedRecording } from '../../../contract/imports.ts';
import { byteWords, dateAndTime, durationWords } from '../../app/duration-words.ts';
import { formatRoute } from '../../app/router.ts';
import { Badge } from '../../design/badge.tsx';

/** Recordings of other programs on this machine; nothing is said of their content before they are opened. */
export function ImportedList({ imported }: { readonly imported: readonly ImportedRecording[] }) {
  if (imported.length === 0) return null;
  return (
    <section className="section" aria-labelledby="imported-list">
      <h2 id="imported-list">
        Imported on this machine <span className="count">{imported.length}</span>
      </h2>
      <ul className="lines" aria-label="Imported recordings">
        {imported.map(({ id, format, importedAtMs, startedAtMs, durationMs, bytes }) => (
          <li key={id} className="line">
            <div className="grow">
              <p>
                <a
                  className="recording-link"
                  href={formatRoute({ view: 'recording', recordingId: id })}
                  aria-label={`Replay what was imported ${dateAndTime(importedAtMs)}`}
                >
                  Recorded elsewhere, {dateAndTime(startedAtMs)}
                </a>
              </p>
              <p className="small muted break">
                imported {dateAndTime(importedAtMs)} · {durationWords(durationMs)} · {byteWords(bytes)}
              </p>
            </div>
            <Badge>{format === 'asciicast-v2' ? 'asciicast v2' : 'asciicast v3'}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
