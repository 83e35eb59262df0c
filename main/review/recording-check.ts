import type { TimelineMark, VerificationReport } from '../../contract/recording.ts';
import type { MaskCounts } from '../../contract/redaction.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { ChainCrypto } from '../../core/recording/chain-crypto.ts';
import { createChainVerifier } from '../../core/recording/chain-verifier.ts';
import type { KeyframePlace } from '../../core/recording/chain-writer.ts';
import { reportOf } from '../../core/recording/verify.ts';
import type { AgeIdentity } from './age-identity.ts';
import { markOf } from './marks.ts';
import { openSegment } from './open-segment.ts';
import type { FoundRange, RecordingSource } from './recording-source.ts';
import type { SearchLeaf } from './search/search-directory.ts';
import { createLeafCollector } from './search/search-directory.ts';
import type { CollectedSegment } from './segment-reader.ts';
import { createSegmentCollector } from './segment-reader.ts';

const READ_BYTES = 1024 * 1024;

/** What reading a recording from begin to end has found so far. */
export interface CheckProgress {
  readonly checkedBytes: number;
  readonly totalBytes: number;
  /** null until everything was read */
  readonly report: VerificationReport | null;
  /** new since the progress before, by time but for gaps */
  readonly marks: readonly TimelineMark[];
  readonly masked: MaskCounts;
  /** of the segments read so far */
  readonly keyframes: readonly KeyframePlace[];
  /** of the search index, those that were found whole: what is left of it after a crash */
  readonly leaves: readonly SearchLeaf[];
}

export interface CheckOptions {
  readonly source: RecordingSource;
  readonly identity: AgeIdentity;
  readonly crypto: ChainCrypto;
  readonly signal: AbortSignal;
  /** resolves when the check may go on: what a person waits for goes first */
  readonly turn?: () => Promise<void>;
  readonly onProgress: (progress: CheckProgress) => void;
  /** The source is out of reach: resolves when it is to be asked again, rejects where the check is to end with that. Without it the check ends. */
  readonly onUnreachable?: (error: SallyportError) => Promise<void>;
}

/**
 * Reads everything once, in order: checks the chain, opens each segment, collects what was marked. A segment that cannot be opened is a gap
 * with its reason. Throws the first reason where there were segments and none could be opened: the identity is the wrong one.
 */
export async function checkRecording(options: CheckOptions): Promise<CheckProgress> {
  const { identity, crypto, signal, onProgress } = options;
  const verifier = createChainVerifier(crypto);
  const masked: MaskCounts = {};
  let firstFailure: SallyportError | null = null;
  let openedSegments = 0;

  const leaves = createLeafCollector();

  const lookInto = async ({
    header,
    sealed,
    ...place
  }: CollectedSegment): Promise<readonly TimelineMark[]> => {
    try {
      const { events, index } = await openSegment(sealed, identity);
      for (const { code, text } of index) if (code === 'w') leaves.add(text, place);
      openedSegments += 1;
      for (const event of events)
        if (event.kind === 'marker' && event.marker.kind === 'mask')
          masked[event.marker.mask.entity] = (masked[event.marker.mask.entity] ?? 0) + 1;
      return events.flatMap(markOf);
    } catch (error) {
      if (!(error instanceof SallyportError)) throw error;
      firstFailure ??= error;
      const text = `Segment ${header.sequence} cannot be shown: ${error.message}`;
      return [{ atMs: header.startMs, kind: 'gap', text }];
    }
  };

  const segments = createSegmentCollector();
  const progress = (
    checkedBytes: number,
    totalBytes: number,
    more: { readonly marks: readonly TimelineMark[]; readonly report: VerificationReport | null },
  ): CheckProgress => ({
    ...more,
    checkedBytes,
    totalBytes,
    masked: { ...masked },
    keyframes: verifier.state.position?.keyframes ?? [],
    leaves: more.report === null ? [] : leaves.whole(),
  });

  for (let at = 0; ; ) {
    signal.throwIfAborted();
    const { bytes, size } = await readPatiently(options, { from: at, to: at + READ_BYTES });
    if (bytes.length === 0) {
      const report = reportOf(verifier.finish());
      if (openedSegments === 0 && firstFailure !== null) throw firstFailure as SallyportError;
      const gaps = report.problems
        .filter(({ kind }) => kind !== 'origin')
        .map(({ fromMs, message }) => ({ atMs: fromMs ?? 0, kind: 'gap' as const, text: message }));
      const last = progress(at, size, { marks: gaps, report });
      onProgress(last);
      return last;
    }
    verifier.push(bytes);
    const marks: TimelineMark[] = [];
    for (const segment of segments.push(bytes)) {
      await options.turn?.();
      signal.throwIfAborted();
      marks.push(...(await lookInto(segment)));
    }
    at += bytes.length;
    onProgress(progress(at, size, { marks, report: null }));
  }
}

async function readPatiently(
  { source, signal, onUnreachable }: CheckOptions,
  range: { readonly from: number; readonly to: number },
): Promise<FoundRange> {
  for (;;) {
    try {
      return await source.read(range);
    } catch (error) {
      const isAway = error instanceof SallyportError && error.code === 'server-unreachable';
      if (!isAway || onUnreachable === undefined) throw error;
      await onUnreachable(error);
      signal.throwIfAborted();
    }
  }
}
