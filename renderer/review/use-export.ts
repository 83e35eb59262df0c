import { useCallback, useRef, useState } from 'react';
import { RecordingId } from '../../contract/ids.ts';
import type { RequestInputOf } from '../../contract/ipc.ts';
import { useServices } from '../app/services-context.tsx';
import { saveFile } from './save-file.ts';
import { t } from '../texts/t.ts';

export type ExportFormat = RequestInputOf<'recordings.export'>['format'];

/** Exports piece by piece: pieces become parts of a blob, which the browser keeps on disk when it grows. */
export function useExport(recordingId: string) {
  const { bridge, notices } = useServices();
  /** 0..1; null while nothing is exported */
  const [progress, setProgress] = useState<number | null>(null);
  const isStopped = useRef(false);
  const save = useCallback(
    async (format: ExportFormat) => {
      isStopped.current = false;
      setProgress(0);
      const fail = (message: string) => {
        setProgress(null);
        notices.add('error', message);
      };
      const begun = await bridge.request('recordings.export', {
        recordingId: RecordingId.parse(recordingId),
        format,
      });
      if (!begun.ok) return fail(begun.error.message);
      const { exportId, fileName, mediaType, encoding, total } = begun.value;
      let content = new Blob([], { type: mediaType });
      for (;;) {
        const piece = await bridge.request('export.next', { exportId });
        if (!piece.ok) return fail(piece.error.message);
        if (piece.value.isOver) break;
        const part = encoding === 'utf8' ? piece.value.content : bytesOf(piece.value.content);
        content = new Blob([content, part], { type: mediaType });
        setProgress(Math.min(1, piece.value.done / Math.max(1, total)));
        if (!isStopped.current) continue;
        await bridge.request('export.stop', { exportId });
        setProgress(null);
        return;
      }
      setProgress(null);
      saveFile({ fileName, content });
      notices.add(
        'info',
        format === 'evidence' ? t.review.savedEvidence(fileName) : t.review.saved(fileName),
      );
    },
    [bridge, notices, recordingId],
  );
  const stop = useCallback(() => {
    isStopped.current = true;
  }, []);
  return { progress, save, stop };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
