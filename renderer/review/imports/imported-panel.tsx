import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { RecordingHeader } from '../../../contract/recording.ts';
import { dateAndTime } from '../../app/duration-words.ts';
import { useServices } from '../../app/services-context.tsx';
import { useAction } from '../../app/use-action.ts';
import { Button } from '../../design/button.tsx';
import { ModalDialog } from '../../design/dialog.tsx';
import { t } from '../../texts/t.ts';

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
    notices.add('info', t.imports.removed);
    router.replace({ view: 'recordings' });
  };
  return (
    <section className="stack" aria-labelledby="imported-panel">
      <h2 id="imported-panel">{t.imports.imported}</h2>
      <p className="small">{t.imports.importedMeans(dateAndTime(imported.atMs))}</p>
      <div className="row">
        <Button icon={Trash2} onPress={() => setAsked(true)}>
          {t.imports.remove}
        </Button>
      </div>
      {isAsked && (
        <ModalDialog title={t.imports.removeTitle} onClose={() => setAsked(false)}>
          <div className="stack">
            <p>{t.imports.fileStays}</p>
            <div className="row">
              <Button tone="danger" isPending={isBusy} onPress={() => void remove()}>
                {t.imports.remove}
              </Button>
              <Button onPress={() => setAsked(false)}>{t.common.cancel}</Button>
            </div>
          </div>
        </ModalDialog>
      )}
    </section>
  );
}
