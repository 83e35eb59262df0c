import { SallyportError } from '../../../contract/errors.ts';
import type { RecordingId } from '../../../contract/ids.ts';
import type { Keyframe, LivePiece, ReplayEvent } from '../../../contract/ipc.ts';
import type { RecordingHeader } from '../../../contract/recording.ts';
import type { ChainCrypto } from '../../../core/recording/chain-crypto.ts';
import { LARGEST_HEADER_BYTES, readHeader } from '../../../core/recording/outline.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import type { LiveBytes } from './live-bytes.ts';
import { createLiveBytes } from './live-bytes.ts';
import { createLiveChecks } from './live-check.ts';
import { createServerSource } from '../recording-source.ts';
import { eventsOf } from '../replay-windows.ts';
import { createSegmentReader } from '../segment-reader.ts';

/** What one answer carries when there is much to catch up. */
const MAX_PIECE_CHARS = 1024 * 1024;
/** Headers are small; those of the last recordings that were watched are kept. */
const MAX_HEADERS = 20;
/** Windows on a few sessions; of the others only what a check fetched for itself would be fetched again. */
const MAX_WATCHED = 8;

export interface LiveReaderOptions {
  readonly http: ServerHttp;
  /** Throws `identity-missing`, `passphrase-wrong`. */
  readonly identity: () => string;
  readonly crypto: ChainCrypto;
  /** server time, milliseconds since the epoch */
  readonly serverNowMs: () => number;
}

/** Follows recordings while they grow: each piece says where the next one begins, so that nothing is kept between two. */
export interface LiveReader {
  /**
   * What came since `fromOffset`; with null from the newest keyframe on. Waits for some seconds where there is nothing yet. Throws
   * `recording-unreadable` for an identity that is none of the recipients, `not-allowed`.
   */
  read(input: { readonly recordingId: RecordingId; readonly fromOffset: number | null }): Promise<LivePiece>;
  /** The window watches no longer. */
  close(recordingId: RecordingId): Promise<void>;
  /** The public header of a recording. Throws `not-found` while there is none. */
  header(recordingId: RecordingId): Promise<RecordingHeader>;
}

interface KnownHeader {
  readonly header: RecordingHeader;
  /** of the first record after it */
  readonly endOffset: number;
}

export function createLiveReader({ http, identity, crypto, serverNowMs }: LiveReaderOptions): LiveReader {
  const headers = new Map<RecordingId, KnownHeader>();
  const watched = new Map<RecordingId, LiveBytes>();
  const bytesOf = (recordingId: RecordingId): LiveBytes => {
    const live = watched.get(recordingId) ?? createLiveBytes(createServerSource(http, recordingId));
    watched.set(recordingId, live);
    const [oldest] = watched.keys();
    if (watched.size > MAX_WATCHED && oldest !== undefined) watched.delete(oldest);
    return live;
  };
  const checks = createLiveChecks({ crypto, bytesOf });

  const headerOf = async (recordingId: RecordingId): Promise<KnownHeader | null> => {
    const known = headers.get(recordingId);
    if (known !== undefined) return known;
    const source = createServerSource(http, recordingId);
    const found = readHeader((await source.read({ from: 0, to: LARGEST_HEADER_BYTES })).bytes);
    if (found === null) return null;
    headers.set(recordingId, found);
    const [oldest] = headers.keys();
    if (headers.size > MAX_HEADERS && oldest !== undefined) headers.delete(oldest);
    return found;
  };

  return {
    async read({ recordingId, fromOffset }) {
      const key = identity();
      const progress = await http.call('followRecording', {
        params: { id: recordingId },
        query: { after: fromOffset ?? 0 },
      });
      const { state, bytes } = progress;
      const known = bytes === 0 ? null : await headerOf(recordingId);
      if (known === null)
        return {
          ...{ header: null, keyframe: null, events: [], nextOffset: null, behindMs: null, check: null },
          state,
        };
      const from = fromOffset ?? progress.keyframeOffset ?? known.endOffset;
      const reader = createSegmentReader(bytesOf(recordingId).source, key, crypto);
      const piece = await readPiece({ reader, from, upTo: bytes, isFirst: fromOffset === null }).catch(
        (error: unknown) => {
          // Who may watch while it runs may not always read what it has become.
          if (state === 'running' || !isRefusal(error)) throw error;
          return { keyframe: null, events: [], nextOffset: from };
        },
      );
      return {
        header: known.header,
        ...piece,
        behindMs: behindOf(piece.events, known.header, serverNowMs()),
        check: checks.upTo(recordingId, piece.nextOffset),
        state,
      };
    },
    async close(recordingId) {
      checks.forget(recordingId);
      watched.delete(recordingId);
      await http.call('stopFollowing', { params: { id: recordingId } });
    },
    async header(recordingId) {
      const known = await headerOf(recordingId);
      if (known !== null) return known.header;
      throw new SallyportError('not-found', 'Nothing of this recording is on the server yet.');
    },
  };
}

/** Whole segments from an offset on; the first one of a view brings its keyframe along. */
async function readPiece(options: {
  readonly reader: ReturnType<typeof createSegmentReader>;
  readonly from: number;
  readonly upTo: number;
  readonly isFirst: boolean;
}): Promise<{ keyframe: Keyframe | null; events: ReplayEvent[]; nextOffset: number }> {
  const { reader, from, upTo, isFirst } = options;
  const events: ReplayEvent[] = [];
  let keyframe: Keyframe | null = null;
  let nextOffset = from;
  for (let chars = 0; nextOffset < upTo && chars < MAX_PIECE_CHARS; ) {
    const record = await reader.recordAt(nextOffset);
    if (record === null) break;
    if (record.segment !== null) {
      const opened = await reader.open(record.segment);
      if (isFirst && nextOffset === from && opened.failure?.code === 'recording-unreadable')
        throw opened.failure;
      if (isFirst && nextOffset === from && opened.content !== null) keyframe = keyframeOf(opened.content);
      const found = eventsOf(opened, 0, Infinity);
      for (const event of found) if (event.kind === 'output') chars += event.text.length;
      events.push(...found);
    }
    nextOffset = record.endOffset;
  }
  return { keyframe, events, nextOffset };
}

function keyframeOf(content: {
  readonly startMs: number;
  readonly cols: number;
  readonly rows: number;
  readonly keyframe: { readonly screen: string; readonly pending: string } | null;
}): Keyframe {
  const { startMs, cols, rows, keyframe } = content;
  return {
    atMs: startMs,
    cols,
    rows,
    text: keyframe === null ? '' : keyframe.screen + keyframe.pending,
  };
}

/** How long ago the newest of what is shown now was recorded; null where nothing new is shown. Both times are the server's. */
function behindOf(events: readonly ReplayEvent[], header: RecordingHeader, nowMs: number): number | null {
  const newest = events.findLast(event => event.kind === 'output');
  return newest === undefined || Number.isNaN(nowMs)
    ? null
    : Math.max(0, nowMs - header.startedAtMs - newest.atMs);
}

function isRefusal(error: unknown): boolean {
  return error instanceof SallyportError && error.code === 'not-allowed';
}
