import { isUtf8 } from 'node:buffer';
import type { RecordedEvent } from '../../../contract/recording.ts';
import {
  SEGMENT_MAX_BYTES,
  SEGMENT_MAX_MS,
  SEGMENT_MAX_UNPERSISTED_MS,
} from '../../../contract/recording.ts';
import type { SearchDirectory } from '../../../contract/search-index.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { createJsonLines } from '../../../core/recording/json-lines.ts';
import type { SegmentEncoder, WrittenEvent } from '../../../core/recording/segment.ts';
import { createSegmentEncoder } from '../../../core/recording/segment.ts';
import { createUtf8Pieces } from '../../../core/recording/utf8.ts';
import type { Dispose, Timers } from '../../timers.ts';
import type { KeyNote } from './command-lines.ts';
import { createCommandLines } from './command-lines.ts';
import { createKeyframeTaker } from './keyframes.ts';
import { createOverviewCounter } from './overview.ts';
import type { IndexPart, RecordPlace } from './search-indexer.ts';
import { createSearchIndexer } from './search-indexer.ts';

/** A keyframe stands at least this often while there is output: what a seek has to play at most. */
const KEYFRAME_EVERY_MS = 10_000;
const KEYFRAME_EVERY_BYTES = 256 * 1024;
/** What an event costs beside its bytes, for the recorder's queue. */
const EVENT_COST_BYTES = 64;

/** A closed segment that is not sealed yet. Times: milliseconds since the recording's start. */
export interface CutSegment {
  readonly plain: Uint8Array;
  readonly startMs: number;
  readonly endMs: number;
  readonly hasKeyframe: boolean;
  /** sum of what `costOf` said of its events */
  readonly costBytes: number;
  /** the number of its last event in the draft (draft.ts); 0 where the draft has none of it */
  readonly draftNumber: number;
  /** of a part of the search index: told where it was stored */
  readonly stored?: (place: RecordPlace) => void;
}

/** What the cutter takes beside events: that a key was pressed, for the commands (command-lines.ts). Nothing of it is recorded. */
export interface KeyEvent {
  readonly kind: 'key';
  readonly atMs: number;
  readonly note: KeyNote;
}
export type CutterEvent = RecordedEvent | KeyEvent;

export interface SegmentCutterOptions {
  readonly cols: number;
  readonly rows: number;
  readonly timers: Timers;
  /** what sealing and fsync take of the 250 ms within which output must be durable */
  readonly marginMs: () => number;
  readonly onCut: (segment: CutSegment) => void;
  /** Keyframes cannot be made any more: a recording without them could not be replayed. */
  readonly onFault: (error: unknown) => void;
}

/** Encodes events and cuts them into segments: by size at once, by age from a timer. */
export interface SegmentCutter {
  /** `event.atMs`: milliseconds since the recording's start. `draftNumber`: its number in the draft, 0 where it has none. */
  add(event: CutterEvent, draftNumber?: number): void;
  /** Closes the open segment, if there is one. */
  cut(): void;
  /** The screen after all that was cut; empty within an escape sequence. */
  screen(): { readonly cols: number; readonly rows: number; readonly text: string };
  /** The recording is over: cuts what is left of the search index. */
  cutIndex(): void;
  /** After all that was cut is stored: cuts the segment that says where the search index stands. */
  cutDirectory(): void;
  dispose(): void;
}

export function costOf(event: CutterEvent): number {
  if (event.kind === 'key') return 0;
  return EVENT_COST_BYTES + (event.kind === 'output' ? event.bytes.length : 0);
}

interface OpenSegment {
  readonly encoder: SegmentEncoder;
  readonly startMs: number;
  readonly hasKeyframe: boolean;
  /** bytes of the header line, which do not count as output */
  readonly headerLength: number;
  readonly events: (WrittenEvent | KeyEvent)[];
  costBytes: number;
  draftNumber: number;
  hasOutput: boolean;
  cancelTimer: Dispose;
}

export function createSegmentCutter(options: SegmentCutterOptions): SegmentCutter {
  const { timers, onCut } = options;
  let { cols, rows } = options;
  const keyframes = createKeyframeTaker(cols, rows);
  const commands = createCommandLines(keyframes.terminal);
  const index = createSearchIndexer();
  const overview = createOverviewCounter();
  const characters = createUtf8Pieces(isUtf8);
  const lines = createJsonLines();
  let nextSeq = 1;
  let cutSegments = 0;
  let lastEndMs = 0;
  let lastKeyframeMs: number | null = null;
  let bytesSinceKeyframe = 0;
  let open: OpenSegment | null = null;
  let scratch = new Uint8Array(0);

  const isKeyframeDue = (atMs: number): boolean =>
    lastKeyframeMs === null ||
    bytesSinceKeyframe >= KEYFRAME_EVERY_BYTES ||
    atMs - lastKeyframeMs >= KEYFRAME_EVERY_MS;

  const begin = (atMs: number, seq: number): OpenSegment => {
    const startMs = Math.max(lastEndMs, Math.round(atMs));
    const keyframe = isKeyframeDue(startMs) ? keyframes.take() : null;
    if (keyframe !== null) {
      lastKeyframeMs = startMs;
      bytesSinceKeyframe = 0;
      index.beginBlock(cutSegments);
    }
    const encoder = createSegmentEncoder({ startMs, cols, rows, firstSeq: seq, keyframe }, lines);
    return {
      encoder,
      startMs,
      hasKeyframe: keyframe !== null,
      headerLength: encoder.length,
      events: [],
      costBytes: 0,
      draftNumber: 0,
      hasOutput: false,
      cancelTimer: timers.after(SEGMENT_MAX_MS, close),
    };
  };

  const close = (): void => {
    if (open === null) return;
    const { encoder, startMs, hasKeyframe, events, costBytes, draftNumber, cancelTimer } = open;
    open = null;
    cancelTimer();
    lastEndMs = encoder.endMs;
    cutSegments += 1;
    onCut({ plain: encoder.finish(), startMs, endMs: encoder.endMs, hasKeyframe, costBytes, draftNumber });
    try {
      follow(events);
      index.screen(keyframes.lines());
      const part = index.nextPart();
      if (part !== null) cutPart(part);
      for (const { atMs, marker } of commands.take()) add({ kind: 'marker', atMs, marker });
    } catch (error) {
      options.onFault(error);
    }
  };

  const cutPart = ({ content, stored }: IndexPart): void => {
    const start = { startMs: lastEndMs, cols, rows, firstSeq: nextSeq, keyframe: null };
    const encoder = createSegmentEncoder(start);
    encoder.add({ kind: 'index', atMs: lastEndMs, code: 'w', text: JSON.stringify(content) });
    cutSegments += 1;
    const times = { startMs: lastEndMs, endMs: lastEndMs };
    onCut({ plain: encoder.finish(), ...times, ...OF_THE_INDEX, hasKeyframe: false, stored });
  };

  /** The pieces as one, in memory that the next call uses again. */
  const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (scratch.length < length) scratch = new Uint8Array(2 * length);
    let at = 0;
    for (const piece of pieces) {
      scratch.set(piece, at);
      at += piece.length;
    }
    return scratch.subarray(0, length);
  };

  /** Brings the keyframes' terminal up to the end of a segment, with as few writes as its resizes allow. */
  const follow = (events: readonly (WrittenEvent | KeyEvent)[]): void => {
    let pieces: Uint8Array[] = [];
    const write = () => {
      const [first] = pieces;
      if (first === undefined) return;
      const bytes = pieces.length === 1 ? first : joined(pieces);
      pieces = [];
      keyframes.write(bytes);
      index.output(bytes);
    };
    for (const event of events) {
      if (event.kind === 'output') {
        const { bytes, atMs } = event;
        overview.output(atMs, bytes.length);
        const lineEnd = commands.awaitsLineEnd ? bytes.indexOf(LINE_FEED) : -1;
        if (lineEnd < 0 && !hasShellMark(bytes)) {
          pieces.push(bytes);
          continue;
        }
        pieces.push(lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd + 1));
        commands.at(atMs);
        write();
        if (lineEnd >= 0) {
          commands.lineEnded();
          pieces.push(bytes.subarray(lineEnd + 1));
        }
      } else if (event.kind === 'key') {
        write();
        commands.at(event.atMs);
        commands.key(event.note);
      } else if (event.kind === 'marker') overview.mark(event.atMs, event.marker);
      else if (event.kind === 'resize') {
        write();
        keyframes.resize(event.cols, event.rows);
      }
    }
    write();
  };

  const add = (event: CutterEvent, draftNumber = 0): void => {
    if (event.kind === 'key') {
      if (open === null) follow([event]);
      else open.events.push(event);
      return;
    }
    const bytes = event.kind === 'output' ? event.bytes.length : 0;
    if (open !== null && open.encoder.length - open.headerLength + bytes > SEGMENT_MAX_BYTES) close();
    if (event.kind === 'output') nextSeq = event.seq;
    open ??= begin(event.atMs, nextSeq);
    const written = toWritten(event);
    open.encoder.add(written);
    open.events.push(written);
    open.costBytes += costOf(event);
    open.draftNumber = Math.max(open.draftNumber, draftNumber);
    bytesSinceKeyframe += bytes;
    if (event.kind === 'output') {
      nextSeq += 1;
      if (!open.hasOutput) {
        open.hasOutput = true;
        open.cancelTimer();
        open.cancelTimer = timers.after(SEGMENT_MAX_UNPERSISTED_MS - options.marginMs(), close);
      }
    }
    if (event.kind === 'resize') ({ cols, rows } = event);
    if (open.encoder.length - open.headerLength >= SEGMENT_MAX_BYTES) close();
  };

  return {
    add,
    cut() {
      close();
      // the commands that were found in it stand in a segment behind it
      close();
    },
    screen: () => ({ cols, rows, text: keyframes.take()?.screen ?? '' }),
    cutIndex() {
      index.close();
      for (let part = index.nextPart(); part !== null; part = index.nextPart()) cutPart(part);
    },
    cutDirectory() {
      const keyframe = keyframes.take();
      if (keyframe === null) return;
      const startMs = lastEndMs;
      const encoder = createSegmentEncoder({ startMs, cols, rows, firstSeq: nextSeq, keyframe });
      const directory: SearchDirectory = { leaves: index.directory(), overview: overview.overview(startMs) };
      encoder.add({ kind: 'index', atMs: startMs, code: 'd', text: JSON.stringify(directory) });
      onCut({ plain: encoder.finish(), startMs, endMs: startMs, ...OF_THE_INDEX, hasKeyframe: true });
    },
    dispose() {
      open?.cancelTimer();
      open = null;
      commands.dispose();
      keyframes.dispose();
    },
  };

  function toWritten(event: RecordedEvent): WrittenEvent {
    switch (event.kind) {
      case 'output':
        return { kind: 'output', atMs: event.atMs, bytes: characters.push(event.bytes) };
      case 'resize':
      case 'marker':
      case 'exit':
        return event;
      default:
        return assertNever(event);
    }
  }
}

const OF_THE_INDEX = { costBytes: 0, draftNumber: 0 };
const LINE_FEED = 0x0a;
/** Shell integration (OSC 133, see command-lines.ts). */
const SHELL_MARK = '\x1b]133;';

function hasShellMark(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(SHELL_MARK, 0, 'latin1');
}
