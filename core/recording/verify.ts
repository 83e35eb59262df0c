import type { VerificationReport } from '../../contract/recording.ts';
import type { ChainState } from './chain-verifier.ts';
import type { ChainProblem } from './chain-walk.ts';
import { problemOf } from './chain-walk.ts';

/**
 * The report of a check whose bytes are all read (`ChainVerifier.finish`). `devicePublicKey` is the key that the reader expects
 * (base64url), where it is known: without it the report says only that whoever made the header also signed the end.
 */
export function reportOf(state: ChainState, devicePublicKey: string | null = null): VerificationReport {
  const { header, end } = state;
  const problems: ChainProblem[] = [...state.problems];
  if (header !== null && devicePublicKey !== null && header.devicePublicKey !== devicePublicKey) {
    problems.push(
      problemOf('device-foreign', 'The recording was signed by another device key than the expected one.'),
    );
  }
  if (header?.imported !== undefined) {
    const { format, atMs } = header.imported;
    problems.push(
      problemOf(
        'imported',
        `It was imported from a file (${format}) on ${new Date(atMs).toISOString()}: no Sallyport device recorded it, and nothing vouches for who did. Its signature says only whether it was altered since.`,
      ),
    );
  }
  if (end !== null && end.gap !== null) {
    const { fromMs, toMs } = end.gap;
    const message = `The recording was interrupted after ${inSeconds(fromMs)} and closed later: what was shown ${
      toMs === null ? 'from then on' : `until ${inSeconds(toMs)}`
    } and not yet stored is missing.`;
    problems.push(problemOf('gap', message, { sequence: end.segments, fromMs, toMs }));
  }
  return {
    isVerified: header !== null && end !== null && problems.length === 0,
    sessionId: header?.sessionId ?? null,
    segments: state.position?.segments ?? 0,
    segmentsRead: state.segmentsRead,
    segmentsFaulty: faultySegments(state),
    segmentsMissing: state.missing.size,
    unreadFromByte: state.unreadFromByte,
    bytes: state.receivedBytes,
    durationMs: durationOf(state),
    endCause: end?.cause ?? null,
    problems,
  };
}

/** Up to the end that was signed; for a recovered or unfinished recording up to its last segment. Milliseconds. */
export function durationOf(state: ChainState): number {
  const { header, end, lastEndMs } = state;
  if (header === null || end === null || end.cause === 'recovered') return lastEndMs;
  return Math.max(lastEndMs, end.endedAtMs - header.startedAtMs);
}

/** A missing segment, the header's faults and those of what stands after the segments are not about what a segment holds. */
function faultySegments({ problems, nextSequence, missing }: ChainState): number[] {
  const named = problems.flatMap(({ kind, sequence }) =>
    sequence !== null && (kind === 'segment' || kind === 'chain') ? [sequence] : [],
  );
  return [...new Set(named)]
    .filter(sequence => sequence < nextSequence && !missing.has(sequence))
    .sort((a, b) => a - b);
}

function inSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}
