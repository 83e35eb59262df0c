import type { Keyframe, ReplayEvent } from '../../contract/ipc.ts';
import type { RecordedEvent, RecordingHeader, TimelineMark } from '../../contract/recording.ts';
import { assertNever } from '../../core/assert-never.ts';
import type { KeyframePlace } from '../../core/recording/chain-writer.ts';
import { markOf } from './marks.ts';
import type { OpenedSegment, SegmentReader } from './segment-reader.ts';

export interface ReplayWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromKeyframe: boolean;
}

export interface ReplayPiece {
  readonly keyframe: Keyframe | null;
  readonly events: readonly ReplayEvent[];
  /** the events end here: `toMs`, or earlier where that was much */
  readonly upToMs: number;
}

/** Characters that one window gives; a player asks for the rest when it gets there. */
const MAX_WINDOW_CHARS = 2 * 1024 * 1024;
/** A keyframe whose segment is damaged is passed over; further back than this there is no use in looking. */
const MAX_KEYFRAMES_TRIED = 8;

export interface ReplayWindowsOptions {
  readonly reader: SegmentReader;
  readonly header: RecordingHeader;
  /** of the first record after the header */
  readonly firstOffset: number;
  /** keyframes that are known by now, in order */
  readonly places: () => readonly KeyframePlace[];
}

interface Place {
  readonly atMs: number;
  readonly offset: number;
}

/** Reads a recording by windows, from the keyframe before or on from where the last one ended. Only what a window needs is fetched. */
export function createReplayWindows({ reader, header, firstOffset, places }: ReplayWindowsOptions) {
  /** where the window before ended: the next one mostly goes on from there */
  let cursor: Place | null = null;

  const placesBefore = (atMs: number): Place[] => {
    const known = places();
    const found: Place[] = [];
    for (let i = lastIndexAt(known, atMs); i >= 0 && found.length < MAX_KEYFRAMES_TRIED; i--) {
      const [, offset = 0, startMs = 0] = known[i] ?? [];
      found.push({ offset, atMs: startMs });
    }
    return found.length === 0 ? [{ atMs: 0, offset: firstOffset }] : found;
  };

  /** The keyframe that can be opened next before `atMs`; an empty screen of the first size where there is none. */
  const keyframeBefore = async (atMs: number): Promise<{ place: Place; frame: Keyframe }> => {
    const candidates = placesBefore(atMs);
    for (const place of candidates) {
      const record = await reader.recordAt(place.offset);
      const segment = record?.segment ?? null;
      const content = segment === null ? null : (await reader.open(segment)).content;
      const keyframe = content?.keyframe ?? null;
      if (content === null || keyframe === null) continue;
      const { cols, rows, startMs } = content;
      return { place, frame: { atMs: startMs, cols, rows, text: keyframe.screen + keyframe.pending } };
    }
    const place = candidates.at(-1) ?? { atMs: 0, offset: firstOffset };
    const { cols, rows } = header;
    return { place, frame: { atMs: place.atMs, cols, rows, text: '' } };
  };

  /**
   * Where reading goes on without a keyframe. What stands at exactly `fromMs` may begin in a segment before the one that the cursor or a
   * keyframe of that very moment names, so both have to be earlier.
   */
  const placeToGoOn = (fromMs: number): Place => {
    const [, offset = firstOffset, atMs = 0] = places()[firstIndexFrom(places(), fromMs) - 1] ?? [];
    return cursor !== null && cursor.atMs < fromMs && cursor.atMs >= atMs ? cursor : { atMs, offset };
  };

  return {
    async read({ fromMs, toMs, fromKeyframe }: ReplayWindow): Promise<ReplayPiece> {
      const keyframe = fromKeyframe ? await keyframeBefore(fromMs) : null;
      const firstMs = keyframe?.place.atMs ?? fromMs;
      let { offset } = keyframe?.place ?? placeToGoOn(fromMs);
      const events: ReplayEvent[] = [];
      let chars = 0;
      let upToMs = toMs;
      for (
        let record = await reader.recordAt(offset);
        record !== null;
        record = await reader.recordAt(offset)
      ) {
        if (record.segment !== null) {
          const { startMs, endMs } = record.segment.header;
          if (startMs >= toMs) break;
          cursor = { atMs: startMs, offset };
          reader.openAhead(offset, toMs);
          const found = eventsOf(await reader.open(record.segment), firstMs, toMs);
          events.push(...found);
          for (const event of found) if (event.kind === 'output') chars += event.text.length;
          // what is exactly at the end of this segment may go on in the next: it comes with the next window
          if (chars > MAX_WINDOW_CHARS && endMs > fromMs && endMs < toMs) {
            upToMs = endMs;
            break;
          }
        }
        offset = record.endOffset;
      }
      const isCut = upToMs < toMs;
      return {
        keyframe: keyframe?.frame ?? null,
        events: isCut ? events.filter(event => event.atMs < upToMs) : events,
        upToMs,
      };
    },
  };
}

/** Index of the last keyframe at or before a time; -1 where there is none. */
function lastIndexAt(places: readonly KeyframePlace[], atMs: number): number {
  return firstIndexFrom(places, atMs, true) - 1;
}

/** Index of the first keyframe at a time or later (with `isAfter`: only later); their number where there is none. */
function firstIndexFrom(places: readonly KeyframePlace[], atMs: number, isAfter = false): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const placeMs = places[middle]?.[2] ?? 0;
    if (placeMs < atMs || (isAfter && placeMs === atMs)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Events of a segment in [fromMs, toMs); one that cannot be shown is a mark in its place. */
export function eventsOf(opened: OpenedSegment, fromMs: number, toMs: number): ReplayEvent[] {
  const { header, content, failure } = opened;
  if (failure !== null) {
    const text = `Segment ${header.sequence} cannot be shown: ${failure.message}`;
    const mark: TimelineMark = { atMs: header.startMs, kind: 'gap', text };
    return [{ kind: 'mark', atMs: Math.max(fromMs, header.startMs), mark }];
  }
  return content.events
    .filter(event => event.atMs >= fromMs && event.atMs < toMs)
    .flatMap(event => replayEventOf(event));
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function replayEventOf(event: RecordedEvent): ReplayEvent[] {
  switch (event.kind) {
    case 'output':
      return [{ kind: 'output', atMs: event.atMs, text: decoder.decode(event.bytes) }];
    case 'resize':
      return [{ kind: 'resize', atMs: event.atMs, cols: event.cols, rows: event.rows }];
    case 'marker':
      return markOf(event).map(mark => ({ kind: 'mark', atMs: event.atMs, mark }));
    case 'exit':
      return [];
    default:
      return assertNever(event);
  }
}
