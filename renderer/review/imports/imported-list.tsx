import type { ImportedRecording } from '../../../contract/imports.ts';
import { byteWords, dateAndTime, durationWords } from '../../app/duration-words.ts';
import { formatRoute } from '../../app/router.ts';
import { Badge } from '../../design/badge.tsx';
import { t } from '../../texts/t.ts';

/** Recordings of other programs on this machine; nothing is said of their content before they are opened. */
export function ImportedList({ imported }: { readonly imported: readonly ImportedRecording[] }) {
  if (imported.length === 0) return null;
  return (
    <section className="section" aria-labelledby="imported-list">
      <h2 id="imported-list">
        {t.imports.onThisMachine} <span className="count">{imported.length}</span>
      </h2>
      <ul className="lines" aria-label={t.imports.list}>
        {imported.map(({ id, format, importedAtMs, startedAtMs, durationMs, bytes }) => (
          <li key={id} className="line">
            <div className="grow">
              <p>
                <a
                  className="recording-link"
                  href={formatRoute({ view: 'recording', recordingId: id })}
                  aria-label={t.imports.replay(dateAndTime(importedAtMs))}
                >
                  {t.imports.recordedElsewhere(dateAndTime(startedAtMs))}
                </a>
              </p>
              <p className="small muted break">
                {t.imports.importedAt(dateAndTime(importedAtMs))} · {durationWords(durationMs)} ·{' '}
                {byteWords(bytes)}
              </p>
            </div>
            <Badge>{t.exportFormats[format]}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
