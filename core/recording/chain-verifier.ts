import type { RecordingEnd, RecordingHeader } from '../../contract/recording.ts';
import { assertNever } from '../assert-never.ts';
import type { ChainCrypto, Sha256 } from './chain-crypto.ts';
import { sha256 } from './chain-crypto.ts';
import type { ChainPosition } from './chain-writer.ts';
import type { ReaderEvent, RecordHead, RecordKind } from './container.ts';
import { createRecordReader, encodeTrailer, PREAMBLE, RECORD_PREFIX_BYTES } from './container.ts';
import { concatBytes, isSameBytes, toHex } from './encoding.ts';
import type { ChainProblem, ChainWalk } from './chain-walk.ts';
import { blame, createWalk, report } from './chain-walk.ts';
import type { Link } from './record-checks.ts';
import { checkHead } from './record-checks.ts';

export interface ChainState {
  readonly receivedBytes: number;
  /** Everything before this offset is whole records that hold; it stands still from the first problem on. */
  readonly acceptedBytes: number;
  readonly problems: readonly ChainProblem[];
  readonly header: RecordingHeader | null;
  /** SHA-256 of the header's record; null before it */
  readonly headerHash: Uint8Array | null;
  readonly end: RecordingEnd | null;
  readonly hasIndex: boolean;
  /** end of the last segment that was read, milliseconds since the start */
  readonly lastEndMs: number;
  /** segments that the last valid checkpoint or end vouches for */
  readonly signedSegments: number;
  /** segments that were read to their end, also after a problem */
  readonly segmentsRead: number;
  /** numbers of segments that should be there and are not */
  readonly missing: ReadonlySet<number>;
  /** one more than the highest number of a segment that was read or is known to be missing */
  readonly nextSequence: number;
  /** offset from which on nothing can be read; null where there is none */
  readonly unreadFromByte: number | null;
  /** where the accepted records end; null before the header */
  readonly position: ChainPosition | null;
}

/**
 * Checks a recording as its bytes arrive, cut anywhere. It goes on past a problem where the layout allows, so that an offline
 * check names every one; a server stops at the first. Whether the recording is whole is known at `finish` only.
 */
export interface ChainVerifier {
  push(bytes: Uint8Array): void;
  readonly state: ChainState;
  /** No more bytes will come: reports a missing end and an unfinished record. */
  finish(): ChainState;
}

export function createChainVerifier(crypto: ChainCrypto): ChainVerifier {
  const reader = createRecordReader();
  const walk = createWalk(crypto);
  let unreadFromByte: number | null = null;
  let segmentsRead = 0;
  let receivedBytes = 0;
  let completeBytes = 0;
  let acceptedBytes = 0;
  let position: ChainPosition | null = null;
  let headerHash: Uint8Array | null = null;
  /** hash of the record before; null where that record could not be read, so that one fault is not reported twice */
  let previous: Uint8Array | null = sha256(crypto, PREAMBLE);
  let record: OpenRecord | null = null;

  const onHead = (head: RecordHead): void => {
    const link = previous === null ? 'holds' : linkTo(previous, head.previous);
    previous = head.content === null ? null : sha256(crypto, head.bytes);
    if (head.kind === 'header') headerHash ??= previous;
    record = {
      head,
      bodyHash: head.kind === 'segment' ? crypto.createSha256() : null,
      trailer: new Uint8Array(0),
    };
    checkHead(walk, head, link);
  };

  const onBody = (bytes: Uint8Array): void => {
    if (record === null) return;
    if (record.bodyHash !== null) record.bodyHash.update(bytes);
    else record.trailer = concatBytes([record.trailer, bytes]);
  };

  const onComplete = (endOffset: number): void => {
    completeBytes = endOffset;
    if (record === null) return;
    const done = record;
    record = null;
    if (done.bodyHash !== null && walk.end === null) segmentsRead += 1;
    checkBody(walk, done);
    const { content, offset } = done.head;
    if (walk.problems.length > 0 || walk.header === null || previous === null) return;
    if (content?.kind === 'segment' && content.json.hasKeyframe)
      walk.keyframes.push([content.json.sequence, offset, content.json.startMs]);
    acceptedBytes = endOffset;
    position = {
      sessionId: walk.header.sessionId,
      offset: endOffset,
      previous,
      segments: walk.nextSequence,
      cipherBytes: walk.cipherBytes,
      keyframes: walk.keyframes,
    };
  };

  const onEvent = (event: ReaderEvent): void => {
    switch (event.kind) {
      case 'preamble':
        completeBytes = PREAMBLE.length;
        break;
      case 'head':
        onHead(event.head);
        break;
      case 'body':
        onBody(event.bytes);
        break;
      case 'complete':
        onComplete(event.endOffset);
        break;
      case 'unreadable':
        unreadFromByte = event.offset;
        reportUnreadable(walk, event);
        break;
      default:
        assertNever(event);
    }
  };

  const state = (): ChainState => {
    const { problems, header, end, hasIndex, lastEndMs, signedSegments, missing, nextSequence } = walk;
    return {
      receivedBytes,
      acceptedBytes,
      problems,
      header,
      headerHash,
      end,
      hasIndex,
      lastEndMs,
      signedSegments,
      segmentsRead,
      missing,
      nextSequence,
      unreadFromByte,
      position,
    };
  };

  return {
    push(bytes) {
      receivedBytes += bytes.length;
      for (const event of reader.push(bytes)) onEvent(event);
    },
    get state() {
      return state();
    },
    finish() {
      if (unreadFromByte === null)
        reportUnfinished(walk, {
          unfinished: reader.unfinished,
          open: receivedBytes > completeBytes ? record : null,
          fromByte: receivedBytes > completeBytes ? completeBytes : null,
        });
      return state();
    },
  };
}

/** The record that is being read. */
interface OpenRecord {
  readonly head: RecordHead;
  /** of a segment's age file */
  readonly bodyHash: Sha256 | null;
  /** body of an index */
  trailer: Uint8Array;
}

function linkTo(expected: Uint8Array, claimed: Uint8Array): Link {
  const sameBytes = claimed.reduce((count, byte, i) => count + (byte === expected[i] ? 1 : 0), 0);
  if (sameBytes === expected.length) return 'holds';
  return sameBytes < expected.length / 2 ? 'elsewhere' : 'broken';
}

function checkBody(walk: ChainWalk, { head, bodyHash, trailer }: OpenRecord): void {
  const { content } = head;
  if (content?.kind === 'segment' && bodyHash !== null) {
    const { sequence, startMs: fromMs, endMs: toMs, cipherSha256 } = content.json;
    if (toHex(bodyHash.digest()) !== cipherSha256)
      blame(walk, {
        code: 'content-altered',
        message: `The content of segment ${sequence} is not what it was: its hash differs.`,
        sequence,
        fromMs,
        toMs,
      });
  }
  if (head.kind === 'index' && !isSameBytes(trailer, encodeTrailer(head.bytes.length - RECORD_PREFIX_BYTES)))
    report(walk, 'index-altered', 'The last bytes of the index were altered.');
}

function reportUnreadable(walk: ChainWalk, { offset, reason }: { offset: number; reason: string }): void {
  if (offset === 0) report(walk, 'not-a-recording', `This is not a recording: ${reason}.`);
  else if (walk.end !== null)
    report(
      walk,
      'bytes-after-end',
      `Bytes that do not belong to the recording stand after the signed end, from byte ${offset} on: ${reason}.`,
    );
  else if (walk.header === null && !walk.isHeaderAltered)
    report(
      walk,
      'header-altered',
      `The header cannot be read: ${reason}. Nothing after byte ${offset} was checked.`,
    );
  else
    report(walk, 'unreadable', `From byte ${offset} on nothing can be read, nor was it checked: ${reason}.`, {
      sequence: walk.nextSequence,
      fromMs: walk.lastEndMs,
    });
}

/** What stands after the last whole record. */
interface Remainder {
  /** kind that its first bytes claim; null where they are none */
  readonly unfinished: RecordKind | null;
  /** the record, where its public part could be read */
  readonly open: OpenRecord | null;
  /** null where nothing stands there */
  readonly fromByte: number | null;
}

function reportUnfinished(walk: ChainWalk, { unfinished, open, fromByte }: Remainder): void {
  const { header, end, nextSequence, lastEndMs, problems } = walk;
  if (header === null) {
    if (problems.length > 0) return;
    report(
      walk,
      'not-a-recording',
      unfinished === 'header'
        ? 'The recording is cut off inside its header: nothing of what it held is there.'
        : 'This is not a recording: it is too short to have a header.',
    );
    return;
  }
  if (end !== null || walk.isEndUnreadable) {
    if (fromByte === null) return;
    if (open?.head.kind === 'index' || (unfinished === 'index' && !walk.hasIndex))
      report(walk, 'index-altered', 'The index after the signed end is cut off.');
    else
      report(
        walk,
        'bytes-after-end',
        `Bytes that do not belong to the recording stand after the signed end, from byte ${fromByte} on.`,
      );
    return;
  }
  const content = open?.head.content;
  if (content?.kind === 'segment') {
    const { sequence, startMs } = content.json;
    report(
      walk,
      'tail-cut',
      `The recording stops in the middle of segment ${sequence}, without a signed end: this segment and what came after are missing.`,
      { sequence, fromMs: startMs },
    );
    return;
  }
  const inside = fromByte === null ? '' : ' in the middle of a record';
  const where = nextSequence === 0 ? 'before the first segment' : `after segment ${nextSequence - 1}`;
  report(
    walk,
    'tail-cut',
    `The recording stops${inside} ${where}, without a signed end: what came after is missing.`,
    { sequence: nextSequence, fromMs: lastEndMs },
  );
}
