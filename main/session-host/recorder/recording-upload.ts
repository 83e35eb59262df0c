import { writeFile } from 'node:fs/promises';
import { SallyportError } from '../../../contract/errors.ts';
import type { SessionId } from '../../../contract/ids.ts';
import type { Timers } from '../../timers.ts';
import type { Progress } from './progress.ts';
import { createReceiptKeeper } from './receipt-keeper.ts';
import type { SpoolPaths } from './spool-folder.ts';
import { removeSpool } from './spool-folder.ts';
import type { SpoolLock } from './spool-lock.ts';
import { createTusClient } from './tus-client.ts';
import type { UploadTarget } from './upload-target.ts';
import type { Uploader } from './uploader.ts';
import { createUploader } from './uploader.ts';

interface Upload {
  readonly uploader: Uploader;
  /** See `Recorder.uploaded`. */
  finished(signal: AbortSignal): Promise<void>;
}

/** Sends a recording to the server while it is made; lets go of the spool when it is there. */
export function startUpload(parts: {
  options: {
    readonly header: { readonly sessionId: SessionId };
    readonly timers: Timers;
    readonly random: () => number;
    readonly keepUploaded: boolean;
  };
  target: UploadTarget;
  opened: { readonly paths: SpoolPaths; readonly lock: SpoolLock };
  progress: Progress;
  fail: (error: SallyportError) => unknown;
}): Upload {
  const { options, target, opened, progress, fail } = parts;
  const { paths, lock } = opened;
  const stopped = new AbortController();
  const receipts = createReceiptKeeper(paths.lastReceipt);
  const done = Promise.withResolvers<void>();
  // The server may refuse while nobody waits for the end of the upload.
  done.promise.catch(() => undefined);
  const uploader = createUploader({
    path: paths.recording,
    client: createTusClient({ ...target, recordingId: options.header.sessionId, signal: stopped.signal }),
    timers: options.timers,
    random: options.random,
    onAcknowledged(at) {
      receipts.keep(at);
      progress.acknowledged(at.bytes);
    },
    onReachable: progress.reachable,
    onRefused(message) {
      const error = new SallyportError(
        'recorder-failed',
        `The server does not take the recording: ${message}`,
      );
      fail(error);
      void lock.release();
      done.reject(error);
    },
    onComplete(at) {
      receipts.keep(at);
      const settle = options.keepUploaded
        ? writeFile(paths.receipt, `${at.receipt ?? ''}\n`, { mode: 0o600 }).then(() => lock.release())
        : removeSpool(paths);
      settle.then(receipts.written).then(() => {
        progress.entered('uploaded');
        done.resolve();
      }, done.reject);
    },
  });
  return {
    uploader,
    finished(signal) {
      const stop = () => {
        uploader.stop();
        stopped.abort();
        void lock.release();
        done.reject(
          new SallyportError(
            'server-unreachable',
            'The upload was left before the server had the whole recording. It goes on at the next start.',
          ),
        );
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      return done.promise.finally(() => signal.removeEventListener('abort', stop));
    },
  };
}
