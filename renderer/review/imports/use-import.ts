import { useCallback, useRef, useState } from 'react';
import type { ImportOutcome } from '../../../contract/imports.ts';
import { IMPORT_PIECE_BYTES } from '../../../contract/imports.ts';
import { useServices } from '../../app/services-context.tsx';
import { t } from '../../texts/t.ts';

/** Hands a file to main piece by piece, which masks and seals it as it comes: a file of any length is never in the window as a whole. */
export function useImport(onImported: (outcome: ImportOutcome) => void) {
  const { bridge, notices } = useServices();
  /** 0..1; null while nothing is imported */
  const [progress, setProgress] = useState<number | null>(null);
  const isStopped = useRef(false);
  const begin = useCallback(
    async (file: File) => {
      isStopped.current = false;
      setProgress(0);
      const fail = (message: string) => {
        setProgress(null);
        notices.add('error', t.imports.failed(file.name, message));
      };
      const begun = await bridge.request('imports.begin', {});
      if (!begun.ok) return fail(begun.error.message);
      const { importId } = begun.value;
      for (let from = 0; from < file.size; from += IMPORT_PIECE_BYTES) {
        if (isStopped.current) {
          await bridge.request('imports.stop', { importId });
          return setProgress(null);
        }
        const piece = await file.slice(from, from + IMPORT_PIECE_BYTES).arrayBuffer();
        const pushed = await bridge.request('imports.push', { importId, content: base64Of(piece) });
        if (!pushed.ok) return fail(pushed.error.message);
        setProgress(Math.min(1, (from + piece.byteLength) / file.size));
      }
      const finished = await bridge.request('imports.finish', { importId });
      if (!finished.ok) return fail(finished.error.message);
      setProgress(null);
      onImported(finished.value);
    },
    [bridge, notices, onImported],
  );
  const stop = useCallback(() => {
    isStopped.current = true;
  }, []);
  return { progress, begin, stop };
}

/** Too many arguments at once overflow the stack. */
const PART_BYTES = 16_384;

function base64Of(bytes: ArrayBuffer): string {
  let text = '';
  for (let at = 0; at < bytes.byteLength; at += PART_BYTES)
    text += String.fromCharCode(...new Uint8Array(bytes.slice(at, at + PART_BYTES)));
  return btoa(text);
}
