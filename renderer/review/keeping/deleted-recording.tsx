import { Download, FileX } from 'lucide-react';
import { useMemo } from 'react';
import type { RecordingDeletion, RecordingSummary } from '../../../contract/server-api.ts';
import type { Tombstone } from '../../../contract/tombstone.ts';
import { byteWords, dateAndTime, durationWords } from '../../app/duration-words.ts';
import { useAnswer } from '../../app/use-answer.ts';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { Loaded, StateNote } from '../../design/state-note.tsx';
import { saveFile } from '../save-file.ts';
import { t } from '../../texts/t.ts';

interface DeletedRecordingProps {
  readonly summary: RecordingSummary;
  readonly deletion: RecordingDeletion;
}

/** What stays of a deleted recording: its tombstone, once the server's signature on it was checked. */
export function DeletedRecording({ summary, deletion }: DeletedRecordingProps) {
  const { session } = summary;
  const input = useMemo(() => ({ tombstone: deletion.tombstone }), [deletion.tombstone]);
  const [checked, retry] = useAnswer('tombstone.check', input);
  return (
    <div className="unlock stack">
      <StateNote title={t.review.deleted} icon={FileX}>
        {t.keeping.recordingOf(
          t.review.who(session.operator.name, session.target.name),
          dateAndTime(session.startedAtMs),
        )}{' '}
        {t.keeping.deletedBecause(dateAndTime(deletion.atMs), deletion.by, deletion.reason)}
      </StateNote>
      <section className="stack" aria-labelledby="tombstone">
        <h2 id="tombstone">{t.keeping.tombstone}</h2>
        <Loaded of={checked} what={t.keeping.theTombstone} onRetry={retry}>
          {({ claims, file }) => (
            <>
              {claims === null ? (
                <p role="alert">
                  <Badge tone="danger">{t.keeping.notSigned}</Badge> {t.keeping.notSignedMeans}
                </p>
              ) : (
                <TombstoneFacts claims={claims} />
              )}
              <div className="row">
                <Button
                  icon={Download}
                  onPress={() =>
                    saveFile({
                      fileName: `${summary.id}.tombstone.json`,
                      content: new Blob([file], { type: 'application/json' }),
                    })
                  }
                >
                  {t.keeping.saveTombstone}
                </Button>
                <span className="small muted">{t.keeping.verifyChecks}</span>
              </div>
            </>
          )}
        </Loaded>
      </section>
    </div>
  );
}

function TombstoneFacts({ claims }: { readonly claims: Tombstone }) {
  return (
    <>
      <p>
        <Badge tone="ok">{t.keeping.signed}</Badge>
      </p>
      <dl className="facts small">
        <dt>{t.keeping.itWas}</dt>
        <dd>
          {t.keeping.sizeWas(durationWords(claims.durationMs), byteWords(claims.bytes), claims.segments)}
        </dd>
        <dt>{t.keeping.cause}</dt>
        <dd>{claims.cause === 'retention' ? t.keeping.timeWasOver : t.keeping.administratorDecided}</dd>
        <dt>{t.keeping.keptUntilName}</dt>
        <dd>{claims.retainUntilMs === null ? t.keeping.noTimeWasSet : dateAndTime(claims.retainUntilMs)}</dd>
        <dt>{t.keeping.reviewed}</dt>
        <dd>{claims.isReviewed ? t.keeping.yes : t.keeping.no}</dd>
        <dt>{t.keeping.itsKey}</dt>
        <dd>{claims.isKeyDestroyed ? t.keeping.keyDestroyed : t.keeping.noOwnKey}</dd>
        <dt>{t.keeping.lastRecord}</dt>
        <dd className="mono">{claims.hash ?? t.keeping.notKept}</dd>
      </dl>
    </>
  );
}
