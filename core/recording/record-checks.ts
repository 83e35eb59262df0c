import type { Checkpoint, RecordingEnd, RecordingHeader, SegmentHeader } from '../../contract/recording.ts';
import type { RecordingIndex } from '../../contract/recording-index.ts';
import { assertNever } from '../assert-never.ts';
import type { ChainWalk, ProblemPlace } from './chain-walk.ts';
import { blame, MAX_PROBLEMS, report, settle } from './chain-walk.ts';
import type { RecordHead } from './container.ts';
import { canonicalJson } from './encoding.ts';
import { isSignedByDevice } from './signature-check.ts';

/**
 * What a record's link says of the record before: `holds`, or is `broken` by something that was altered, or is `elsewhere`, the hash of
 * another record: damage changes some of its bytes, another hash has hardly one in its place.
 */
export type Link = 'holds' | 'broken' | 'elsewhere';

/** Checks the public part of a record against what stands before it. */
export function checkHead(walk: ChainWalk, head: RecordHead, link: Link): void {
  const { content } = head;
  const isLinked = link === 'holds';
  const { fault } = walk;
  walk.fault = null;
  if (walk.end !== null && (head.kind !== 'index' || walk.hasIndex)) {
    report(
      walk,
      'bytes-after-end',
      `${withArticle(head.kind)} record stands after the signed end: it does not belong to the recording.`,
    );
    return;
  }
  if (fault !== null) settle(walk, fault, { content, isLinked });
  let isStillLinked = isLinked || fault !== null;
  if (content === null) {
    checkUnreadable(walk, head);
    return;
  }
  if (walk.header === null && content.kind !== 'header' && !walk.isHeaderAltered) {
    walk.isHeaderAltered = true;
    isStillLinked = true;
    report(
      walk,
      'header-missing',
      `The recording begins with ${withArticle(head.kind, false)} record instead of its header: no signature can be checked without it.`,
    );
  }
  switch (content.kind) {
    case 'header':
      checkHeader(walk, content.json, isStillLinked);
      break;
    case 'segment':
      checkSegment(walk, content.json, {
        bodyBytes: head.bodyBytes,
        isLinked: isStillLinked,
        isForeign: link === 'elsewhere',
      });
      break;
    case 'checkpoint':
      checkCheckpoint(walk, content.json, { head, isLinked: isStillLinked });
      break;
    case 'end':
      checkEnd(walk, content.json, { head, isLinked: isStillLinked });
      break;
    case 'index':
      checkIndex(walk, content.json, { head, isLinked: isStillLinked });
      break;
    default:
      assertNever(content);
  }
}

function checkUnreadable(walk: ChainWalk, head: RecordHead): void {
  const at = `The ${head.kind} record at byte ${head.offset} does not have the form of one: it was altered`;
  switch (head.kind) {
    case 'header':
      walk.isHeaderAltered = true;
      blame(walk, {
        code: 'header-altered',
        message:
          'The header does not have the form of a header: it was altered. No signature can be checked without it.',
      });
      break;
    case 'segment':
      walk.isCountable = false;
      blame(
        walk,
        { code: 'segment-altered', message: `${at}.`, sequence: walk.nextSequence, fromMs: walk.lastEndMs },
        { isOpen: true },
      );
      walk.nextSequence += 1;
      break;
    case 'checkpoint':
      blame(
        walk,
        { code: 'checkpoint-altered', message: `${at}.`, fromMs: walk.lastEndMs },
        { isOpen: true },
      );
      break;
    case 'end':
      walk.isEndUnreadable = true;
      blame(walk, {
        code: 'end-altered',
        message: `${at}. Whether anything is missing before it cannot be told.`,
        fromMs: walk.lastEndMs,
      });
      break;
    case 'index':
      walk.hasIndex = true;
      blame(walk, { code: 'index-altered', message: `${at}.` });
      break;
  }
}

function checkHeader(walk: ChainWalk, json: RecordingHeader, isLinked: boolean): void {
  if (walk.header !== null) {
    report(walk, 'header-repeated', 'A second header stands in the recording.', {
      sequence: walk.nextSequence,
    });
  } else if (!isLinked) {
    walk.isHeaderAltered = true;
    blame(walk, {
      code: 'header-altered',
      message: 'The header does not link to the mark of the file: it was altered.',
    });
  }
  walk.header ??= json;
}

function checkSegment(
  walk: ChainWalk,
  json: SegmentHeader,
  { bodyBytes, isLinked, isForeign }: { bodyBytes: number; isLinked: boolean; isForeign: boolean },
): void {
  const { sequence, startMs, endMs } = json;
  const { nextSequence, lastEndMs } = walk;
  const place = { sequence, fromMs: startMs, toMs: endMs };
  if (sequence > nextSequence) {
    reportMissing(walk, sequence, { what: `segment ${sequence}`, toMs: Math.max(startMs, lastEndMs) });
  } else if (sequence < nextSequence) {
    if (walk.contents[sequence] === undefined || walk.contents[sequence] === contentMark(json))
      reportOutOfOrder(walk, { ...place, sequence });
    else reportAnother(walk, { ...place, sequence });
  } else if (!isLinked) {
    reportBrokenLink(walk, { kind: 'segment', name: `Segment ${sequence}`, isForeign }, place);
  }
  if (endMs < startMs || (sequence === nextSequence && startMs < lastEndMs))
    report(walk, 'times-wrong', `The times of segment ${sequence} run backwards.`, place);
  if (json.cipherBytes !== bodyBytes)
    report(walk, 'length-wrong', `Segment ${sequence} does not have the length that it names.`, place);
  walk.contents[sequence] ??= contentMark(json);
  walk.nextSequence = Math.max(nextSequence, sequence + 1);
  walk.cipherBytes += json.cipherBytes;
  walk.lastStartMs = startMs;
  walk.lastEndMs = Math.max(lastEndMs, endMs);
}

const ALTERED = { segment: 'segment-altered', checkpoint: 'checkpoint-altered', end: 'end-altered' } as const;

/** A record whose link does not hold: the one before was altered or taken out, or its own link was altered. */
function reportBrokenLink(
  walk: ChainWalk,
  { kind, name, isForeign = false }: { kind: keyof typeof ALTERED; name: string; isForeign?: boolean },
  place: ProblemPlace,
): void {
  const { nextSequence, lastStartMs, lastEndMs } = walk;
  const amended = {
    ...(isForeign
      ? {
          code: 'segment-foreign' as const,
          message: `${name} was taken from another recording: it links to a record that is not in this one, and nothing here links to it.`,
        }
      : {
          code: ALTERED[kind],
          message: `${name} was altered: neither its own link holds nor that of what stands after it.`,
        }),
    sequence: place.sequence ?? null,
    fromMs: place.fromMs ?? null,
    toMs: place.toMs ?? null,
  };
  if (nextSequence > 0) {
    blame(
      walk,
      {
        code: 'record-altered',
        message: `${name} does not link to what stands before it: segment ${nextSequence - 1} or a record after it was altered or removed.`,
        sequence: nextSequence - 1,
        fromMs: lastStartMs,
        toMs: place.fromMs ?? lastEndMs,
      },
      { amended },
    );
    return;
  }
  walk.isHeaderAltered = true;
  blame(
    walk,
    {
      code: 'header-altered',
      message: `${name} does not link to what stands before it: the header was altered or removed.`,
    },
    { amended },
  );
}

/** A segment that stands after a later one. Where it was reported as missing, it is found now. */
function reportOutOfOrder(walk: ChainWalk, place: ProblemPlace & { readonly sequence: number }): void {
  const { sequence } = place;
  const { nextSequence, problems, missing } = walk;
  walk.isCountable = false;
  const message = `Segment ${sequence} stands again or out of order, after segment ${nextSequence - 1}.`;
  if (missing.delete(sequence)) {
    const alone = problems.findIndex(
      problem =>
        problem.sequence === sequence && problem.message.startsWith(`Segment ${sequence} is missing `),
    );
    if (alone >= 0) problems.splice(alone, 1);
  }
  blame(walk, { code: 'segment-misplaced', message, ...place });
}

/** A segment with the number of one that stands before it, and with another content. */
function reportAnother(walk: ChainWalk, place: ProblemPlace & { readonly sequence: number }): void {
  const { sequence } = place;
  walk.isCountable = false;
  const message = `Another segment ${sequence} than the one before stands after segment ${walk.nextSequence - 1}: it was taken from another recording.`;
  blame(walk, { code: 'segment-foreign', message, ...place });
}

function contentMark({ cipherSha256 }: SegmentHeader): number {
  return Number.parseInt(cipherSha256.slice(0, 12), 16);
}

interface Signed {
  readonly head: RecordHead;
  readonly isLinked: boolean;
}

function checkCheckpoint(walk: ChainWalk, json: Checkpoint, { head, isLinked }: Signed): void {
  const { nextSequence, lastStartMs, lastEndMs } = walk;
  if (json.segments > nextSequence)
    reportMissing(walk, json.segments, { what: 'a checkpoint', toMs: json.atMs });
  else if (!isLinked)
    reportBrokenLink(
      walk,
      { kind: 'checkpoint', name: `The checkpoint after segment ${nextSequence - 1}` },
      { fromMs: lastEndMs, toMs: json.atMs },
    );
  if (isSigned(walk, head)) walk.signedSegments = json.segments;
  else if (!walk.isHeaderAltered && walk.fault === null)
    blame(walk, {
      code: 'signature-wrong',
      message: `The signature of the checkpoint after segment ${nextSequence - 1} is wrong: it was altered or made by another key.`,
      sequence: Math.max(0, nextSequence - 1),
      fromMs: lastStartMs,
      toMs: json.atMs,
    });
}

function checkEnd(walk: ChainWalk, json: RecordingEnd, { head, isLinked }: Signed): void {
  const { nextSequence, lastEndMs } = walk;
  walk.end = json;
  const place = { sequence: Math.max(0, nextSequence - 1), fromMs: lastEndMs };
  if (json.segments > nextSequence) reportMissing(walk, json.segments, { what: 'the end', toMs: null });
  else if (!isLinked) reportBrokenLink(walk, { kind: 'end', name: 'The end' }, { fromMs: lastEndMs });
  else if (walk.isCountable && (json.segments !== nextSequence || json.cipherBytes !== walk.cipherBytes))
    report(walk, 'totals-wrong', 'The totals in the signed end are not those of the recording.', place);
  if (isSigned(walk, head)) walk.signedSegments = json.segments;
  else if (!walk.isHeaderAltered && walk.fault === null)
    blame(walk, {
      code: 'signature-wrong',
      message: 'The signature of the end is wrong: the end was altered or made by another key.',
      ...place,
    });
}

function checkIndex(walk: ChainWalk, json: RecordingIndex, { head, isLinked }: Signed): void {
  walk.hasIndex = true;
  if (walk.end === null && !walk.isEndUnreadable)
    report(walk, 'index-altered', 'An index stands before the end.', { fromMs: walk.lastEndMs });
  if (!isLinked)
    blame(walk, {
      code: 'index-altered',
      message: 'The index does not link to the end: one of them was altered.',
    });
  const isRight =
    json.segments === walk.nextSequence && canonicalJson(json.keyframes) === canonicalJson(walk.keyframes);
  if (!isSigned(walk, head)) {
    if (!walk.isHeaderAltered && walk.fault === null)
      blame(walk, {
        code: 'index-altered',
        message: 'The signature of the index is wrong: it was altered or made by another key.',
      });
  }
  // Of a damaged recording the keyframes are not all known.
  else if (walk.problems.length === 0 && !isRight)
    report(walk, 'index-altered', 'The index does not name the keyframes that stand in the recording.');
}

/** Everything from `nextSequence` up to `segments` is not there. */
function reportMissing(
  walk: ChainWalk,
  segments: number,
  { what, toMs }: { what: string; toMs: number | null },
): void {
  const { nextSequence, lastEndMs } = walk;
  const names =
    segments - nextSequence === 1
      ? `Segment ${nextSequence} is`
      : `Segments ${nextSequence} to ${segments - 1} are`;
  report(walk, 'segment-missing', `${names} missing before ${what}.`, {
    sequence: nextSequence,
    fromMs: lastEndMs,
    toMs,
  });
  walk.isCountable = false;
  // A claimed number is not to make a reader allocate.
  for (let sequence = nextSequence; sequence < Math.min(segments, nextSequence + MAX_PROBLEMS); sequence += 1)
    walk.missing.add(sequence);
  walk.nextSequence = segments;
}

function withArticle(kind: RecordHead['kind'], isStart = true): string {
  const article = kind === 'end' || kind === 'index' ? 'an' : 'a';
  return `${isStart ? article.replace('a', 'A') : article} ${kind}`;
}

function isSigned({ header, crypto }: ChainWalk, head: RecordHead): boolean {
  return header !== null && isSignedByDevice(head, header, crypto);
}
