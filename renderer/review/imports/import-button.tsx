import { FileInput } from 'lucide-react';
import { useCallback } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { ImportOutcome } from '../../../contract/imports.ts';
import { plural } from '../../app/duration-words.ts';
import { maskedWords } from '../../app/entity-words.ts';
import { useServices } from '../../app/services-context.tsx';
import { Button } from '../../design/button.tsx';
import { useImport } from './use-import.ts';

/** Chooses an asciicast on this machine and imports it, with how far that is and a way to leave it. */
export function ImportButton({ onImported }: { readonly onImported: () => void }) {
  const { notices, router } = useServices();
  const tell = useCallback(
    ({ recording, masked, inputsLeftOut }: ImportOutcome) => {
      const keys = inputsLeftOut === 0 ? '' : ` ${plural(inputsLeftOut, 'keystroke')} in it left out.`;
      notices.add('info', `Imported and sealed to your key; masked: ${maskedWords(masked)}.${keys}`);
      onImported();
      router.go({ view: 'recording', recordingId: recording.id });
    },
    [notices, onImported, router],
  );
  const { progress, begin, stop } = useImport(tell);
  const isBusy = progress !== null;
  return (
    <span className="row import-button">
      {isBusy && (
        <>
          <progress aria-label="Imported so far" max={1} value={progress} />
          <Button onPress={stop}>Cancel import</Button>
        </>
      )}
      <FileTrigger
        acceptedFileTypes={['.cast', '.json', 'application/x-asciicast']}
        onSelect={files => {
          const file = files?.[0];
          if (file !== undefined) void begin(file);
        }}
      >
        <Button icon={FileInput} isPending={isBusy}>
          {isBusy ? `Importing, ${Math.floor(progress * 100)}%` : 'Import asciicast…'}
        </Button>
      </FileTrigger>
    </span>
  );
}
