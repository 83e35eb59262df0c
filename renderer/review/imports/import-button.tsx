import { FileInput } from 'lucide-react';
import { useCallback } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { ImportOutcome } from '../../../contract/imports.ts';
import { maskedWords } from '../../app/entity-words.ts';
import { useServices } from '../../app/services-context.tsx';
import { Button } from '../../design/button.tsx';
import { useImport } from './use-import.ts';
import { t } from '../../texts/t.ts';

/** Chooses an asciicast on this machine and imports it, with how far that is and a way to leave it. */
export function ImportButton({ onImported }: { readonly onImported: () => void }) {
  const { notices, router } = useServices();
  const tell = useCallback(
    ({ recording, masked, inputsLeftOut }: ImportOutcome) => {
      const leftOut = inputsLeftOut === 0 ? [] : [t.imports.keysLeftOut(inputsLeftOut)];
      notices.add('info', [t.imports.done(maskedWords(masked)), ...leftOut].join(' '));
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
          <progress aria-label={t.imports.soFar} max={1} value={progress} />
          <Button onPress={stop}>{t.imports.cancel}</Button>
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
          {isBusy ? t.imports.importing(Math.floor(progress * 100)) : t.imports.import}
        </Button>
      </FileTrigger>
    </span>
  );
}
