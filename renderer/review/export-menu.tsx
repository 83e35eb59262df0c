import { Download } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import type { ExportFormat } from './use-export.ts';
import { useExport } from './use-export.ts';

const FORMATS: readonly {
  readonly format: ExportFormat;
  readonly label: string;
  readonly meaning: string;
}[] = [
  { format: 'asciicast-v3', label: 'asciicast v3', meaning: 'plays with asciinema 3' },
  { format: 'asciicast-v2', label: 'asciicast v2', meaning: 'plays with older asciinema' },
  { format: 'text', label: 'Plain text', meaning: 'what was shown, without colours' },
  { format: 'evidence', label: 'Evidence bundle', meaning: 'sealed, with grant, log entries and proofs' },
];

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
          <progress aria-label="Exported so far" max={1} value={progress} />
          <Button onPress={stop}>Cancel export</Button>
        </span>
      )}
      <Disclosed
        label="Export"
        trigger={
          <Button icon={Download} isPending={isBusy}>
            {isBusy ? `Exporting, ${Math.floor(progress * 100)}%` : 'Export'}
          </Button>
        }
      >
        <div className="stack">
          <h2>Export</h2>
          <p className="small muted">
            A file on this machine, masked like the recording, but no longer encrypted; only the evidence
            bundle stays sealed.
          </p>
          {FORMATS.filter(({ format }) => hasEvidence || format !== 'evidence').map(
            ({ format, label, meaning }) => (
              <div key={format} className="row">
                <Button slot="close" isDisabled={isBusy} onPress={() => void save(format)}>
                  {label}
                </Button>
                <span className="small muted">{meaning}</span>
              </div>
            ),
          )}
        </div>
      </Disclosed>
    </>
  );
}
