import type { RecordingEnd } from '../../../contract/recording.ts';
import type { ChainPosition, ChainWriter, ChainWriterOptions } from '../../../core/recording/chain-writer.ts';
import { resumeChain } from '../../../core/recording/chain-writer.ts';
import { concatBytes } from '../../../core/recording/encoding.ts';
import type { Sealer } from './sealer.ts';
import type { RecordPlace } from './search-indexer.ts';
import type { CutSegment } from './segment-cutter.ts';
import { createSealingMargin } from './sealing-margin.ts';
import type { SpoolFile } from './spool-file.ts';

/** A signed checkpoint after so much: what a range of a recording is verified by, and what a cut tail can take away unseen. */
const CHECKPOINT_EVERY_SEGMENTS = 64;
const CHECKPOINT_EVERY_MS = 10_000;

/** Seals segments and adds them to chain and spool, one at a time. Chain and file never part: what fails is in neither. */
export interface SegmentStore {
  /** Resolves when the segment is written, with the place of its record. `finish` and `SpoolFile.sync` make it durable. */
  store(segment: Pick<CutSegment, 'plain' | 'startMs' | 'endMs' | 'hasKeyframe'>): Promise<RecordPlace>;
  /** Signs the end and adds the index; resolves when all is durable. */
  finish(end: Omit<RecordingEnd, 'segments' | 'cipherBytes' | 'signature'>): Promise<void>;
  readonly segments: number;
  /** end of the last segment that was written, milliseconds since the start */
  readonly endMs: number;
  /** what sealing and storing may take, from what it took lately */
  readonly marginMs: number;
}

export interface SegmentStoreOptions {
  readonly file: Pick<SpoolFile, 'append' | 'sync'>;
  readonly position: ChainPosition;
  readonly chain: ChainWriterOptions;
  readonly seal: Sealer;
  /** monotonic */
  readonly nowMs: () => number;
}

export function createSegmentStore(options: SegmentStoreOptions): SegmentStore {
  const { file, chain, seal, nowMs } = options;
  const margin = createSealingMargin();
  let position = options.position;
  let endMs = 0;
  let checkpointed = { segments: 0, atMs: 0 };

  const append = async (write: (writer: ChainWriter) => Uint8Array): Promise<void> => {
    const writer = resumeChain(position, chain);
    await file.append(write(writer));
    position = writer.position;
  };

  return {
    get segments() {
      return position.segments;
    },
    get endMs() {
      return endMs;
    },
    get marginMs() {
      return margin.ms;
    },
    async store({ plain, startMs, endMs: segmentEndMs, hasKeyframe }) {
      const beganMs = nowMs();
      const cipher = await seal(plain);
      const segments = position.segments + 1;
      const isCheckpointDue =
        segments - checkpointed.segments >= CHECKPOINT_EVERY_SEGMENTS ||
        segmentEndMs - checkpointed.atMs >= CHECKPOINT_EVERY_MS;
      const { offset } = position;
      let bytes = 0;
      await append(writer => {
        const segment = writer.segment({ startMs, endMs: segmentEndMs, hasKeyframe }, cipher);
        bytes = segment.length;
        return isCheckpointDue ? concatBytes([segment, writer.checkpoint(segmentEndMs)]) : segment;
      });
      margin.took(nowMs() - beganMs);
      endMs = segmentEndMs;
      if (isCheckpointDue) checkpointed = { segments, atMs: segmentEndMs };
      return { offset, bytes };
    },
    async finish(end) {
      await append(writer => concatBytes([writer.end(end), writer.index()]));
      await file.sync();
    },
  };
}
