import { MAX_COLS, MAX_ROWS } from '../../contract/data-plane.ts';
import { Marker } from '../../contract/recording.ts';
import type { RecordedEvent } from '../../contract/recording.ts';
import { assertNever } from '../assert-never.ts';
import type { JsonLines } from './json-lines.ts';
import { createJsonLines } from './json-lines.ts';
import { fromUtf8, utf8 } from './utf8.ts';

/**
 * The plaintext of a segment: an asciicast v3 file of its own, so that what `age -d | zstd -d` prints is playable.
 * Line 1 is the asciicast header with a member `sallyport`; each further line is `[seconds since the event before, code, payload]`
 * with the codes `o` output, `r` resize (`80x24`), `m` marker (JSON of contract/recording.ts Marker), `x` exit status; and in segments
 * of their own `w` and `d`, the search index (contract/search-index.ts).
 * There is never an `i`: input is not recorded. Times here: milliseconds since the recording's start, whole numbers.
 */
export interface SegmentContent {
  readonly startMs: number;
  readonly cols: number;
  readonly rows: number;
  readonly keyframe: Keyframe | null;
  readonly events: readonly RecordedEvent[];
  /** lines of the search index, unparsed */
  readonly index: readonly IndexLine[];
}

/** `w`: a part of the search index, `d`: its directory; `text`: JSON. */
export interface IndexLine {
  readonly code: 'w' | 'd';
  readonly text: string;
}

/** The screen at a segment's start: written to a fresh terminal of the segment's size, `screen` then `pending` restore it. */
export interface Keyframe {
  readonly screen: string;
  /** the beginning of an escape sequence that the segment before left unfinished, else empty */
  readonly pending: string;
}

/** A segment's text before and after must fit: 256 KiB of events, each byte escaped at worst, and a keyframe. */
export const MAX_SEGMENT_PLAIN_BYTES = 64 * 1024 * 1024;

/** A line has at least eleven characters and a segment 256 KiB of them, so this is four times what a recorder writes. */
export const MAX_SEGMENT_LINES = 100_000;
/** As far as a Date reaches (ECMA-262, 21.4.1.1). */
const MAX_AT_MS = 8.64e15;

/** One event as it is written: output as whole characters of valid UTF-8, because JSON has no other bytes. */
export type WrittenEvent =
  | { readonly kind: 'output'; readonly atMs: number; readonly bytes: Uint8Array }
  | ({ readonly kind: 'index'; readonly atMs: number } & IndexLine)
  | Exclude<RecordedEvent, { kind: 'output' }>;

export interface SegmentStart {
  readonly startMs: number;
  readonly cols: number;
  readonly rows: number;
  /** number of the first output event; the following ones count on */
  readonly firstSeq: number;
  readonly keyframe: Keyframe | null;
}

/** Collects the lines of one segment. */
export interface SegmentEncoder {
  add(event: WrittenEvent): void;
  /** bytes so far, for the limit of size */
  readonly length: number;
  /** start, or time of the last event, in whole milliseconds */
  readonly endMs: number;
  finish(): Uint8Array;
}

/** `lines`: memory that one encoder after the other uses, each up to its `finish`. */
export function createSegmentEncoder(
  start: SegmentStart,
  lines: JsonLines = createJsonLines(),
): SegmentEncoder {
  const startMs = Math.round(start.startMs);
  const { cols, rows, firstSeq, keyframe } = start;
  const header = { version: 3, term: { cols, rows }, sallyport: { startMs, firstSeq, keyframe } };
  lines.add(JSON.stringify(header));
  let lastMs = startMs;

  return {
    add(event) {
      // Never backwards: a clock that is set back must not make an interval that no player takes.
      const atMs = Math.max(lastMs, Math.round(event.atMs));
      const interval = (atMs - lastMs) / 1000;
      lastMs = atMs;
      if (event.kind === 'output') lines.addString(`[${interval},"o","`, event.bytes, '"]');
      else lines.add(JSON.stringify([interval, ...codeAndPayload(event)]));
    },
    get length() {
      return lines.length;
    },
    get endMs() {
      return lastMs;
    },
    finish: lines.take,
  };
}

/**
 * Reads a decrypted, decompressed segment. Null where it is not one: every line is checked, unknown codes are passed over
 * (asciicast v3 allows them). Whatever it holds: no more lines than `MAX_SEGMENT_LINES` are kept, and none is read before the one before it.
 */
export function decodeSegment(plain: Uint8Array): SegmentContent | null {
  const text = fromUtf8(plain);
  if (text === null) return null;
  const lines = linesOf(text);
  const start = parseHeader(parseJson(lines.next().value ?? ''));
  if (start === null) return null;
  const events: RecordedEvent[] = [];
  const index: IndexLine[] = [];
  let atMs = start.startMs;
  let seq = start.firstSeq;
  let count = 0;
  for (const line of lines) {
    count += 1;
    if (count > MAX_SEGMENT_LINES) return null;
    if (line === '') continue;
    const parsed = parseJson(line);
    if (!Array.isArray(parsed)) return null;
    const [interval, code, payload]: readonly unknown[] = parsed;
    if (typeof interval !== 'number' || !(interval >= 0) || typeof payload !== 'string') return null;
    atMs += Math.round(interval * 1000);
    if (typeof code !== 'string' || atMs > MAX_AT_MS) return null;
    if (code === 'w' || code === 'd') index.push({ code, text: payload });
    if (!KNOWN_CODES.has(code)) continue;
    const event = parseEvent({ code, payload, atMs, seq });
    if (event === null) return null;
    if (event.kind === 'output') seq += 1;
    events.push(event);
  }
  const { startMs, cols, rows, keyframe } = start;
  return { startMs, cols, rows, keyframe, events, index };
}

const KNOWN_CODES: ReadonlySet<string> = new Set(['o', 'r', 'm', 'x']);

function codeAndPayload(event: Exclude<WrittenEvent, { kind: 'output' }>): [string, string] {
  switch (event.kind) {
    case 'resize':
      return ['r', `${event.cols}x${event.rows}`];
    case 'marker':
      return ['m', JSON.stringify(event.marker)];
    case 'exit':
      return ['x', String(event.status)];
    case 'index':
      return [event.code, event.text];
    default:
      return assertNever(event);
  }
}

function parseEvent(line: {
  code: string;
  payload: string;
  atMs: number;
  seq: number;
}): RecordedEvent | null {
  const { code, payload, atMs, seq } = line;
  if (code === 'o') return { kind: 'output', atMs, seq, bytes: utf8(payload) };
  if (code === 'r') {
    const size = /^(\d{1,4})x(\d{1,4})$/.exec(payload);
    if (size === null || !isTerminalSize(Number(size[1]), Number(size[2]))) return null;
    return { kind: 'resize', atMs, cols: Number(size[1]), rows: Number(size[2]) };
  }
  if (code === 'x')
    return /^-?\d{1,6}$/.test(payload) ? { kind: 'exit', atMs, status: Number(payload) } : null;
  const marker = Marker.safeParse(parseJson(payload));
  return marker.success ? { kind: 'marker', atMs, marker: marker.data } : null;
}

function parseHeader(value: unknown): SegmentStart | null {
  if (!isObject(value) || value['version'] !== 3) return null;
  const { term, sallyport } = value;
  if (!isObject(term) || !isObject(sallyport)) return null;
  const { cols, rows } = term;
  const { startMs, firstSeq, keyframe } = sallyport;
  if (!isCount(cols) || !isCount(rows) || !isCount(startMs) || !isCount(firstSeq)) return null;
  if (!isTerminalSize(cols, rows) || startMs > MAX_AT_MS) return null;
  if (keyframe === null) return { startMs, cols, rows, firstSeq, keyframe };
  if (!isObject(keyframe)) return null;
  const { screen, pending } = keyframe;
  if (typeof screen !== 'string' || typeof pending !== 'string') return null;
  return { startMs, cols, rows, firstSeq, keyframe: { screen, pending } };
}

function* linesOf(text: string): Generator<string, undefined> {
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    yield text.slice(from, end);
    from = end + 1;
  }
  return undefined;
}

function isTerminalSize(cols: number, rows: number): boolean {
  return cols >= 1 && cols <= MAX_COLS && rows >= 1 && rows <= MAX_ROWS;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
