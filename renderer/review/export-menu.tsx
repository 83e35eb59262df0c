import { Download } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import type { ExportFormat } from './use-export.ts';
import { useExport } from './use-export.ts';
import { t } from '../texts/t.ts';

const FORMATS: readonly ExportFormat[] = ['asciicast-v3', 'asciicast-v2', 'text', 'evidence'];

interface ExportMenuProps {
  readonly recordingId: string;
  /** false for what no server vouches for */
  readonly hasEvidence: boolean;
}

/** Saves the recording, masked as it is, in a form that other programs read; or sealed, with what proves it. */
export function ExportMenu({ recordingId, hasEvidence }: ExportMenuProps) {
  const { progress, save, stop } = useExport(recordingId);
  const isBusy = progress !== null;
  return (
    <>
      {isBusy && (
        <span className="row">
          <progress aria-label={t.review.exportedSoFar} max={1} value={progress} />
          <Button onPress={stop}>{t.review.cancelExport}</Button>
        </span>
      )}
      <Disclosed
        label={t.review.export}
        trigger={
          <Button icon={Download} isPending={isBusy}>
            {isBusy ? t.review.exporting(Math.floor(progress * 100)) : t.review.export}
          </Button>
        }
      >
        <div className="stack">
          <h2>{t.review.export}</h2>
          <p className="small muted">{t.review.exportMeans}</p>
          {FORMATS.filter(format => hasEvidence || format !== 'evidence').map(format => (
            <div key={format} className="row">
              <Button slot="close" isDisabled={isBusy} onPress={() => void save(format)}>
                {t.exportFormats[format]}
              </Button>
              <span className="small muted">{t.exportMeanings[format]}</span>
            </div>
          ))}
        </div>
      </Disclosed>
    </>
  );
}
