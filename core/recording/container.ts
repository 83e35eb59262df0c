import type { z } from 'zod';
import { RecordingIndex } from '../../contract/recording-index.ts';
import {
  Checkpoint,
  RecordingEnd,
  RecordingHeader,
  SegmentHeader,
  SPREC_MAGIC,
  SPREC_VERSION,
} from '../../contract/recording.ts';
import { canonicalJson } from './encoding.ts';
import { fromUtf8, utf8 } from './utf8.ts';

/**
 * The byte layout of a `.sprec` (docs/recording-format.md):
 * preamble `SPREC` + version byte, then records
 * `u8 kind · u32 jsonBytes · u32 bodyBytes · 32 bytes hash of the record before · json · body`, numbers big-endian.
 * Only a segment (its age file) and an index (its trailer) have a body.
 */
export const PREAMBLE: Uint8Array = Uint8Array.of(...utf8(SPREC_MAGIC), SPREC_VERSION);
export const PREAMBLE_BYTES = PREAMBLE.length;
/** kind, two lengths, hash of the record before */
export const RECORD_PREFIX_BYTES = 41;

/** A length above its cap is not read: a hostile or damaged file must not make a reader allocate. */
export const MAX_HEAD_JSON_BYTES = 64 * 1024;
/** 200,000 keyframes at about 30 bytes */
export const MAX_INDEX_JSON_BYTES = 8 * 1024 * 1024;
/** 256 KiB of events and a keyframe of the largest screen, hardly compressed */
export const MAX_SEGMENT_BODY_BYTES = 16 * 1024 * 1024;

/** The last bytes of a file with an index: `u32` length of the whole index record, then `SPIX`. */
export const TRAILER_BYTES = 8;
const TRAILER_MAGIC = 'SPIX';

export type RecordKind = 'header' | 'segment' | 'checkpoint' | 'end' | 'index';

const KIND_CODES = { header: 1, segment: 2, checkpoint: 3, end: 4, index: 5 } as const satisfies Record<
  RecordKind,
  number
>;
const KINDS: ReadonlyMap<number, RecordKind> = new Map(
  Object.entries(KIND_CODES).map(([kind, code]) => [code, kind as RecordKind]),
);

/** The public part of a record, parsed and checked against its schema. */
export type RecordContent =
  | { readonly kind: 'header'; readonly json: RecordingHeader }
  | { readonly kind: 'segment'; readonly json: SegmentHeader }
  | { readonly kind: 'checkpoint'; readonly json: Checkpoint }
  | { readonly kind: 'end'; readonly json: RecordingEnd }
  | { readonly kind: 'index'; readonly json: RecordingIndex };

/** Everything of a record before its body. `bytes` are prefix and JSON as they stand in the file: what the chain hashes. */
export interface RecordHead {
  readonly kind: RecordKind;
  /** null where the JSON is not canonical or does not fit its schema */
  readonly content: RecordContent | null;
  /** byte offset of the record in the file */
  readonly offset: number;
  readonly bodyBytes: number;
  /** hash of the record before, as this record claims it */
  readonly previous: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What a reader finds, in order: one `preamble`, then for each record a `head`, its body in pieces, and `complete`. */
export type ReaderEvent =
  | { readonly kind: 'preamble' }
  | { readonly kind: 'head'; readonly head: RecordHead }
  | { readonly kind: 'body'; readonly bytes: Uint8Array }
  /** `endOffset`: byte offset in the file after the record */
  | { readonly kind: 'complete'; readonly endOffset: number }
  /** Nothing after `offset` can be read; the reader ignores further bytes. */
  | { readonly kind: 'unreadable'; readonly offset: number; readonly reason: string };

export interface RecordReader {
  /** Takes the next bytes of the file, cut anywhere; returns what became readable. Bodies are not collected. */
  push(bytes: Uint8Array): readonly ReaderEvent[];
  /** Kind of the record that was begun and not finished; null between records and for what begins as none. */
  readonly unfinished: RecordKind | null;
}

/** Bytes of a record: prefix, canonical JSON, and for a segment or index the body. */
export function encodeRecord(content: RecordContent, previous: Uint8Array, body?: Uint8Array): Uint8Array {
  const json = utf8(canonicalJson(content.json));
  const bodyBytes = body?.length ?? 0;
  const record = new Uint8Array(RECORD_PREFIX_BYTES + json.length + bodyBytes);
  const view = new DataView(record.buffer);
  record[0] = KIND_CODES[content.kind];
  view.setUint32(1, json.length);
  view.setUint32(5, bodyBytes);
  record.set(previous, 9);
  record.set(json, RECORD_PREFIX_BYTES);
  if (body !== undefined) record.set(body, RECORD_PREFIX_BYTES + json.length);
  return record;
}

/** The body of an index record whose JSON has `jsonBytes`: the file's last eight bytes, by which a reader finds the index. */
export function encodeTrailer(jsonBytes: number): Uint8Array {
  const trailer = new Uint8Array(TRAILER_BYTES);
  new DataView(trailer.buffer).setUint32(0, RECORD_PREFIX_BYTES + jsonBytes + TRAILER_BYTES);
  trailer.set(utf8(TRAILER_MAGIC), 4);
  return trailer;
}

/** Length of the index record, from the file's last eight bytes; null where they are not a trailer. */
export function decodeTrailer(lastBytes: Uint8Array): number | null {
  if (lastBytes.length !== TRAILER_BYTES || fromUtf8(lastBytes.subarray(4)) !== TRAILER_MAGIC) return null;
  const length = viewOf(lastBytes).getUint32(0);
  const isInRange = length <= MAX_INDEX_JSON_BYTES + RECORD_PREFIX_BYTES + TRAILER_BYTES;
  return isInRange && length > RECORD_PREFIX_BYTES + TRAILER_BYTES ? length : null;
}

/**
 * Reads a container as its bytes arrive. Checks layout, length caps, canonical JSON and schemas; the chain is checked by
 * core/recording/chain-verifier.ts. `startOffset` (a record's offset) reads a range from the middle, without preamble.
 */
export function createRecordReader(startOffset = 0): RecordReader {
  let state: 'preamble' | 'prefix' | 'json' | 'body' | 'unreadable' =
    startOffset === 0 ? 'preamble' : 'prefix';
  let held = new Uint8Array(startOffset === 0 ? PREAMBLE_BYTES : RECORD_PREFIX_BYTES);
  let heldBytes = 0;
  let offset = startOffset;
  let recordOffset = startOffset;
  let bodyLeft = 0;

  const expect = (next: 'prefix' | 'json', size: number, keep?: Uint8Array) => {
    state = next;
    held = new Uint8Array(size);
    if (keep !== undefined) held.set(keep);
    heldBytes = keep?.length ?? 0;
  };

  /** `held` is full: moves on to the next state. */
  const advance = (events: ReaderEvent[]) => {
    if (state === 'preamble') {
      if (held.every((byte, i) => byte === PREAMBLE[i])) {
        events.push({ kind: 'preamble' });
        recordOffset = offset;
        expect('prefix', RECORD_PREFIX_BYTES);
      } else giveUp(events, 0, 'it does not start with the mark of a recording of this version');
    } else if (state === 'prefix') {
      const problem = checkPrefix(held);
      if (problem === null) expect('json', RECORD_PREFIX_BYTES + viewOf(held).getUint32(1), held);
      else giveUp(events, recordOffset, problem);
    } else {
      const head = parseHead(held, recordOffset);
      events.push({ kind: 'head', head });
      bodyLeft = head.bodyBytes;
      state = 'body';
      if (bodyLeft === 0) complete(events);
    }
  };
  const complete = (events: ReaderEvent[]) => {
    events.push({ kind: 'complete', endOffset: offset });
    recordOffset = offset;
    expect('prefix', RECORD_PREFIX_BYTES);
  };
  const giveUp = (events: ReaderEvent[], at: number, reason: string) => {
    state = 'unreadable';
    events.push({ kind: 'unreadable', offset: at, reason });
  };

  return {
    get unfinished() {
      const isBegun = state === 'body' || ((state === 'prefix' || state === 'json') && heldBytes > 0);
      return isBegun ? (KINDS.get(held[0] ?? 0) ?? null) : null;
    },
    push(bytes) {
      const events: ReaderEvent[] = [];
      let at = 0;
      while (at < bytes.length && state !== 'unreadable') {
        const wanted = state === 'body' ? bodyLeft : held.length - heldBytes;
        const piece = bytes.subarray(at, at + wanted);
        at += piece.length;
        offset += piece.length;
        if (state === 'body') {
          events.push({ kind: 'body', bytes: piece });
          bodyLeft -= piece.length;
          if (bodyLeft === 0) complete(events);
        } else {
          held.set(piece, heldBytes);
          heldBytes += piece.length;
          if (heldBytes === held.length) advance(events);
        }
      }
      return events;
    },
  };
}

function checkPrefix(prefix: Uint8Array): string | null {
  const kind = KINDS.get(prefix[0] ?? 0);
  if (kind === undefined) return 'a record of unknown kind stands there';
  const view = viewOf(prefix);
  const jsonBytes = view.getUint32(1);
  const bodyBytes = view.getUint32(5);
  if (jsonBytes === 0) return `the ${kind} record is empty`;
  if (jsonBytes > (kind === 'index' ? MAX_INDEX_JSON_BYTES : MAX_HEAD_JSON_BYTES))
    return `the ${kind} record claims more bytes than such a record may have`;
  const isBodyAllowed =
    kind === 'segment'
      ? bodyBytes > 0 && bodyBytes <= MAX_SEGMENT_BODY_BYTES
      : bodyBytes === (kind === 'index' ? TRAILER_BYTES : 0);
  return isBodyAllowed ? null : `the ${kind} record claims a length that such a record cannot have`;
}

/** `bytes`: a prefix that passed `checkPrefix` and its JSON. */
function parseHead(bytes: Uint8Array, offset: number): RecordHead {
  const kind = KINDS.get(bytes[0] ?? 0) ?? 'header';
  return {
    kind,
    content: parseContent(kind, bytes.subarray(RECORD_PREFIX_BYTES)),
    offset,
    bodyBytes: viewOf(bytes).getUint32(5),
    previous: bytes.subarray(9, RECORD_PREFIX_BYTES),
    bytes,
  };
}

function parseContent(kind: RecordKind, bytes: Uint8Array): RecordContent | null {
  const text = fromUtf8(bytes);
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const content = acceptContent(kind, value);
  // One value has one text: otherwise bytes could change without any signature or value noticing. After the schema, which bounds its depth.
  return content !== null && canonicalJson(content.json) === text ? content : null;
}

function acceptContent(kind: RecordKind, value: unknown): RecordContent | null {
  switch (kind) {
    case 'header':
      return accept(kind, RecordingHeader.safeParse(value));
    case 'segment':
      return accept(kind, SegmentHeader.safeParse(value));
    case 'checkpoint':
      return accept(kind, Checkpoint.safeParse(value));
    case 'end':
      return accept(kind, RecordingEnd.safeParse(value));
    case 'index':
      return accept(kind, RecordingIndex.safeParse(value));
  }
}

function accept<K extends RecordKind, T>(
  kind: K,
  result: z.ZodSafeParseResult<T>,
): { kind: K; json: T } | null {
  return result.success ? { kind, json: result.data } : null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
