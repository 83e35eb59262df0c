import { setTimeout as wait } from 'node:timers/promises';
import { SallyportError } from '../../contract/errors.ts';
import type { RecordingHeader, TimelineMark } from '../../contract/recording.ts';
import type { RecordingOverview } from '../../contract/search-index.ts';
import type { ChainCrypto } from '../../core/recording/chain-crypto.ts';
import type { KeyframePlace } from '../../core/recording/chain-writer.ts';
import { LARGEST_HEADER_BYTES, readHeader, readTail, tailBytes } from '../../core/recording/outline.ts';
import type { AgeIdentity } from './age-identity.ts';
import { createForeground } from './foreground.ts';
import { markOf } from './marks.ts';
import type { CheckProgress } from './recording-check.ts';
import { checkRecording } from './recording-check.ts';
import type { RecordingSource } from './recording-source.ts';
import type { ReplayPiece, ReplayWindow } from './replay-windows.ts';
import { createReplayWindows } from './replay-windows.ts';
import type { SegmentReader } from './segment-reader.ts';
import { createSegmentReader } from './segment-reader.ts';
import { readDirectory } from './search/search-directory.ts';
import type { SearchOutcome, SearchQuery } from './search/search-recording.ts';
import { searchRecording } from './search/search-recording.ts';

/** A recording that an identity opened: what a player reads, by windows. All times: milliseconds since the recording's start. */
export interface Replay {
  readonly header: RecordingHeader;
  readonly durationMs: number;
  /**
   * Events in [fromMs, upToMs), where `upToMs` is `toMs` or earlier if that was much; with `fromKeyframe` preceded by the last keyframe
   * at or before fromMs and what followed it. A segment that cannot be opened is a mark in its place.
   */
  read(window: ReplayWindow): Promise<ReplayPiece>;
  /** Lines that came to stand on the screen and hold the query; where its signal aborts, those up to then. */
  search(query: SearchQuery): Promise<SearchOutcome>;
  /** What is known of the whole recording before it was read; null where nobody wrote that down. */
  readonly overview: ReplayOverview | null;
  /** Everything that the check found so far; `marks` are all of them, by time. */
  readonly check: CheckProgress;
  /** why the check could not go on, or stands still until its source answers, for the person; null while it goes on, and where the replay was closed */
  readonly failure: string | null;
  /** Resolves with the finished check; rejects where it was ended before, or could not go on. */
  readonly checked: Promise<CheckProgress>;
  close(): Promise<void>;
}

export interface ReplayOverview extends Omit<RecordingOverview, 'marks'> {
  readonly marks: readonly TimelineMark[];
}

export interface OpenReplayOptions {
  readonly source: RecordingSource;
  readonly identity: AgeIdentity;
  readonly crypto: ChainCrypto;
  /** Called for steps of the check after `openReplay` has resolved. `failure`: why it stands still for now. */
  readonly onProgress?: (progress: CheckProgress, failure: string | null) => void;
  /** for how long a check waits that could not reach its source, before it goes on from there */
  readonly retryMs?: number;
}

/** Recordings up to this size are checked whole before they are shown. */
const CHECKED_AT_ONCE_BYTES = 2 * 1024 * 1024;
/** First guess of what holds header and end: they are a few hundred bytes, and 20 recipients and an index of an hour fit. */
const FIRST_BYTES = 8 * 1024;
const LAST_BYTES = 64 * 1024;
const RETRY_MS = 3_000;

/**
 * Opens a recording: a small one, a running one and one without a sound index after it was read whole, any other from its header and index,
 * while the check goes on. Throws `recording-corrupt` where there is not even a header, `recording-unreadable` for another identity.
 */
export async function openReplay(options: OpenReplayOptions): Promise<Replay> {
  const { source, crypto } = options;
  const outline = await readOutline(source, crypto);
  const reader = createSegmentReader(source, options.identity, crypto);
  const closing = new AbortController();
  const foreground = createForeground();
  let check: CheckProgress = { ...NOTHING_CHECKED, totalBytes: outline.size };
  const marks: TimelineMark[] = [];
  let failure: string | null = null;
  let isOpen = false;
  const checked = checkRecording({
    ...options,
    signal: closing.signal,
    turn: foreground.idle,
    onProgress(progress) {
      for (const mark of progress.marks) marks.push(mark);
      if (progress.report !== null) marks.sort((a, b) => a.atMs - b.atMs);
      check = { ...progress, marks };
      failure = null;
      if (isOpen) options.onProgress?.(check, failure);
    },
    async onUnreachable(error) {
      // whoever waits for the recording to open is told at once
      if (!isOpen) throw error;
      failure = error.message;
      options.onProgress?.(check, failure);
      await wait(options.retryMs ?? RETRY_MS, null, { signal: closing.signal });
    },
  });
  checked.catch((error: unknown) => {
    if (!closing.signal.aborted) failure = error instanceof Error ? error.message : String(error);
  });
  const isQuick = outline.tail !== null && outline.size > CHECKED_AT_ONCE_BYTES;
  const directory =
    outline.tail === null ? null : await readDirectory(reader, outline.tail.keyframes, outline.size);
  if (isQuick) await openFirst(reader, outline.firstOffset);
  else await checked;
  isOpen = true;
  const places = (): readonly KeyframePlace[] => outline.tail?.keyframes ?? check.keyframes;
  const windows = createReplayWindows({ reader, places, ...outline });
  return {
    header: outline.header,
    get durationMs() {
      return check.report?.durationMs ?? outline.durationMs;
    },
    read: window => foreground.run(() => windows.read(window)),
    search: query =>
      searchRecording(
        {
          reader: createSegmentReader(source, options.identity, crypto),
          places: places(),
          leaves: directory?.leaves ?? check.leaves,
          ...outline,
        },
        query,
      ),
    overview: directory === null ? null : overviewOf(directory.overview),
    get check() {
      return check;
    },
    get failure() {
      return failure;
    },
    checked,
    async close() {
      closing.abort();
      await source.close();
    },
  };
}

function overviewOf({ density, marks, areMarksComplete, masked }: RecordingOverview): ReplayOverview {
  const found = marks.flatMap(({ atMs, marker }) => markOf({ kind: 'marker', atMs, marker }));
  return { density, marks: found, areMarksComplete, masked };
}

const NOTHING_CHECKED: CheckProgress = {
  checkedBytes: 0,
  totalBytes: 0,
  report: null,
  marks: [],
  masked: {},
  keyframes: [],
  leaves: [],
};

export interface Outline {
  readonly header: RecordingHeader;
  /** of the first record after the header */
  readonly firstOffset: number;
  readonly size: number;
  readonly durationMs: number;
  readonly tail: { readonly keyframes: readonly KeyframePlace[] } | null;
}

/** Header and, where they are sound, end and index. Throws `recording-corrupt` where there is not even a header. */
export async function readOutline(source: RecordingSource, crypto: ChainCrypto): Promise<Outline> {
  let first = await source.read({ from: 0, to: FIRST_BYTES });
  let head = readHeader(first.bytes);
  if (head === null && first.size > FIRST_BYTES) {
    first = await source.read({ from: 0, to: LARGEST_HEADER_BYTES });
    head = readHeader(first.bytes);
  }
  if (head === null) {
    throw new SallyportError(
      'recording-corrupt',
      'This is not a recording that can be opened: it does not begin with the header of one.',
    );
  }
  const { header, endOffset } = head;
  let last = await source.read({ last: LAST_BYTES });
  const wanted = tailBytes(last.bytes);
  if (wanted !== null && wanted > last.bytes.length && last.bytes.length < last.size)
    last = await source.read({ last: wanted });
  const tail = readTail(last.bytes, header, crypto);
  const { size } = last;
  if (tail === null) return { header, firstOffset: endOffset, size, durationMs: 0, tail };
  const { end, keyframes } = tail;
  const durationMs = end.gap === null ? end.endedAtMs - header.startedAtMs : end.gap.fromMs;
  return { header, firstOffset: endOffset, size, durationMs, tail: { keyframes } };
}

/** So that another identity is refused at once, and not by a screen that stays empty. */
async function openFirst(reader: SegmentReader, firstOffset: number): Promise<void> {
  const record = await reader.recordAt(firstOffset);
  const segment = record?.segment ?? null;
  const failure = segment === null ? null : (await reader.open(segment)).failure;
  if (failure?.code === 'recording-unreadable') throw failure;
}
