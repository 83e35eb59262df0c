import type {
  ProblemCode,
  RecordingEnd,
  RecordingHeader,
  VerificationReport,
} from '../../contract/recording.ts';
import { PROBLEM_KINDS } from '../../contract/recording.ts';
import type { ChainCrypto } from './chain-crypto.ts';
import type { KeyframePlace } from './chain-writer.ts';
import type { RecordHead } from './container.ts';

export type ChainProblem = VerificationReport['problems'][number];

/** A file that is damaged everywhere is told so by its first problems; more would only fill memory. */
export const MAX_PROBLEMS = 1000;

/** What is known of a recording from the records that were read so far. */
export interface ChainWalk {
  readonly crypto: ChainCrypto;
  readonly problems: ChainProblem[];
  /** of accepted segments */
  readonly keyframes: KeyframePlace[];
  /** by number, the begin of the hash of each segment's content (48 bits as a number): a copy is told from another one */
  readonly contents: number[];
  /** numbers of segments that are not there */
  readonly missing: Set<number>;
  header: RecordingHeader | null;
  end: RecordingEnd | null;
  hasIndex: boolean;
  /** an end that cannot be read: whether anything is missing before it nobody can tell */
  isEndUnreadable: boolean;
  /** what the records add up to is known: none is unreadable, missing or twice there */
  isCountable: boolean;
  /** the header is not what was signed, so that its key says nothing about signatures */
  isHeaderAltered: boolean;
  /** what was found about the record before; null where it is as it was */
  fault: Fault | null;
  nextSequence: number;
  cipherBytes: number;
  /** start and end of the last segment that was read, milliseconds since the start */
  lastStartMs: number;
  lastEndMs: number;
  /** segments that the last valid checkpoint or end vouches for */
  signedSegments: number;
}

/**
 * One altered record breaks its own link or signature, the link of the next record, and what is told of its time: that is one finding.
 * `index`: of the problem. `amended`: what it is once the next record's link shows which of two records was altered.
 */
export interface Fault {
  readonly index: number;
  readonly amended?: Pick<ChainProblem, 'code' | 'message'> & Partial<ChainProblem>;
  /** it lasts until the next segment begins */
  readonly isOpen?: boolean;
}

export function createWalk(crypto: ChainCrypto): ChainWalk {
  return {
    crypto,
    problems: [],
    keyframes: [],
    contents: [],
    missing: new Set(),
    header: null,
    end: null,
    hasIndex: false,
    isEndUnreadable: false,
    isCountable: true,
    isHeaderAltered: false,
    fault: null,
    nextSequence: 0,
    cipherBytes: 0,
    lastStartMs: 0,
    lastEndMs: 0,
    signedSegments: 0,
  };
}

export interface ProblemPlace {
  readonly sequence?: number | null;
  readonly fromMs?: number | null;
  readonly toMs?: number | null;
}

export function problemOf(
  code: ProblemCode,
  message: string,
  { sequence = null, fromMs = null, toMs = null }: ProblemPlace = {},
): ChainProblem {
  return { code, kind: PROBLEM_KINDS[code], sequence, fromMs, toMs, message };
}

export function report(
  walk: ChainWalk,
  code: ProblemCode,
  message: string,
  { sequence = null, fromMs = null, toMs = null }: ProblemPlace = {},
): void {
  if (walk.problems.length < MAX_PROBLEMS)
    walk.problems.push(problemOf(code, message, { sequence, fromMs, toMs }));
}

/** Reports what is wrong with the record at hand, so that what follows from it is not reported again. */
export function blame(
  walk: ChainWalk,
  problem: Pick<ChainProblem, 'code' | 'message'> & ProblemPlace,
  fault: Omit<Fault, 'index'> = {},
): void {
  walk.fault = { index: walk.problems.length, ...fault };
  report(walk, problem.code, problem.message, problem);
}

/** The next record is there: more is known now of what is wrong with the one before. */
export function settle(
  walk: ChainWalk,
  { index, amended, isOpen }: Fault,
  next: { readonly content: RecordHead['content']; readonly isLinked: boolean },
): void {
  const problem = walk.problems[index];
  if (problem === undefined) return;
  if (amended !== undefined && !next.isLinked)
    walk.problems[index] = { ...problem, ...amended, kind: PROBLEM_KINDS[amended.code] };
  if (isOpen !== true) return;
  const { content } = next;
  if (content?.kind === 'segment') walk.problems[index] = { ...problem, toMs: content.json.startMs };
  if (content?.kind === 'checkpoint') walk.problems[index] = { ...problem, toMs: content.json.atMs };
}
