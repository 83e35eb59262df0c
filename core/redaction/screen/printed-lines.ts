import { Params } from '../vt/params.ts';
import { Sgr } from '../vt/sgr.ts';
import { COUNTED } from './row.ts';
import type { Row } from './row.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const SGR_FINAL = 0x6d;

/** A character of a value: where it stands in the output, and what is shown instead; 0 where the character itself is. */
export interface PrintedMask {
  readonly prov: number;
  readonly glyph: number;
}

/** Whole lines as they were printed: ASCII and SGR sequences, CR LF at the end of each, no last row of one full to the margin. */
export interface PrintedLines {
  readonly bytes: Uint8Array;
  /** Rows that they take. */
  readonly count: number;
  /** Where the first byte stands in the output. */
  readonly prov: number;
  /** The rendition in force before them. */
  readonly sgr: Readonly<Pick<Sgr, 'fg' | 'bg' | 'flags'>>;
  /** Sorted by their places. */
  readonly masks: readonly PrintedMask[];
}

/** Lines whose bytes are in the store. */
interface StoredLines extends Omit<PrintedLines, 'bytes'> {
  start: number;
  readonly length: number;
}

const INITIAL_BYTES = 16_384;
/** A larger store is given back once it is empty. */
const KEPT_BYTES = 262_144;

/**
 * What scrolled past on the screen and was not looked at again: rows, and lines that were never put into any. Most of it leaves the
 * scrollback before anybody asks for a row.
 */
export class ScrolledLines {
  #entries: (Row | StoredLines)[] = [];
  /** Bytes of the lines, oldest first; those of forgotten ones stand before them until there is no more room. */
  #bytes = new Uint8Array(INITIAL_BYTES);
  #end = 0;
  count = 0;

  addRow(row: Row): void {
    this.#entries.push(row);
    this.count++;
  }

  /** Keeps a copy of the bytes. */
  addLines({ bytes, count, prov, sgr, masks }: PrintedLines): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#entries.push({ start: this.#end, length: bytes.length, count, prov, sgr, masks });
    this.#end += bytes.length;
    this.count += count;
  }

  #makeRoom(length: number): void {
    const first = this.#entries.find(entry => 'count' in entry)?.start ?? this.#end;
    const kept = this.#end - first;
    const into = kept + length > this.#bytes.length / 2 ? new Uint8Array(2 * (kept + length)) : this.#bytes;
    into.set(this.#bytes.subarray(first, this.#end));
    for (const entry of this.#entries) if ('count' in entry) entry.start -= first;
    this.#bytes = into;
    this.#end = kept;
  }

  /** Forgets the oldest entries beyond the last `kept` rows; rows among them are given back. */
  trim(kept: number, giveBack: (row: Row) => void): void {
    let dropped = 0;
    for (const entry of this.#entries) {
      const size = 'count' in entry ? entry.count : 1;
      if (this.count - size < kept) break;
      this.count -= size;
      dropped++;
      if (!('count' in entry)) giveBack(entry);
    }
    if (dropped > 0) this.#entries.splice(0, dropped);
  }

  /** The last `kept` rows, oldest first; nothing is left. */
  take(kept: number, cols: number, freshRow: () => Row): Row[] {
    const rows: Row[] = [];
    let skipped = Math.max(0, this.count - kept);
    for (const entry of this.#entries) {
      if ('count' in entry) {
        const nextRow = () => {
          const row = freshRow();
          rows.push(row);
          return row;
        };
        const bytes = this.#bytes.subarray(entry.start, entry.start + entry.length);
        writeLines({ ...entry, bytes }, { skipped, cols, nextRow });
        skipped = Math.max(0, skipped - entry.count);
      } else if (skipped > 0) skipped--;
      else rows.push(entry);
    }
    this.#entries = [];
    this.count = 0;
    this.#end = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(INITIAL_BYTES);
    return rows;
  }
}

/** Puts all but the first `skipped` rows into rows. */
function writeLines(
  lines: PrintedLines,
  { skipped, cols, nextRow }: { skipped: number; cols: number; nextRow: () => Row },
): void {
  const { bytes, prov, masks } = lines;
  let mask = 0;
  const sgr = new Sgr();
  sgr.fg = lines.sgr.fg;
  sgr.bg = lines.sgr.bg;
  sgr.flags = lines.sgr.flags;
  const params = new Params();
  let row = skipped > 0 ? null : nextRow();
  let left = skipped;
  let x = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === ESCAPE) i = applySgr(bytes, i, { sgr, params });
    else if (byte === LINE_FEED) {
      if (row !== null) finish(row, x, prov + bytes.length);
      left--;
      row = left <= 0 && i + 1 < bytes.length ? nextRow() : null;
      x = 0;
    } else if (byte !== CARRIAGE_RETURN) {
      if (x === cols) {
        if (row !== null) finish(row, x, prov + bytes.length);
        left--;
        row = left <= 0 ? nextRow() : null;
        if (row !== null) row.isWrapped = true;
        x = 0;
      }
      const masked = masks[mask];
      const isMasked = masked?.prov === prov + i;
      if (isMasked) mask++;
      if (row !== null) {
        if (isMasked) {
          row.shown[x] = masked.glyph;
          row.marks[x] = COUNTED;
          row.hasMarks = true;
        }
        row.cp[x] = byte;
        row.fg[x] = sgr.fg;
        row.bg[x] = sgr.bg;
        row.flags[x] = sgr.flags;
        row.prov[x] = prov + i;
        row.newest = prov + i;
      }
      x++;
    }
  }
}

/** They were looked at, and the detector's memory has them. */
function finish(row: Row, used: number, seenEnd: number): void {
  row.used = used;
  row.touch();
  row.markSeen(seenEnd);
  row.isCommitted = true;
}

/** Applies the SGR sequence at `from`; returns its last byte's offset. */
export function applySgr(
  bytes: Uint8Array,
  from: number,
  { sgr, params }: { sgr: Sgr; params: Params },
): number {
  params.reset();
  let i = from + 2;
  for (; i < bytes.length && bytes[i] !== SGR_FINAL; i++) params.put(bytes[i] ?? 0);
  sgr.apply(params);
  return i;
}
