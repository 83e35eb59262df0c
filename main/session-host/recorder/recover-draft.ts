import { isUtf8 } from 'node:buffer';
import { open, readFile } from 'node:fs/promises';
import type { DraftedEvent, DraftEntry } from '../../../contract/recording-draft.ts';
import type { RecordedEvent } from '../../../contract/recording.ts';
import { SEGMENT_MAX_BYTES } from '../../../contract/recording.ts';
import type { MaskMark, RedactionAction, RedactionPolicy } from '../../../contract/redaction.ts';
import { createSegmentEncoder } from '../../../core/recording/segment.ts';
import { createUtf8Pieces } from '../../../core/recording/utf8.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../../core/redaction/stream/create-redactor.ts';
import type { DraftKeyInput } from './draft-seal.ts';
import { readDraft } from './draft-seal.ts';
import type { CutSegment } from './segment-cutter.ts';
import { writeAt } from './spool-file.ts';
import { masked } from './undecided-hold.ts';

type Held = Extract<DraftEntry, { kind: 'held' }>;
type Begin = Extract<DraftEntry, { kind: 'begin' }>;

type DraftSegment = Pick<CutSegment, 'plain' | 'startMs' | 'endMs' | 'hasKeyframe'>;

/**
 * What a killed process held back of its recording and had in its draft, as segments to be stored behind the `segments` that the recording has, the last of
 * which ends at `endMs`. The draft then knows of them: a recovery that is killed in its turn brings nothing twice. A value in it is masked: those that were found while it was held, and those that the redactor finds now that the line is over. Empty where
 * there is no draft, or nothing in it that the recording lacks.
 */
export async function readDraftSegments(
  path: string,
  from: DraftKeyInput & { readonly segments: number; readonly endMs: number },
): Promise<DraftSegment[]> {
  const bytes = await readFile(path).catch(() => null);
  const draft = bytes === null ? null : readDraft(bytes, from);
  if (draft === null) return [];
  const { entries } = draft;
  const [begin] = entries;
  if (begin?.kind !== 'begin') return [];
  const held = entries.filter(entry => entry.kind === 'held');
  const hidden = entries.flatMap(entry => (entry.kind === 'hide' ? [entry.offset] : []));
  const stored = storedOf(entries, from);
  const { events, cols, rows } = redactAgain(begin, maskHidden(held, hidden), stored);
  const segments = segmentsOf(events, { cols, rows, endMs: from.endMs });
  const notes = segments.map(
    ({ number }, i): DraftEntry => ({ kind: 'stored', segments: from.segments + i + 1, number }),
  );
  await overwrite(path, draft.length, draft.next(notes));
  return segments;
}

/**
 * The last number that stands in the recording. What is earlier than its last segment's end does, in any case: after a loss of power the draft may lack the entry
 * that says so.
 */
function storedOf(
  entries: readonly DraftEntry[],
  { segments, endMs }: { readonly segments: number; readonly endMs: number },
): number {
  let last = 0;
  for (const entry of entries) {
    if (entry.kind === 'stored' && entry.segments <= segments) last = Math.max(last, entry.number);
    if (entry.kind === 'held' && Math.round(entry.event.atMs) < endMs) last = Math.max(last, entry.number);
  }
  return last;
}

/** What was torn gives way. */
async function overwrite(path: string, at: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(at);
    await writeAt(file, bytes, at);
    await file.datasync();
  } finally {
    await file.close();
  }
}

interface Numbered {
  readonly number: number;
  readonly event: RecordedEvent;
}

function maskHidden(held: readonly Held[], hidden: readonly number[]): Numbered[] {
  return held.map(({ number, offset, event: drafted }) => {
    const event = eventOf(drafted);
    if (event.kind !== 'output') return { number, event };
    const end = offset + event.bytes.length;
    const inside = hidden.filter(at => at >= offset && at < end).map(at => at - offset);
    return { number, event: { ...event, bytes: masked(event.bytes, inside) } };
  });
}

/**
 * What was held when the draft was begun and came later goes through a redactor that has seen the screen before; what of it is in the recording already (up to
 * number `stored`) for what it tells about the rest. What had passed the hold by then is as it was recorded.
 */
function redactAgain(begin: Begin, all: readonly Numbered[], stored: number) {
  let { cols, rows } = begin;
  const pieces: { readonly number: number; readonly event: RecordedEvent; readonly start: number }[] = [];
  const hidden: number[] = [];
  let marks: MaskMark[] = [];
  let returned = 0;
  const policy = withoutTokens(begin.policy);
  const redactor = createRedactor({
    cols,
    rows,
    policy,
    detector: createLineDetector(policy),
    tokenOf: null,
    onMask: mark => void marks.push(mark),
    onBlock: () => undefined,
    onLateMask: offset => void hidden.push(offset),
  });
  const take = (output: Uint8Array, like: Numbered | undefined): void => {
    const start = returned;
    returned += output.length;
    if (like?.event.kind === 'output')
      pieces.push({ number: like.number, start, event: { ...like.event, bytes: output.slice() } });
    if (like !== undefined)
      for (const mask of marks) {
        const event = { kind: 'marker', atMs: like.event.atMs, marker: { kind: 'mask', mask } } as const;
        pieces.push({ number: like.number, start: returned, event });
      }
    marks = [];
  };
  take(redactor.write(new TextEncoder().encode(begin.screen)), undefined);
  take(redactor.flush(), undefined);
  let last: Numbered | undefined;
  let size = { cols, rows };
  let isBehind = true;
  for (const next of all) {
    const { event } = next;
    if (next.number <= begin.after) {
      pieces.push({ number: next.number, start: -1, event });
      if (event.kind === 'resize' && next.number <= stored) size = { cols: event.cols, rows: event.rows };
      continue;
    }
    if (isBehind && next.number > stored) {
      isBehind = false;
      take(redactor.flush(), last);
    }
    if (event.kind === 'output') {
      take(redactor.write(event.bytes), next);
      last = next;
      continue;
    }
    if (event.kind === 'resize') {
      take(redactor.resize(event.cols, event.rows), last);
      ({ cols, rows } = event);
      if (next.number <= stored) size = { cols, rows };
    }
    pieces.push({ number: next.number, start: returned, event });
  }
  take(redactor.end(), last);
  const events = pieces
    .filter(({ number, event }) => number > stored && !(event.kind === 'output' && event.bytes.length === 0))
    .map(({ number, event, start }): Numbered => {
      if (event.kind !== 'output' || start < 0) return { number, event };
      const end = start + event.bytes.length;
      const inside = hidden.filter(at => at >= start && at < end).map(at => at - start);
      return { number, event: { ...event, bytes: masked(event.bytes, inside) } };
    });
  return { events, ...size };
}

/** The key of tokens is gone with the session. */
function withoutTokens(policy: RedactionPolicy): RedactionPolicy {
  const plain = (action: RedactionAction): RedactionAction => (action === 'token' ? 'mask' : action);
  return {
    ...policy,
    default: plain(policy.default),
    entities: Object.fromEntries(
      Object.entries(policy.entities).map(([entity, action]) => [entity, plain(action)]),
    ),
  };
}

function segmentsOf(
  events: readonly Numbered[],
  start: { readonly cols: number; readonly rows: number; readonly endMs: number },
): (DraftSegment & { readonly number: number })[] {
  const characters = createUtf8Pieces(isUtf8);
  const segments: (DraftSegment & { readonly number: number })[] = [];
  let { cols, rows } = start;
  let firstSeq = events.map(({ event }) => event).find(event => event.kind === 'output')?.seq ?? 1;
  let number = 0;
  let startMs = start.endMs;
  for (let at = 0; at < events.length; ) {
    const encoder = createSegmentEncoder({ startMs, cols, rows, firstSeq, keyframe: null });
    for (; at < events.length && encoder.length < SEGMENT_MAX_BYTES; at++) {
      const next = events[at];
      if (next === undefined) break;
      ({ number } = next);
      const { event } = next;
      encoder.add(event.kind === 'output' ? { ...event, bytes: characters.push(event.bytes) } : event);
      if (event.kind === 'output') firstSeq += 1;
      if (event.kind === 'resize') ({ cols, rows } = event);
    }
    const { endMs } = encoder;
    segments.push({ plain: encoder.finish(), startMs, endMs, hasKeyframe: false, number });
    startMs = endMs;
  }
  return segments;
}

function eventOf(event: DraftedEvent): RecordedEvent {
  if (event.kind !== 'output') return event;
  const { kind, atMs, seq, base64 } = event;
  return { kind, atMs, seq, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
}
