import { maskGlyph } from '../../../core/redaction/mask.ts';
import { encodeUtf8 } from '../../../core/redaction/vt/parser.ts';
import type { Dispose, Timers } from '../../timers.ts';
import type { Draft } from './draft.ts';
import type { CutterEvent } from './segment-cutter.ts';

/** Nothing was typed for so long: what waits is recorded as it is. */
export const HOLD_QUIET_MS = 3_000;
/** Whoever types one line for longer has it recorded in parts. */
export const HOLD_MAX_MS = 30_000;
const HOLD_MAX_BYTES = 64 * 1024;

/** Holds back recorded output that is not decided yet, and all that came after it; masks in it what was a value after all. */
export interface UndecidedHold {
  add(event: CutterEvent): void;
  /** See `Recorder.holdFrom`. */
  holdFrom(offset: number | null): void;
  /** See `Recorder.hide`. */
  hide(offset: number): void;
  /** Passes on all that waits. */
  release(): void;
}

interface Held {
  readonly event: CutterEvent;
  readonly draftNumber: number;
}

/** What else waits while the process lives, to outlive it (draft.ts). */
export type HoldDraft = Pick<Draft, 'add' | 'passed' | 'hide'>;

/**
 * `onEvent` gets each event once, in order; `original` is what was added, where masks were put in, `draftNumber` what the draft calls it, 0 where it
 * does not know it.
 */
export function createUndecidedHold(options: {
  readonly timers: Timers;
  readonly draft: HoldDraft | null;
  readonly onEvent: (event: CutterEvent, original: CutterEvent, draftNumber: number) => void;
}): UndecidedHold {
  const { timers, draft, onEvent } = options;
  let queue: Held[] = [];
  let hidden: number[] = [];
  let queuedBytes = 0;
  let acceptedBytes = 0;
  let passedBytes = 0;
  let heldFrom = Infinity;
  let sinceMs = 0;
  let cancelTimer: Dispose | null = null;

  const passOn = (event: CutterEvent, { event: original, draftNumber }: Held): void => {
    if (draftNumber > 0) draft?.passed(draftNumber);
    onEvent(event, original, draftNumber);
  };
  const pass = (held: Held): void => {
    const { event } = held;
    if (event.kind !== 'output') return passOn(event, held);
    const start = passedBytes;
    passedBytes += event.bytes.length;
    const inside = hidden.filter(offset => offset < passedBytes);
    if (inside.length === 0) return passOn(event, held);
    hidden = hidden.filter(offset => offset >= passedBytes);
    passOn(
      {
        ...event,
        bytes: masked(
          event.bytes,
          inside.map(offset => offset - start),
        ),
      },
      held,
    );
  };
  const release = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    const all = queue;
    queue = [];
    queuedBytes = 0;
    for (const held of all) pass(held);
  };
  /** What is decided by now leaves; the first output that is not, and all behind it, stays. */
  const releaseDecided = (): void => {
    let count = 0;
    let end = passedBytes;
    for (const { event } of queue) {
      end += event.kind === 'output' ? event.bytes.length : 0;
      if (end > heldFrom) break;
      count++;
    }
    if (count === queue.length) return release();
    for (const held of queue.splice(0, count)) {
      if (held.event.kind === 'output') queuedBytes -= held.event.bytes.length;
      pass(held);
    }
  };
  const giveUp = (): void => {
    release();
    if (heldFrom !== Infinity) heldFrom = Math.max(heldFrom, acceptedBytes);
  };
  const arm = (): void => {
    cancelTimer?.();
    const nowMs = timers.nowMs();
    cancelTimer = timers.after(Math.min(HOLD_QUIET_MS, sinceMs + HOLD_MAX_MS - nowMs), giveUp);
  };

  return {
    add(event) {
      const bytes = event.kind === 'output' ? event.bytes.length : 0;
      const start = acceptedBytes;
      acceptedBytes += bytes;
      const isHeld = queue.length > 0 || acceptedBytes > heldFrom;
      // keys are for finding commands, and nothing of them is written anywhere
      const draftNumber = event.kind === 'key' ? 0 : (draft?.add(event, start, isHeld) ?? 0);
      if (!isHeld) return pass({ event, draftNumber });
      if (queue.length === 0) sinceMs = timers.nowMs();
      queue.push({ event, draftNumber });
      queuedBytes += bytes;
      if (queuedBytes > HOLD_MAX_BYTES) giveUp();
      else if (bytes > 0) arm();
    },
    holdFrom(offset) {
      // what was given up is not asked back
      heldFrom = offset === null ? Infinity : Math.max(offset, passedBytes);
      if (queue.length > 0) releaseDecided();
    },
    hide(offset) {
      if (offset < passedBytes || hidden.includes(offset)) return;
      hidden.push(offset);
      draft?.hide(offset);
    },
    release,
  };
}

/** The bytes with the characters at these offsets masked. */
export function masked(bytes: Uint8Array, offsets: readonly number[]): Uint8Array {
  const hidden = new Set(offsets);
  const into = new Uint8Array(bytes.length + offsets.length * 3);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = hidden.has(at) ? sizeOf(bytes[at] ?? 0) : 1;
    const glyph = hidden.has(at) ? maskGlyph(codePointAt(bytes, at, size)) : 0;
    if (glyph !== 0) length += encodeUtf8(glyph, into, length);
    else for (let i = 0; i < size; i++) into[length++] = bytes[at + i] ?? 0;
    at += size;
  }
  return into.subarray(0, length);
}

function sizeOf(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function codePointAt(bytes: Uint8Array, at: number, size: number): number {
  const lead = bytes[at] ?? 0;
  let cp = size === 1 ? lead : lead & (0x7f >> size);
  for (let i = 1; i < size; i++) cp = (cp << 6) | ((bytes[at + i] ?? 0) & 0x3f);
  return cp;
}
