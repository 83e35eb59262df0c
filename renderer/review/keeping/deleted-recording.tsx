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
      <StateNote title="This recording was deleted" icon={FileX}>
        {session.operator.name} on {session.target.name}, {dateAndTime(session.startedAtMs)}. Deleted{' '}
        {dateAndTime(deletion.atMs)} by {deletion.by}: {deletion.reason}
      </StateNote>
      <section className="stack" aria-labelledby="tombstone">
        <h2 id="tombstone">Tombstone</h2>
        <Loaded of={checked} what="the tombstone" onRetry={retry}>
          {({ claims, file }) => (
            <>
              {claims === null ? (
                <p role="alert">
                  <Badge tone="danger">not signed</Badge> This server’s keys did not sign the tombstone: it
                  says nothing. Tell your administrator.
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
                  Save the tombstone
                </Button>
                <span className="small muted">“sallyport verify” checks it anywhere</span>
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
        <Badge tone="ok">signed by the server</Badge>
      </p>
      <dl className="facts small">
        <dt>It was</dt>
        <dd>
          {durationWords(claims.durationMs)}, {byteWords(claims.bytes)} in {claims.segments} segments
        </dd>
        <dt>Cause</dt>
        <dd>{claims.cause === 'retention' ? 'its time was over' : 'an administrator decided'}</dd>
        <dt>Kept until</dt>
        <dd>{claims.retainUntilMs === null ? 'no time was set' : dateAndTime(claims.retainUntilMs)}</dd>
        <dt>Reviewed</dt>
        <dd>{claims.isReviewed ? 'yes' : 'no'}</dd>
        <dt>Its key</dt>
        <dd>
          {claims.isKeyDestroyed
            ? 'destroyed first: no copy of the stored bytes can be read'
            : 'it had none of its own: a copy of the stored bytes can be read by its reviewers'}
        </dd>
        <dt>Last record</dt>
        <dd className="mono">{claims.hash ?? 'not kept'}</dd>
      </dl>
    </>
  );
}
