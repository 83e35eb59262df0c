import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RecordingHeader } from '../../../contract/recording.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { ModalDialog } from '../../design/dialog.tsx';

interface ImportedPanelProps {
  readonly header: RecordingHeader;
  readonly imported: NonNullable<RecordingHeader['imported']>;
}

/** What an imported recording is worth, and the way to be rid of it. */
export function ImportedPanel({ header, imported }: ImportedPanelProps) {
  const { bridge, notices, router } = useServices();
  const { isBusy, run } = useAction();
  const [isAsked, setAsked] = useState(false);
  const remove = async () => {
    const removed = await run(() => bridge.request('imports.remove', { recordingId: header.sessionId }));
    if (removed === null) return;
    notices.add('info', 'The imported recording is removed from this machine.');
    router.replace({ view: 'recordings' });
  };
  return (
    <section className="stack" aria-labelledby="imported-panel">
      <h2 id="imported-panel">Imported</h2>
      <p className="small">
        Imported {dateAndTime(imported.atMs)} from an asciicast. It lies on this machine only, masked and
        sealed to your key: nobody else can open it, and there are no decisions or comments on it.
      </p>
      <div className="row">
        <Button icon={Trash2} onPress={() => setAsked(true)}>
          Remove
        </Button>
      </div>
      {isAsked && (
        <ModalDialog title="Remove this imported recording" onClose={() => setAsked(false)}>
          <div className="stack">
            <p>The file that it was made from stays where it is.</p>
            <div className="row">
              <Button tone="danger" isPending={isBusy} onPress={() => void remove()}>
                Remove
              </Button>
              <Button onPress={() => setAsked(false)}>Cancel</Button>
            </div>
          </div>
        </ModalDialog>
      )}
    </section>
  );
}
