import { rm } from 'node:fs/promises';
import { SallyportError } from '../../../contract/errors.ts';
import type { RecordedEvent } from '../../../contract/recording.ts';
import type { RedactionPolicy } from '../../../contract/redaction.ts';
import { RecordingHeader, SPREC_VERSION } from '../../../contract/recording.ts';
import { startChain } from '../../../core/recording/chain-writer.ts';
import type { Timers } from '../../timers.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from './chain-crypto.ts';
import type { Draft } from './draft.ts';
import { createDraft } from './draft.ts';
import { createProgress } from './progress.ts';
import { startUpload } from './recording-upload.ts';
import type { Recorder, SealedRecording, SealInput } from './recorder.ts';
import { RECORDER_HIGH_WATERMARK_BYTES, RECORDER_LOW_WATERMARK_BYTES } from './recorder.ts';
import { createSealer } from './sealer.ts';
import type { CutSegment } from './segment-cutter.ts';
import { costOf, createSegmentCutter } from './segment-cutter.ts';
import {
  alreadyThere,
  diskFull,
  noServer,
  outOfOrder,
  quotaReached,
  unwritable,
} from './recorder-failures.ts';
import type { SegmentStore } from './segment-store.ts';
import { createSegmentStore } from './segment-store.ts';
import type { OpenSpoolFile, SpoolFile, SpoolHandle } from './spool-file.ts';
import { openSpoolFile } from './spool-file.ts';
import { createSpoolQueue } from './spool-queue.ts';
import type { SpoolPaths } from './spool-folder.ts';
import { ensureSpoolFolder, measureSpool, spoolPaths } from './spool-folder.ts';
import type { SpoolLock } from './spool-lock.ts';
import { takeSpoolLock } from './spool-lock.ts';
import { createUndecidedHold } from './undecided-hold.ts';
import type { UploadTarget } from './upload-target.ts';

/** Kept free under the quota: keyframes, the overhead of sealing what is queued, the end. */
const QUOTA_MARGIN_BYTES = 512 * 1024;
/** Other sessions fill the same spool, and uploads empty it. */
const MEASURE_EVERY_MS = 2_000;

export interface RecorderOptions {
  /** what the recording is about; version, key and start time are added here */
  readonly header: Omit<RecordingHeader, 'version' | 'devicePublicKey' | 'startedAtMs'>;
  /** Ed25519, PKCS#8: signs checkpoints and the end */
  readonly devicePrivateKeyPem: string;
  readonly spoolFolder: string;
  /** all recordings in the spool together */
  readonly spoolQuotaBytes: number;
  /** null records to the spool only */
  readonly upload: UploadTarget | null;
  /** whether the spool keeps a recording that the server has */
  readonly keepUploaded: boolean;
  /** server time, milliseconds since the epoch: the time base of `accept` */
  readonly serverNowMs: () => number;
  readonly timers: Timers;
  /** 0..1 */
  readonly random: () => number;
  readonly openFile: OpenSpoolFile;
  /** The policy by which what a crash leaves undecided is redacted again (draft.ts); null keeps no draft: what is recorded can be recorded again. */
  readonly draftPolicy: RedactionPolicy | null;
}

/** The spool file of a new recording, its header durable. */
interface Opened {
  readonly file: SpoolFile;
  /** empty; null where none is kept */
  readonly draft: SpoolHandle | null;
  readonly store: SegmentStore;
  readonly lock: SpoolLock;
  readonly paths: SpoolPaths;
  /** bytes of the other recordings in the spool */
  readonly otherBytes: number;
}

/**
 * Begins a recording. Throws `spool-full`, `recorder-failed`, `bad-input` (recipients), `conflict` where a recording of this session
 * is in the spool already.
 *
 * `accept` takes events in server time (milliseconds since the epoch) and outputs numbered without gaps. `uploaded` ends the upload
 * when its signal aborts: the spool keeps the recording, and recover-spool.ts sends the rest at the next start.
 */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const startedAtMs = options.serverNowMs();
  const opened = await openRecording(options, startedAtMs);
  const { file, store } = opened;
  let { otherBytes } = opened;
  let measuredAtMs = options.timers.nowMs();
  let queuedBytes = 0;
  let wasOverHigh = false;
  let lastSeq: number | null = null;
  let lastEventMs = 0;
  let failure: SallyportError | null = null;
  let isIndexing = false;
  const indexQueue: CutSegment[] = [];
  let sealing: Promise<SealedRecording> | null = null;

  /** From the first failure on nothing is accepted; what was accepted before is still stored where that is possible. After a lost segment none may follow. */
  const fail = (error: SallyportError): SallyportError => {
    if (failure !== null) return failure;
    failure = error;
    progress.entered('failed');
    recorder.onFailed(error.code === 'spool-full' ? 'spool-full' : 'recorder-failed', error.message);
    return error;
  };

  const accept = (event: RecordedEvent): void => {
    if (failure !== null) throw failure;
    if (sealing !== null)
      throw new SallyportError('session-ended', 'The recording is sealed: nothing can be added to it.');
    if (event.kind === 'output' && lastSeq !== null && event.seq !== lastSeq + 1)
      throw fail(outOfOrder(event.seq, lastSeq));
    const costBytes = costOf(event);
    const neededBytes = otherBytes + file.size + queuedBytes + costBytes + QUOTA_MARGIN_BYTES;
    if (neededBytes > options.spoolQuotaBytes) throw fail(quotaReached());
    if (event.kind === 'output') lastSeq = event.seq;
    lastEventMs = Math.max(lastEventMs, event.atMs - startedAtMs);
    queuedBytes += costBytes;
    if (queuedBytes >= RECORDER_HIGH_WATERMARK_BYTES) wasOverHigh = true;
    hold.add({ ...event, atMs: lastEventMs });
    if (failure !== null) throw failure;
  };

  const measureOthers = async (): Promise<void> => {
    measuredAtMs = options.timers.nowMs();
    otherBytes = await measureSpool(options.spoolFolder, options.header.sessionId).catch(() => otherBytes);
  };

  const spool = createSpoolQueue({
    store,
    file,
    draft: () => draft,
    onFault: error => void fail(asFailure(error)),
    async onSpooled({ costBytes, ...to }) {
      if (!file.hasReserve) fail(diskFull());
      if (options.timers.nowMs() - measuredAtMs > MEASURE_EVERY_MS) await measureOthers();
      queuedBytes -= costBytes;
      progress.spooled(to);
      draft?.synced(to.segments);
      progress.roomLeft(options.spoolQuotaBytes - QUOTA_MARGIN_BYTES - otherBytes - file.size - queuedBytes);
      upload?.uploader.offer(to.bytes, false);
      if (wasOverHigh && queuedBytes < RECORDER_LOW_WATERMARK_BYTES) {
        wasOverHigh = false;
        recorder.onDrain();
      }
    },
  });

  const cutter = createSegmentCutter({
    cols: options.header.cols,
    rows: options.header.rows,
    timers: options.timers,
    marginMs: () => store.marginMs,
    onCut(segment) {
      if (isIndexing) indexQueue.push(segment);
      else spool.push(segment);
    },
    onFault: error => void fail(asFailure(error)),
  });

  const draft: Draft | null =
    options.draftPolicy === null || opened.draft === null
      ? null
      : createDraft({
          path: opened.paths.draft,
          handle: opened.draft,
          devicePrivateKeyPem: options.devicePrivateKeyPem,
          sessionId: options.header.sessionId,
          policy: options.draftPolicy,
          timers: options.timers,
          cut() {
            cutter.cut();
            return { screen: cutter.screen(), written: spool.written };
          },
          onFault: error => void fail(asFailure(error)),
        });

  const hold = createUndecidedHold({
    timers: options.timers,
    draft,
    onEvent(event, original, draftNumber) {
      // masks are longer than what they hide
      queuedBytes += costOf(event) - costOf(original);
      try {
        cutter.add(event, draftNumber);
      } catch (error) {
        fail(asFailure(error));
      }
    },
  });

  /** A recording that failed, or whose disk fills up now, is whole without a search index. */
  const storeIndex = async (): Promise<void> => {
    if (failure !== null) return;
    try {
      for (const cut of [cutter.cutIndex, cutter.cutDirectory]) {
        isIndexing = true;
        cut();
        for (let segment = indexQueue.shift(); segment !== undefined; segment = indexQueue.shift()) {
          const place = await store.store(segment);
          segment.stored?.(place);
        }
      }
    } catch {
      // what is stored of it stays unused; the end that follows says whether the disk still takes anything
    }
  };

  const sealUp = async (end: SealInput): Promise<SealedRecording> => {
    hold.release();
    cutter.cut();
    await spool.settled();
    await storeIndex();
    cutter.dispose();
    const { cause, processesLeft, isChannelClosed } = end;
    try {
      await store.finish({
        cause,
        endedAtMs: options.serverNowMs(),
        gap: spool.isHoled ? { fromMs: store.endMs, toMs: lastEventMs } : null,
        proof: { processesLeft, isChannelClosed },
      });
      await draft?.close(true);
    } catch (error) {
      await draft?.close(false);
      throw fail(asFailure(error));
    } finally {
      await file.close();
      if (upload === null) await opened.lock.release();
    }
    progress.spooled({ bytes: file.size, segments: store.segments, endMs: store.endMs });
    progress.entered('sealed');
    upload?.uploader.offer(file.size, true);
    return { path: opened.paths.recording, segments: store.segments, bytes: file.size };
  };

  const recorder: Recorder = {
    accept,
    noteKey(note) {
      if (failure !== null || sealing !== null) return;
      lastEventMs = Math.max(lastEventMs, options.serverNowMs() - startedAtMs);
      hold.add({ kind: 'key', atMs: lastEventMs, note });
    },
    holdFrom: hold.holdFrom,
    hide: hold.hide,
    get queuedBytes() {
      return queuedBytes;
    },
    onDrain: () => undefined,
    onFailed: () => undefined,
    onHealth: () => undefined,
    seal: end => (sealing ??= sealUp(end)),
    uploaded: signal => (upload === null ? Promise.reject(noServer()) : upload.finished(signal)),
  };
  const progress = createProgress({
    startedAtMs,
    timers: options.timers,
    hasUpload: options.upload !== null,
    spoolQuotaBytes: options.spoolQuotaBytes,
    onHealth: health => recorder.onHealth(health),
  });
  const upload =
    options.upload === null ? null : startUpload({ options, target: options.upload, opened, progress, fail });
  upload?.uploader.offer(file.size, false);
  return recorder;
}

async function openRecording(options: RecorderOptions, startedAtMs: number): Promise<Opened> {
  const { spoolFolder } = options;
  const { nowMs } = options.timers;
  const { sessionId, recipients } = options.header;
  const seal = createSealer(recipients);
  const signer = createDeviceSigner(options.devicePrivateKeyPem);
  const header = RecordingHeader.parse({
    ...options.header,
    version: SPREC_VERSION,
    devicePublicKey: signer.publicKey,
    startedAtMs,
  });
  const paths = spoolPaths(spoolFolder, sessionId);
  await ensureSpoolFolder(spoolFolder).catch(unwritable);
  const otherBytes = await measureSpool(spoolFolder, sessionId);
  if (otherBytes + 2 * QUOTA_MARGIN_BYTES > options.spoolQuotaBytes) throw quotaReached();
  const lock = await takeSpoolLock(paths.lock).catch(unwritable);
  if (lock === null) throw alreadyThere();
  let file: SpoolFile | null = null;
  let draft: SpoolHandle | null = null;
  try {
    await rm(paths.draft, { force: true });
    file = await openSpoolFile({
      path: paths.recording,
      reservePath: paths.reserve,
      resumeAt: null,
      openFile: options.openFile,
    });
    const chain = { crypto: CHAIN_CRYPTO, sign: signer.sign };
    const { writer, bytes } = startChain(header, chain);
    await file.append(bytes);
    await file.sync();
    if (options.draftPolicy !== null)
      draft = await options.openFile(paths.draft, 'wx', 0o600).catch(unwritable);
    // The first sealing of a process is slow: better now than with output in it.
    void seal(bytes).catch(() => undefined);
    const store = createSegmentStore({ file, position: writer.position, chain, seal, nowMs });
    return { file, draft, store, lock, paths, otherBytes };
  } catch (error) {
    await file?.close();
    if (file !== null) await rm(paths.recording, { force: true });
    await lock.release();
    throw error instanceof SallyportError && isExisting(error.cause) ? alreadyThere() : error;
  }
}

function isExisting(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
}

function asFailure(error: unknown): SallyportError {
  if (error instanceof SallyportError) return error;
  return new SallyportError(
    'recorder-failed',
    'The recording could not be sealed, so the session cannot go on. Connect again; what was recorded so far is kept.',
    { cause: error },
  );
}
