import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { constants, createZstdCompress } from 'node:zlib';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import type { RecordingSource } from '../../main/review/recording-source.ts';
import { openFileSource } from '../../main/review/recording-source.ts';
import { openReplay } from '../../main/review/replay.ts';
import { CHAIN_CRYPTO } from '../../main/session-host/recorder/chain-crypto.ts';
import type { LargeRecording, RecordedPiece } from '../support/large-recording.ts';
import { recordedPieces, writeLargeRecording } from '../support/large-recording.ts';
import type { Bench } from './bench-definition.ts';

const MEGABYTE = 1_000_000;
const HOURS_8 = 8 * 3_600_000;
const SHORT = { outputBytes: 16 * MEGABYTE, durationMs: 600_000 };
/** A gigabyte of output in eight hours. */
const LONG = { outputBytes: 1000 * MEGABYTE, durationMs: HOURS_8 };
const SEEKS = 100;

/** A recording in a file, made once for all benches of it. */
interface Stored extends LargeRecording {
  readonly path: string;
  readonly seconds: number;
  /** processor time of all threads */
  readonly cpuSeconds: number;
  /** time of each write that had to be durable, milliseconds */
  readonly appendsMs: readonly number[];
}

let folder: string | null = null;

/** Kept until the process ends: several benches look at one recording. */
function benchFolder(): string {
  if (folder !== null) return folder;
  const made = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

let long: Promise<Stored> | null = null;

async function record(
  spread: { outputBytes: number; durationMs: number },
  isDurable: boolean,
  pieces?: Iterable<RecordedPiece>,
): Promise<Stored> {
  const path = join(benchFolder(), `${spread.durationMs}.sprec`);
  const file: FileHandle = await open(path, 'w');
  const appendsMs: number[] = [];
  const startedMs = performance.now();
  const cpuBefore = process.cpuUsage();
  const made = await writeLargeRecording({
    ...spread,
    ...(pieces === undefined ? {} : { pieces }),
    async append(bytes) {
      const beganMs = performance.now();
      await file.write(bytes);
      if (isDurable) await file.datasync();
      appendsMs.push(performance.now() - beganMs);
    },
  });
  await file.close();
  const { user, system } = process.cpuUsage(cpuBefore);
  const seconds = (performance.now() - startedMs) / 1000;
  return { ...made, path, seconds, cpuSeconds: (user + system) / 1_000_000, appendsMs };
}

const longRecording = (): Promise<Stored> => (long ??= record(LONG, false));

/** Counts the bytes that were fetched; the check in the background is left waiting, as on a slow line. */
async function countedSource(path: string) {
  const file = await openFileSource(path);
  let fetched = 0;
  let isOpening = true;
  const source: RecordingSource = {
    async read(range) {
      if ('to' in range && range.to - range.from >= 1024 * 1024 && !isOpening)
        return new Promise(() => undefined);
      isOpening = 'to' in range && range.from === 0 ? isOpening : false;
      const found = await file.read(range);
      fetched += found.bytes.length;
      return found;
    },
    close: () => file.close(),
  };
  return { source, take: () => [fetched, (fetched = 0)][0] ?? 0 };
}

interface Seek {
  readonly ms: number;
  readonly bytes: number;
}

let seeks: Promise<readonly Seek[]> | null = null;

/** Jumps over the whole recording, none of them near the one before. */
async function seekAround(): Promise<readonly Seek[]> {
  const { path, identity } = await longRecording();
  const { source, take } = await countedSource(path);
  const replay = await openReplay({ source, identity, crypto: CHAIN_CRYPTO });
  const found: Seek[] = [];
  for (let i = 1; i <= SEEKS; i++) {
    take();
    const atMs = Math.floor(((i * 0.618_034) % 1) * LONG.durationMs);
    const startedMs = performance.now();
    await replay.read({ fromMs: atMs, toMs: atMs + 10_000, fromKeyframe: true });
    found.push({ ms: performance.now() - startedMs, bytes: take() });
  }
  await replay.close();
  return found;
}

async function compressedCast(): Promise<number> {
  const compressor = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } });
  let bytes = 0;
  compressor.on('data', (piece: Uint8Array) => (bytes += piece.length));
  const ended = new Promise((resolve, reject) => compressor.on('end', resolve).on('error', reject));
  compressor.write(`${JSON.stringify({ version: 3, term: { cols: 120, rows: 40 } })}\n`);
  let lastMs = 0;
  const decoder = new TextDecoder();
  for (const { atMs, bytes: piece } of recordedPieces(SHORT)) {
    compressor.write(`${JSON.stringify([(atMs - lastMs) / 1000, 'o', decoder.decode(piece)])}\n`);
    lastMs = atMs;
  }
  compressor.end();
  await ended;
  return bytes;
}

const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;

/** Recording and replay; the goals are those of the format's description. */
export const recordingBenches: readonly Bench[] = [
  {
    name: 'record',
    unit: 'MB/s',
    goal: 20,
    // what a program prints is there already: making it up is no part of recording it
    measure: async () =>
      SHORT.outputBytes / MEGABYTE / (await record(SHORT, false, [...recordedPieces(SHORT)])).seconds,
  },
  {
    // of one core, all threads counted, while a program prints a megabyte each second
    name: 'record-cpu-share',
    unit: 'ratio',
    goal: 0.15,
    measure: async () => {
      const { cpuSeconds } = await record(SHORT, false, [...recordedPieces(SHORT)]);
      return cpuSeconds / (SHORT.outputBytes / MEGABYTE);
    },
  },
  {
    name: 'size-ratio',
    unit: 'ratio',
    goal: 1.15,
    runs: 1,
    measure: async () => (await record(SHORT, false)).bytes / (await compressedCast()),
  },
  {
    name: 'append-p99',
    unit: 'ms',
    goal: 50,
    measure: async () => p99((await record(SHORT, true)).appendsMs),
  },
  {
    name: 'first-frame',
    unit: 'ms',
    goal: 300,
    async measure() {
      const { path, identity } = await longRecording();
      const { source } = await countedSource(path);
      const startedMs = performance.now();
      const replay = await openReplay({ source, identity, crypto: CHAIN_CRYPTO });
      await replay.read({ fromMs: 0, toMs: 10_000, fromKeyframe: true });
      const tookMs = performance.now() - startedMs;
      await replay.close();
      return tookMs;
    },
  },
  {
    name: 'seek-p99',
    unit: 'ms',
    goal: 150,
    async measure() {
      seeks = seekAround();
      return p99((await seeks).map(({ ms }) => ms));
    },
  },
  {
    name: 'seek-bytes',
    unit: 'bytes',
    goal: 1024 * 1024,
    runs: 1,
    measure: async () => Math.max(...(await (seeks ?? seekAround())).map(({ bytes }) => bytes)),
  },
  {
    name: 'search',
    unit: 'ms',
    goal: 1_000,
    async measure() {
      const { path, identity } = await longRecording();
      const { source } = await countedSource(path);
      const replay = await openReplay({ source, identity, crypto: CHAIN_CRYPTO });
      const piece = Math.floor(LONG.outputBytes / 4096 / 3);
      let hits = 0;
      const startedMs = performance.now();
      await replay.search({
        query: `piece ${piece}`,
        isAnywhere: false,
        fromMs: 0,
        signal: new AbortController().signal,
        onProgress: progress => void (hits += progress.hits.length),
      });
      const tookMs = performance.now() - startedMs;
      await replay.close();
      if (hits !== 1) throw new Error(`the search of the bench found ${hits} lines instead of one`);
      return tookMs;
    },
  },
  {
    name: 'verify',
    unit: 'MB/s',
    goal: 200,
    async measure() {
      const { path, bytes } = await longRecording();
      const file = await openFileSource(path);
      const verifier = createChainVerifier(CHAIN_CRYPTO);
      const startedMs = performance.now();
      for (let from = 0; from < bytes; from += MEGABYTE)
        verifier.push((await file.read({ from, to: from + MEGABYTE })).bytes);
      const { problems } = verifier.finish();
      const seconds = (performance.now() - startedMs) / 1000;
      await file.close();
      if (problems.length > 0) throw new Error('the recording of the bench does not verify');
      return bytes / MEGABYTE / seconds;
    },
  },
];
