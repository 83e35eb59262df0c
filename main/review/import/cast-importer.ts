import { createHash, createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SallyportError } from '../../../contract/errors.ts';
import { DeviceId, GrantId, RecordingId } from '../../../contract/ids.ts';
import type { MaskCounts, RedactionPolicy } from '../../../contract/redaction.ts';
import { decodeHostMessage } from '../../../core/data-plane/frame.ts';
import type { AsciicastReader, CastEvent, CastHeader } from '../../../core/recording/asciicast-reader.ts';
import { createAsciicastReader } from '../../../core/recording/asciicast-reader.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../../core/redaction/stream/create-redactor.ts';
import type { Pipeline } from '../../session-host/pipeline/create-pipeline.ts';
import { createPipeline } from '../../session-host/pipeline/create-pipeline.ts';
import { createRecorder } from '../../session-host/recorder/create-recorder.ts';
import type { Recorder } from '../../session-host/recorder/recorder.ts';
import { RECORDER_HIGH_WATERMARK_BYTES } from '../../session-host/recorder/recorder.ts';
import { openOnDisk } from '../../session-host/recorder/spool-file.ts';
import { createVirtualTimers } from './virtual-timers.ts';
import { redactedLabel } from './redacted-label.ts';

/** An hour of a busy terminal is some ten megabytes; this is what a day of the busiest is. */
export const MAX_CAST_BYTES = 1024 * 1024 * 1024;
/** A player takes what stands at one millisecond as a whole: more than this moves on by one. */
const MAX_MOMENT_CHARS = 1024 * 1024;
/** Each is redacted alone. People set a handful. */
const MAX_MARKERS = 10_000;
/** Stands where a recording of Sallyport names its grant: an imported one has none. */
const NO_GRANT = { grantId: GrantId.parse('none'), grantHash: '0'.repeat(64) };
const NO_DEVICE = DeviceId.parse('none');

export interface CastImporterOptions {
  /** where the recording comes to lie, as `ID.sprec`; made where it is missing */
  readonly folder: string;
  /** age recipients that it is sealed to */
  readonly recipients: readonly string[];
  readonly policy: RedactionPolicy;
  /** milliseconds since the epoch */
  readonly importedAtMs: number;
}

export interface Imported {
  readonly recordingId: RecordingId;
  readonly path: string;
  readonly masked: MaskCounts;
  /** keystrokes of the cast that were not taken over */
  readonly inputsLeftOut: number;
}

/**
 * Makes a recording of an asciicast as its bytes arrive: through the redactor, the recorder and the sealer of a session, whose time is that of
 * the cast. Nothing unmasked reaches the disk. The key that signs it is made for it and forgotten.
 */
export interface CastImporter {
  /** Resolves when there is room for more. Throws `bad-input` for what is no such cast, `spool-full`, `recorder-failed`. */
  push(bytes: Uint8Array): Promise<void>;
  /** Throws as `push`. */
  finish(): Promise<Imported>;
  /** Leaves nothing behind. Does nothing after `finish`. */
  abort(): Promise<void>;
}

interface Run {
  readonly recorder: Recorder;
  readonly pipeline: Pipeline;
  /** Lets the terminal that nobody has acknowledge what it was sent. */
  acknowledge(): void;
  takeFailure(): SallyportError | null;
}

export async function createCastImporter(options: CastImporterOptions): Promise<CastImporter> {
  const { folder, policy } = options;
  const recordingId = RecordingId.parse(`imported-${randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = await mkdtemp(join(folder, 'unfinished-'));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader: AsciicastReader = createAsciicastReader();
  const timers = createVirtualTimers();
  const hash = createHash('sha256');
  const tokenKey = randomBytes(32);
  const tokenOf = (value: string): string => createHmac('sha256', tokenKey).update(value).digest('hex');
  const masked: MaskCounts = {};
  let receivedBytes = 0;
  let markers = 0;
  let momentChars = 0;
  let run: Run | null = null;
  let isOver = false;

  const start = async (header: CastHeader): Promise<Run> => {
    const startedAtMs = header.startedAtMs ?? options.importedAtMs;
    const serverNowMs = () => startedAtMs + timers.nowMs();
    const { privateKey } = generateKeyPairSync('ed25519');
    const recorder = await createRecorder({
      header: {
        ...NO_GRANT,
        sessionId: recordingId,
        deviceId: NO_DEVICE,
        recipients: [...options.recipients],
        cols: header.cols,
        rows: header.rows,
        imported: { format: header.format, atMs: options.importedAtMs },
      },
      devicePrivateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      spoolFolder: unfinished,
      spoolQuotaBytes: 2 * MAX_CAST_BYTES,
      upload: null,
      keepUploaded: true,
      serverNowMs,
      timers,
      random: Math.random,
      openFile: openOnDisk,
      draftPolicy: null,
    });
    let shownSeq = 0;
    let failure: SallyportError | null = null;
    const pipeline = createPipeline({
      source: { pause: () => undefined, resume: () => undefined },
      createRedactor: hooks =>
        createRedactor({
          cols: header.cols,
          rows: header.rows,
          policy,
          detector: createLineDetector(policy),
          tokenOf,
          ...hooks,
        }),
      recorder,
      timers,
      serverNowMs,
      onFrame(frame) {
        const message = decodeHostMessage(frame);
        if (message?.kind === 'output') shownSeq = message.seq;
      },
      onMasked: counts => void Object.assign(masked, counts),
      onValue: () => undefined,
      // masked like everything else; there is no session to lock
      onBlocked: () => undefined,
      onRecorderFailed(message) {
        failure ??= new SallyportError('recorder-failed', message);
      },
    });
    return {
      recorder,
      pipeline,
      acknowledge: () => pipeline.acked(shownSeq),
      takeFailure: () => failure,
    };
  };

  const play = ({ pipeline }: Run, event: CastEvent): void => {
    const nowMs = timers.nowMs();
    const isMomentFull = event.atMs <= nowMs && momentChars > MAX_MOMENT_CHARS;
    if (event.atMs > nowMs || isMomentFull) momentChars = 0;
    timers.advanceTo(isMomentFull ? nowMs + 1 : Math.max(nowMs, event.atMs));
    if (event.kind === 'output') momentChars += event.text.length;
    switch (event.kind) {
      case 'output':
        pipeline.takeOutput(new TextEncoder().encode(event.text));
        break;
      case 'resize':
        pipeline.resize(event.cols, event.rows);
        break;
      case 'marker':
        markers += 1;
        if (markers > MAX_MARKERS)
          throw new SallyportError('bad-input', `The cast has more than ${MAX_MARKERS} markers.`);
        pipeline.mark({ kind: 'note', text: redactedLabel(event.text, policy, tokenOf) });
        break;
      case 'exit':
        pipeline.mark({ kind: 'note', text: `ended with status ${event.status}` });
    }
  };

  const playAll = async (events: readonly CastEvent[]): Promise<void> => {
    if (run === null && reader.header !== null) run = await start(reader.header);
    if (run === null) return;
    for (const event of events) {
      play(run, event);
      run.acknowledge();
      const failure = run.takeFailure();
      if (failure !== null) throw failure;
      if (run.recorder.queuedBytes > RECORDER_HIGH_WATERMARK_BYTES) await drained(run);
    }
  };

  return {
    async push(bytes) {
      receivedBytes += bytes.length;
      if (receivedBytes > MAX_CAST_BYTES)
        throw new SallyportError('bad-input', 'The cast is larger than 1 GiB. Cut it into parts first.');
      hash.update(bytes);
      await playAll(reader.push(decoded(decoder, bytes)));
    },
    async finish() {
      await playAll(reader.push(decoded(decoder)));
      await playAll(reader.finish());
      if (run === null) throw new Error('A cast that was read has a header.');
      const { pipeline, recorder } = run;
      pipeline.mark({
        kind: 'note',
        text: `Imported from ${reader.header?.format ?? ''}; SHA-256 of the file: ${hash.digest('hex')}`,
      });
      pipeline.finish(null);
      const { path } = await recorder.seal({ cause: 'exited', processesLeft: null, isChannelClosed: null });
      const failure = run.takeFailure();
      if (failure !== null) throw failure;
      const kept = join(folder, `${recordingId}.sprec`);
      await rename(path, kept);
      isOver = true;
      await rm(unfinished, { recursive: true, force: true });
      return { recordingId, path: kept, masked: { ...masked }, inputsLeftOut: reader.inputsLeftOut };
    },
    async abort() {
      if (isOver) return;
      isOver = true;
      await run?.recorder
        .seal({ cause: 'failed', processesLeft: null, isChannelClosed: null })
        .catch(() => undefined);
      await rm(unfinished, { recursive: true, force: true });
    },
  };
}

/** What was accepted goes to the disk before more is read. Throws `recorder-failed` where the disk takes nothing for a long time. */
async function drained({ recorder, takeFailure }: Run): Promise<void> {
  for (let waits = 0; recorder.queuedBytes > RECORDER_HIGH_WATERMARK_BYTES; waits += 1) {
    const failure = takeFailure();
    if (failure !== null) throw failure;
    if (waits > MAX_WAITS)
      throw new SallyportError(
        'recorder-failed',
        'The disk does not take the recording. Look at its health.',
      );
    await new Promise(resolve => setTimeout(resolve, WAIT_MS));
  }
}

const WAIT_MS = 2;
/** A minute or two without a byte written is a disk that hangs. */
const MAX_WAITS = 60_000;

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new SallyportError('bad-input', 'The cast is not UTF-8 text, so it is no asciicast.', { cause });
  }
}
