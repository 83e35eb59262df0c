import type { SegmentHeader } from '../../contract/recording.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { ChainCrypto } from '../../core/recording/chain-crypto.ts';
import { sha256 } from '../../core/recording/chain-crypto.ts';
import { createRecordReader } from '../../core/recording/container.ts';
import { concatBytes, toHex } from '../../core/recording/encoding.ts';
import { readHeader } from '../../core/recording/outline.ts';
import type { SegmentContent } from '../../core/recording/segment.ts';
import type { AgeIdentity } from './age-identity.ts';
import { openSegment } from './open-segment.ts';
import type { RecordingSource } from './recording-source.ts';

/** Enough for what stands between two keyframes of most recordings, and small enough for a seek. */
const READ_BYTES = 256 * 1024;
/** Sealed bytes that are kept, with what was opened of them: about ten times as much text. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/** Segments that are opened at once; they are up to some hundred KiB each when they are open. */
const MAX_AHEAD = 8;

/** One record of the file as a replay needs it. Offsets are bytes in the file. */
export interface ReadRecord {
  readonly offset: number;
  readonly endOffset: number;
  /** null for records that are no segment */
  readonly segment: SealedSegment | null;
}

export interface SealedSegment {
  readonly header: SegmentHeader;
  /** a complete age file */
  readonly sealed: Uint8Array;
}

/** A segment with its content, or with the reason why it cannot be shown. */
export type OpenedSegment =
  | { readonly header: SegmentHeader; readonly content: SegmentContent; readonly failure: null }
  | { readonly header: SegmentHeader; readonly content: null; readonly failure: SallyportError };

/** Reads records from any record's offset on, by ranges, and keeps the last ones. */
export interface SegmentReader {
  /**
   * The record at an offset where a record begins; null at the end of the file, or where none can be read. `readBytes`: what is fetched
   * with it, where the reader knows how much it will want.
   */
  recordAt(offset: number, readBytes?: number): Promise<ReadRecord | null>;
  /** Checks the segment's hash, decrypts and reads it. */
  open(segment: SealedSegment): Promise<OpenedSegment>;
  /**
   * Begins to open the segments from this offset on that were fetched already and start before a time, some at once: each waits for the
   * threads of the process several times, and these waits need not follow one another.
   */
  openAhead(offset: number, beforeMs: number): void;
}

export function createSegmentReader(
  source: RecordingSource,
  identity: AgeIdentity,
  crypto: ChainCrypto,
): SegmentReader {
  const records = new Map<number, ReadRecord>();
  const contents = new Map<number, Promise<OpenedSegment>>();
  let keptBytes = 0;

  const keep = (record: ReadRecord): void => {
    if (records.has(record.offset)) return;
    records.set(record.offset, record);
    keptBytes += record.endOffset - record.offset;
    for (const [offset, oldest] of records) {
      if (keptBytes <= MAX_KEPT_BYTES) break;
      records.delete(offset);
      if (oldest.segment !== null) contents.delete(oldest.segment.header.sequence);
      keptBytes -= oldest.endOffset - oldest.offset;
    }
  };

  const open = (segment: SealedSegment): Promise<OpenedSegment> => {
    const { sequence } = segment.header;
    const known = contents.get(sequence);
    if (known !== undefined) return known;
    const opening = openChecked(segment, identity, crypto);
    contents.set(sequence, opening);
    return opening;
  };

  return {
    async recordAt(offset, readBytes = READ_BYTES) {
      const known = records.get(offset);
      if (known !== undefined) return known;
      let found = await readRecords(source, offset, Math.min(READ_BYTES, readBytes));
      if (found.neededBytes !== null) found = await readRecords(source, offset, found.neededBytes);
      for (const record of found.records) keep(record);
      return found.records[0] ?? null;
    },
    open,
    openAhead(offset, beforeMs) {
      let record = records.get(offset);
      for (let ahead = 0; record !== undefined && ahead < MAX_AHEAD; record = records.get(record.endOffset)) {
        if (record.segment === null) continue;
        if (record.segment.header.startMs >= beforeMs) return;
        // whoever wants it awaits the same promise and gets its failure
        open(record.segment).catch(() => undefined);
        ahead += 1;
      }
    },
  };
}

async function openChecked(
  { header, sealed }: SealedSegment,
  identity: AgeIdentity,
  crypto: ChainCrypto,
): Promise<OpenedSegment> {
  try {
    if (toHex(sha256(crypto, sealed)) !== header.cipherSha256)
      throw new SallyportError('recording-corrupt', 'its content was altered, its hash differs.');
    return { header, content: await openSegment(sealed, identity), failure: null };
  } catch (error) {
    if (!(error instanceof SallyportError)) throw error;
    return { header, content: null, failure: error };
  }
}

interface FoundRecords {
  readonly records: readonly ReadRecord[];
  /** where not even the first record is whole: how many bytes it has; null where it is, or cannot be read at all */
  readonly neededBytes: number | null;
}

async function readRecords(source: RecordingSource, offset: number, length: number): Promise<FoundRecords> {
  const { bytes } = await source.read({ from: offset, to: offset + length });
  const records: ReadRecord[] = [];
  let current: { offset: number; header: SegmentHeader | null; pieces: Uint8Array[]; needed: number } | null =
    null;
  for (const event of createRecordReader(offset).push(bytes)) {
    if (event.kind === 'head') {
      const { content, bodyBytes, bytes: head } = event.head;
      const header = content?.kind === 'segment' ? content.json : null;
      current = { offset: event.head.offset, header, pieces: [], needed: head.length + bodyBytes };
    } else if (event.kind === 'body') {
      current?.pieces.push(event.bytes);
    } else if (event.kind === 'complete' && current !== null) {
      const { header, pieces } = current;
      const segment = header === null ? null : { header, sealed: concatBytes(pieces) };
      records.push({ offset: current.offset, endOffset: event.endOffset, segment });
      current = null;
    }
  }
  const isShort = records.length === 0 && bytes.length === length;
  return {
    records,
    neededBytes: isShort && current !== null && current.needed > length ? current.needed : null,
  };
}

/** The sealed segment of a number, null where there is none; and how many segments there are up to it. Throws `recording-corrupt`. */
export async function findSegment(
  source: RecordingSource,
  sequence: number,
): Promise<{ readonly sealed: Uint8Array | null; readonly segments: number }> {
  const collector = createSegmentCollector();
  let segments = 0;
  for (let from = 0; ; ) {
    const { bytes } = await source.read({ from, to: from + READ_BYTES });
    if (from === 0 && readHeader(bytes) === null)
      throw new SallyportError(
        'recording-corrupt',
        'This is not a recording: it does not begin with the header of one.',
      );
    if (bytes.length === 0) break;
    from += bytes.length;
    for (const { header, sealed } of collector.push(bytes)) {
      if (header.sequence === sequence) return { sealed, segments };
      segments += 1;
    }
  }
  return { sealed: null, segments };
}

/** With the place of its record in the file. */
export interface CollectedSegment extends SealedSegment {
  readonly offset: number;
  readonly bytes: number;
}

/** Collects whole segments from the bytes of a recording, from its begin on, cut anywhere. */
export function createSegmentCollector() {
  const reader = createRecordReader();
  let header: SealedSegment['header'] | null = null;
  let offset = 0;
  let pieces: Uint8Array[] = [];
  return {
    push(bytes: Uint8Array): readonly CollectedSegment[] {
      const whole: CollectedSegment[] = [];
      for (const event of reader.push(bytes)) {
        if (event.kind === 'head') {
          header = event.head.content?.kind === 'segment' ? event.head.content.json : null;
          ({ offset } = event.head);
          pieces = [];
        } else if (event.kind === 'body') {
          if (header !== null) pieces.push(event.bytes);
        } else if (event.kind === 'complete' && header !== null) {
          whole.push({ header, sealed: concatBytes(pieces), offset, bytes: event.endOffset - offset });
          header = null;
        }
      }
      return whole;
    },
  };
}
