import { open, rm, stat, writeFile } from 'node:fs/promises';
import { SallyportError } from '../../../contract/errors.ts';
import type { SessionId } from '../../../contract/ids.ts';
import { createChainVerifier } from '../../../core/recording/chain-verifier.ts';
import type { ChainState } from '../../../core/recording/chain-verifier.ts';
import { createRecordReader } from '../../../core/recording/container.ts';
import type { Timers } from '../../timers.ts';
import { createReceiptKeeper } from './receipt-keeper.ts';
import type { DeviceSigner } from './chain-crypto.ts';
import { CHAIN_CRYPTO, createDeviceSigner } from './chain-crypto.ts';
import { readDraftSegments } from './recover-draft.ts';
import { createSealer } from './sealer.ts';
import { createSegmentStore } from './segment-store.ts';
import type { OpenSpoolFile } from './spool-file.ts';
import { openSpoolFile } from './spool-file.ts';
import type { SpoolPaths } from './spool-folder.ts';
import { listSpool, removeSpool, spoolPaths } from './spool-folder.ts';
import type { SpoolLock } from './spool-lock.ts';
import { takeSpoolLock } from './spool-lock.ts';
import { createTusClient } from './tus-client.ts';
import type { UploadTarget } from './upload-target.ts';
import { createUploader } from './uploader.ts';

const READ_BYTES = 1024 * 1024;
/** Recordings that go up at the same time after a start. */
const CONCURRENT_UPLOADS = 3;

export interface RecoverSpoolOptions {
  readonly spoolFolder: string;
  /** Ed25519, PKCS#8: the key that the unfinished recordings name; signs their ends */
  readonly devicePrivateKeyPem: string;
  readonly upload: UploadTarget | null;
  readonly keepUploaded: boolean;
  /** server time, milliseconds since the epoch */
  readonly serverNowMs: () => number;
  readonly timers: Timers;
  /** 0..1 */
  readonly random: () => number;
  readonly openFile: OpenSpoolFile;
}

export interface SpoolRecovery {
  /** Recordings that an earlier run left unfinished and that now have a signed `recovered` end. */
  readonly recovered: readonly SessionId[];
  /** One line for each recording that could not be closed; its file is left as it was. */
  readonly failed: readonly string[];
  /** Uploads all whole recordings that the server does not have. Stops when `signal` aborts: the rest waits for the next start. */
  upload(signal: AbortSignal): Promise<SpoolUploads>;
}

export interface SpoolUploads {
  readonly uploaded: readonly SessionId[];
  /** One line for each that the server refused. */
  readonly failed: readonly string[];
}

/** A recording with an end, in this process's hand. */
interface WholeRecording {
  readonly id: SessionId;
  readonly paths: SpoolPaths;
  readonly lock: SpoolLock;
}

/**
 * Looks after what earlier runs left in the spool: a torn last record is cut off, an unfinished recording is closed with a signed
 * `recovered` end that states the gap. Recordings that a living process has in hand are left alone.
 */
export async function recoverSpool(options: RecoverSpoolOptions): Promise<SpoolRecovery> {
  const signer = createDeviceSigner(options.devicePrivateKeyPem);
  const recovered: SessionId[] = [];
  const failed: string[] = [];
  const whole: WholeRecording[] = [];
  for (const id of await listSpool(options.spoolFolder)) {
    const paths = spoolPaths(options.spoolFolder, id);
    const lock = await takeSpoolLock(paths.lock);
    if (lock === null) continue;
    try {
      const found = await closeRecording(paths, signer, options);
      if (found === 'recovered') recovered.push(id);
      if (found === 'recovered' || found === 'finished') whole.push({ id, paths, lock });
      else await lock.release();
    } catch (error) {
      await lock.release();
      failed.push(
        `The recording of an earlier session could not be closed (${paths.recording}): ${messageOf(error)}`,
      );
    }
  }
  return { recovered, failed, upload: signal => uploadAll(whole, options, signal) };
}

type Found = 'uploaded' | 'empty' | 'finished' | 'recovered';

async function closeRecording(
  paths: SpoolPaths,
  signer: DeviceSigner,
  options: RecoverSpoolOptions,
): Promise<Found> {
  if (await exists(paths.receipt)) return 'uploaded';
  const { state, tail } = await readSpool(paths.recording);
  if (
    state.header === null &&
    state.receivedBytes === state.acceptedBytes + tail.length &&
    isTorn(state, tail)
  ) {
    // The crash came before the header was durable: nothing was recorded, for nothing is accepted before that.
    await removeSpool(paths);
    return 'empty';
  }
  const { position, header } = state;
  if (position === null || header === null || !isTorn(state, tail))
    throw new SallyportError(
      'recording-corrupt',
      `The recording in the spool is damaged: ${state.problems[0]?.message ?? 'it cannot be read.'} It was left as it is; "sallyport verify" tells more.`,
    );
  if (state.end === null && header.devicePublicKey !== signer.publicKey)
    throw new SallyportError(
      'not-allowed',
      'The recording was begun with another device key, so this device cannot sign its end. It was left as it is.',
    );
  const file = await openSpoolFile({
    path: paths.recording,
    reservePath: paths.reserve,
    resumeAt: position.offset,
    openFile: options.openFile,
  });
  try {
    if (state.end !== null) {
      await rm(paths.draft, { force: true });
      return 'finished';
    }
    const held = await readDraftSegments(paths.draft, {
      devicePrivateKeyPem: options.devicePrivateKeyPem,
      sessionId: header.sessionId,
      segments: position.segments,
      endMs: state.lastEndMs,
    });
    const seal = createSealer(header.recipients);
    const chain = { crypto: CHAIN_CRYPTO, sign: signer.sign };
    const store = createSegmentStore({ file, position, chain, seal, nowMs: options.timers.nowMs });
    for (const segment of held) await store.store(segment);
    await store.finish({
      cause: 'recovered',
      endedAtMs: options.serverNowMs(),
      gap: { fromMs: Math.max(state.lastEndMs, store.endMs), toMs: null },
      proof: { processesLeft: null, isChannelClosed: null },
    });
    await rm(paths.draft, { force: true });
    return 'recovered';
  } finally {
    await file.close();
  }
}

/** The chain up to where it holds, and the bytes after it. */
async function readSpool(path: string): Promise<{ state: ChainState; tail: Uint8Array }> {
  const verifier = createChainVerifier(CHAIN_CRYPTO);
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(READ_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      verifier.push(buffer.slice(0, bytesRead));
    }
    const { state } = verifier;
    const tail = new Uint8Array(state.receivedBytes - state.acceptedBytes);
    await file.read(tail, 0, tail.length, state.acceptedBytes);
    return { state, tail };
  } finally {
    await file.close();
  }
}

/**
 * Whether a crash in the middle of the last append explains what stands after the accepted records: part of a record, or what a file
 * system shows of blocks that were never written (zeros; a last record whose content is not what its public part says).
 */
function isTorn(state: ChainState, tail: Uint8Array): boolean {
  if (state.problems.length === 0 || tail.every(byte => byte === 0)) return true;
  if (state.acceptedBytes === 0 || state.problems.some(problem => problem.kind !== 'segment')) return false;
  const events = createRecordReader(state.acceptedBytes).push(tail);
  const ends = events.flatMap(event => (event.kind === 'complete' ? [event.endOffset] : []));
  return ends.length === 1 && ends[0] === state.receivedBytes;
}

async function uploadAll(
  whole: readonly WholeRecording[],
  options: RecoverSpoolOptions,
  signal: AbortSignal,
): Promise<SpoolUploads> {
  const uploaded: SessionId[] = [];
  const failed: string[] = [];
  const waiting = [...whole];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        if (
          options.upload !== null &&
          !signal.aborted &&
          (await uploadOne(next, options.upload, { options, signal }))
        )
          uploaded.push(next.id);
      } catch (error) {
        failed.push(
          `The recording of an earlier session is not on the server yet (${next.paths.recording}): ${messageOf(error)}`,
        );
      } finally {
        await next.lock.release();
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_UPLOADS }, worker));
  return { uploaded, failed };
}

/** False when the signal came first. Rejects where the server refuses. */
async function uploadOne(
  { id, paths }: WholeRecording,
  target: UploadTarget,
  { options, signal }: { options: RecoverSpoolOptions; signal: AbortSignal },
): Promise<boolean> {
  const { size } = await stat(paths.recording);
  const receipts = createReceiptKeeper(paths.lastReceipt);
  const done = Promise.withResolvers<boolean>();
  const uploader = createUploader({
    path: paths.recording,
    client: createTusClient({ ...target, recordingId: id, signal }),
    timers: options.timers,
    random: options.random,
    onAcknowledged: receipts.keep,
    onReachable: () => undefined,
    onRefused: message =>
      done.reject(new SallyportError('conflict', `The server does not take it: ${message}`)),
    onComplete(at) {
      receipts.keep(at);
      const settle = options.keepUploaded
        ? writeFile(paths.receipt, `${at.receipt ?? ''}\n`, { mode: 0o600 })
        : removeSpool(paths);
      settle.then(receipts.written).then(() => done.resolve(true), done.reject);
    },
  });
  const stop = () => {
    uploader.stop();
    done.resolve(false);
  };
  signal.addEventListener('abort', stop, { once: true });
  uploader.offer(size, true);
  return done.promise.finally(() => signal.removeEventListener('abort', stop));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
