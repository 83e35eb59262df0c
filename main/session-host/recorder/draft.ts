import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { DraftedEvent, DraftEntry } from '../../../contract/recording-draft.ts';
import type { RecordedEvent } from '../../../contract/recording.ts';
import type { RedactionPolicy } from '../../../contract/redaction.ts';
import type { Dispose, Timers } from '../../timers.ts';
import { draftKey, draftPreamble, SALT_BYTES, sealBatch } from './draft-seal.ts';
import type { SpoolHandle } from './spool-file.ts';
import { diskFailure, writeAt } from './spool-file.ts';

/** Of the 250 ms within which output must outlive the process. What passes through the hold faster is never written here. */
export const DRAFT_HELD_AFTER_MS = 60;
/** Longer than a segment takes to be cut and stored: sealing is late, and what waits for it goes here meanwhile. */
export const DRAFT_LATE_AFTER_MS = 210;
/** Of output that floods, only what is held is written twice. */
const MAX_UNSTORED_BYTES = 256 * 1024;

/**
 * The draft of a recording: what is accepted and not in the recording's file yet, because it is not decided (undecided-hold.ts) or its sealing is late,
 * encrypted for this device alone, so that a killed process has not lost it. recover-draft.ts brings it into the recording, redacted again. It is emptied
 * as soon as all of it is in segments.
 *
 * Whenever an entry is in the draft, everything in front of it is in the recording's file or in the draft.
 */
export interface Draft {
  /** Accepted; `offset`: of its first byte in all output. Returns its number, which goes along with the event into its segment. */
  add(event: RecordedEvent, offset: number, isHeld: boolean): number;
  /** Everything up to this number is not held any more. */
  passed(number: number): void;
  /** The character at this offset of all output is part of a value. */
  hide(offset: number): void;
  /** Before a segment is written: afterwards the recording has `segments`, and everything up to `number` is in them. */
  willStore(number: number, segments: number): Promise<void>;
  /** The segment is written. */
  stored(number: number): void;
  /** The recording is on the disk up to that many segments. */
  synced(segments: number): void;
  /** Nothing is written any more. `isWhole`: all is in the recording, and the draft is removed. */
  close(isWhole: boolean): Promise<void>;
}

export interface DraftOptions {
  readonly path: string;
  /** an empty file: making one may wait for a busy disk, so it is there before it is needed */
  readonly handle: SpoolHandle;
  readonly devicePrivateKeyPem: string;
  readonly sessionId: string;
  readonly policy: RedactionPolicy;
  readonly timers: Timers;
  /** Closes the open segment. Returns the terminal after it; `written` resolves when the recording's file has all that was cut. */
  readonly cut: () => { readonly screen: Screen; readonly written: () => Promise<void> };
  readonly onFault: (error: unknown) => void;
}

interface Screen {
  readonly cols: number;
  readonly rows: number;
  readonly text: string;
}

interface Unstored {
  readonly number: number;
  readonly offset: number;
  /** by the timers' clock */
  readonly sinceMs: number;
  readonly isHeld: boolean;
  readonly event: RecordedEvent;
}

export function createDraft(options: DraftOptions): Draft {
  const { timers } = options;
  let unstored: Unstored[] = [];
  let unstoredBytes = 0;
  let hidden: number[] = [];
  let lastNumber = 0;
  let lastPassed = 0;
  let alarm: { readonly dueMs: number; readonly cancel: Dispose } | null = null;
  let flushing: Promise<void> | null = null;
  let syncing: Promise<void> | null = null;
  let isSyncDue = false;
  let isClosed = false;
  const { handle } = options;
  const file: { key: Uint8Array; size: number; batches: number } = {
    key: new Uint8Array(),
    size: 0,
    batches: 0,
  };
  /** the last number in the file; 0: nothing in it counts */
  let written = 0;
  /** the newest promise of `willStore` */
  let promised = { number: 0, segments: 0 };
  /** One at a time has the file. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const fault = (error: unknown): void => options.onFault(diskFailure(error));

  const append = async (entries: readonly DraftEntry[]): Promise<void> => {
    const parts: Uint8Array[] = [];
    if (file.size === 0) {
      const salt = randomBytes(SALT_BYTES);
      file.key = draftKey(options, salt);
      file.batches = 0;
      parts.push(draftPreamble(salt));
    }
    parts.push(sealBatch(file.key, file.batches++, entries));
    const bytes = Buffer.concat(parts);
    await writeAt(handle, bytes, file.size);
    file.size += bytes.length;
    sync();
  };
  /** What was written outlives the process; a slow disk, which makes it outlive the machine, does not hold up what is written next. */
  const sync = (): void => {
    isSyncDue = true;
    syncing ??= (async () => {
      while (isSyncDue) {
        isSyncDue = false;
        await handle.datasync();
      }
    })()
      .catch(fault)
      .finally(() => {
        syncing = null;
      });
  };

  const flush = async (): Promise<void> => {
    const cut = options.cut();
    const after = lastPassed;
    if (unstoredBytes > MAX_UNSTORED_BYTES) await cut.written();
    await inTurn(async () => {
      const fresh = unstored.filter(({ number }) => number > written);
      const hides = hidden.map(offset => ({ kind: 'hide', offset }) as const);
      hidden = [];
      const isNothing = fresh.length === 0 && (hides.length === 0 || written === 0);
      if (isClosed || isNothing) return;
      const batch: DraftEntry[] = [...fresh.map(entryOf), ...hides];
      if (written === 0) {
        const { text: screen, ...size } = cut.screen;
        batch.unshift({ kind: 'begin', ...size, screen, after, policy: options.policy });
      }
      if (promised.number > 0) batch.push({ kind: 'stored', ...promised });
      await append(batch);
      written = fresh.at(-1)?.number ?? written;
    });
  };
  /** When the next of what is neither stored nor written has to be written; null: nothing waits. */
  const dueMs = (): number | null => {
    const next = unstored.find(({ number }) => number > written);
    if (next === undefined) return hidden.length > 0 && written > 0 ? timers.nowMs() : null;
    const held = unstored.find(({ number, isHeld }) => isHeld && number > written && number > lastPassed);
    const heldDueMs = held === undefined ? Infinity : held.sinceMs + DRAFT_HELD_AFTER_MS;
    return Math.min(heldDueMs, next.sinceMs + DRAFT_LATE_AFTER_MS);
  };
  const schedule = (wantedMs: number): void => {
    if (isClosed || flushing !== null || (alarm !== null && alarm.dueMs <= wantedMs)) return;
    alarm?.cancel();
    alarm = { dueMs: wantedMs, cancel: timers.after(Math.max(0, wantedMs - timers.nowMs()), ring) };
  };
  const again = (): void => {
    const wantedMs = dueMs();
    if (wantedMs !== null) schedule(wantedMs);
  };
  const ring = (): void => {
    alarm = null;
    const wantedMs = dueMs();
    if (wantedMs === null) return;
    if (wantedMs > timers.nowMs()) return schedule(wantedMs);
    flushing = flush()
      .catch(fault)
      .finally(() => {
        flushing = null;
        again();
      });
  };

  return {
    add(event, offset, isHeld) {
      const sinceMs = timers.nowMs();
      unstored.push({ number: ++lastNumber, offset, sinceMs, isHeld, event });
      unstoredBytes += bytesOf(event);
      schedule(sinceMs + (isHeld ? DRAFT_HELD_AFTER_MS : DRAFT_LATE_AFTER_MS));
      return lastNumber;
    },
    passed(number) {
      lastPassed = number;
    },
    hide(offset) {
      hidden.push(offset);
      schedule(timers.nowMs() + DRAFT_HELD_AFTER_MS);
    },
    willStore(number, segments) {
      const isWritten = written > promised.number;
      promised = { number, segments };
      if (!isWritten) return Promise.resolve();
      return inTurn(async () => {
        if (!isClosed && written > 0) await append([{ kind: 'stored', ...promised }]);
      }).catch((error: unknown) => {
        throw diskFailure(error);
      });
    },
    stored(number) {
      const isBehind = (each: Unstored): boolean => each.number <= number;
      unstoredBytes -= unstored.filter(isBehind).reduce((sum, { event }) => sum + bytesOf(event), 0);
      unstored = unstored.filter(each => !isBehind(each));
    },
    synced(segments) {
      const isDone = (): boolean =>
        written > 0 && promised.number >= written && promised.segments <= segments && !isClosed;
      if (!isDone()) return;
      void inTurn(async () => {
        if (!isDone()) return;
        // Without its salt nobody opens it; what is written next stands over it.
        await writeAt(handle, NO_PREAMBLE, 0);
        file.size = 0;
        written = 0;
      }).catch(fault);
    },
    async close(isWhole) {
      isClosed = true;
      alarm?.cancel();
      await flushing;
      await inTurn(async () => {
        await syncing;
        await handle.close();
        if (isWhole) await rm(options.path, { force: true });
      });
    },
  };
}

const NO_PREAMBLE = new Uint8Array(draftPreamble(new Uint8Array(SALT_BYTES)).length);

function bytesOf(event: RecordedEvent): number {
  return event.kind === 'output' ? event.bytes.length : 0;
}

function entryOf({ number, offset, event }: Unstored): DraftEntry {
  return { kind: 'held', number, offset, event: draftedOf(event) };
}

function draftedOf(event: RecordedEvent): DraftedEvent {
  if (event.kind !== 'output') return event;
  const { kind, atMs, seq, bytes } = event;
  return { kind, atMs, seq, base64: Buffer.from(bytes).toString('base64') };
}
