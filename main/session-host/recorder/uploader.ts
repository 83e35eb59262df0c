import { open } from 'node:fs/promises';
import type { Timers } from '../../timers.ts';
import type { TusClient, UploadOffset } from './tus-client.ts';
import { UploadRefused } from './tus-client.ts';

/** One request while the session runs waits for so much or so long: each costs the server an fsync. */
const PIECE_BYTES = 256 * 1024;
const PIECE_EVERY_MS = 1_000;
/** What one request carries when there is much to catch up. */
const MAX_PIECE_BYTES = 4 * 1024 * 1024;
/** First wait after a failure; doubled each time up to the longest. */
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;
/** "Not allowed" may mean that the server has not heard of the session yet; after so many times it means no. */
const FORBIDDEN_BEFORE_GIVING_UP = 8;

export interface UploaderOptions {
  /** the recording in the spool */
  readonly path: string;
  readonly client: TusClient;
  readonly timers: Timers;
  /** 0..1, to spread the attempts of many clients after an outage */
  readonly random: () => number;
  /** The server has this much durably. */
  readonly onAcknowledged: (offset: UploadOffset) => void;
  readonly onReachable: (isReachable: boolean) => void;
  /** The server has the whole recording. */
  readonly onComplete: (offset: UploadOffset) => void;
  /** The server will not take this recording, however often it is asked. Nothing more is sent. */
  readonly onRefused: (message: string) => void;
}

/** Sends a spool file as it grows, and goes on after any break from where the server says it is. */
export interface Uploader {
  /** So much of the file may be sent; `isWhole` says that it will not grow any more. */
  offer(durableBytes: number, isWhole: boolean): void;
  /** Sends nothing more. */
  stop(): void;
}

export function createUploader(options: UploaderOptions): Uploader {
  const { client, timers } = options;
  let durableBytes = 0;
  let isWhole = false;
  let isStopped = false;
  let wake: (() => void) | null = null;

  /** Until something was offered, or the time is over. */
  const pause = (forMs: number | null): Promise<void> =>
    new Promise(resolve => {
      const cancel = forMs === null ? null : timers.after(forMs, done);
      function done() {
        cancel?.();
        wake = null;
        resolve();
      }
      wake = done;
    });
  const wait = (ms: number): Promise<void> =>
    new Promise(resolve => {
      timers.after(ms, resolve);
    });

  const run = async (): Promise<void> => {
    let at: UploadOffset | null = null;
    let failures = 0;
    let forbidden = 0;
    let lastPieceMs = -Infinity;
    while (!isStopped) {
      try {
        at ??= await findOffset(client);
        options.onReachable(true);
        options.onAcknowledged(at);
        if (isWhole && at.isComplete && at.bytes === durableBytes) return options.onComplete(at);
        const left = durableBytes - at.bytes;
        if (at.bytes > durableBytes && isWhole) return options.onRefused(SERVER_HAS_MORE);
        const dueMs = lastPieceMs + PIECE_EVERY_MS - timers.nowMs();
        if (!isWhole && (left <= 0 || (left < PIECE_BYTES && dueMs > 0))) {
          await pause(left <= 0 ? null : dueMs);
          continue;
        }
        const bytes = await readRange(options.path, at.bytes, Math.min(left, MAX_PIECE_BYTES));
        const isLast = isWhole && at.bytes + bytes.length === durableBytes;
        lastPieceMs = timers.nowMs();
        at = await client.append(at.bytes, bytes, isLast ? durableBytes : null);
        failures = 0;
        forbidden = 0;
      } catch (error) {
        if (isStopped) return;
        at = null;
        if (error instanceof UploadRefused) {
          forbidden += error.status === 403 ? 1 : 0;
          if (isForGood(error) || forbidden >= FORBIDDEN_BEFORE_GIVING_UP)
            return options.onRefused(error.message);
        }
        options.onReachable(false);
        await wait(backoffMs(failures, options.random()));
        failures += 1;
      }
    }
  };

  let isRunning = false;
  return {
    offer(bytes, whole) {
      durableBytes = bytes;
      isWhole = whole;
      wake?.();
      if (isRunning) return;
      isRunning = true;
      void run();
    },
    stop() {
      isStopped = true;
      wake?.();
    },
  };
}

const SERVER_HAS_MORE =
  'The server has more of this recording than this machine: the spool was replaced by an older copy.';

async function findOffset(client: TusClient): Promise<UploadOffset> {
  const known = await client.offset();
  if (known !== null) return known;
  await client.create();
  return { bytes: 0, isComplete: false, receipt: null };
}

/** Bad input that stays bad: a broken or forked chain, a recording that is too large, an upload that was deleted. */
function isForGood(error: UploadRefused): boolean {
  return [400, 410, 413, 415, 422].includes(error.status);
}

/** Exponential with full jitter in its upper half. */
function backoffMs(failures: number, random: number): number {
  const limit = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
  return limit / 2 + (limit / 2) * random;
}

async function readRange(path: string, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  if (length <= 0) return bytes;
  const file = await open(path, 'r');
  try {
    let done = 0;
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done);
      if (bytesRead === 0) throw new Error('the spool is shorter than what was written to it');
      done += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
