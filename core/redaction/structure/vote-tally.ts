import { MARK } from '../detect/gate/character-kinds.ts';
import { isNothing, isValueStart } from '../detect/context/named-value.ts';
import type { Scan } from '../detect/gate/gate.ts';
import { nameless } from './column.ts';
import type { Table } from './table.ts';
import { NO_TABLE } from './table.ts';
import { delimiterIn, MAX_CELLS, VOTE_DELIMITERS } from './voting.ts';

const COMMA = 0x2c;
const QUOTE = 0x22;
const BAR = 0x7c;
/** The longest spelling of nothing. */
const MAX_NOTHING = 11;

/** Rows of separated values: code of the delimiter, how many cells a row has, and how many of each were values. */
export interface TallyCounts {
  readonly delimiter: number;
  readonly cells: number;
  readonly rows: Int32Array;
}

/**
 * Rows of separated values without a finding in them, counted without being made into strings: what `votingAfter` remembers of such rows
 * where nothing speaks for a column yet.
 */
export class VoteTally {
  #delimiter = 0;
  #count = 0;
  readonly #rows = new Int32Array(MAX_CELLS);
  /** Where the cells of the line end that is being counted. */
  readonly #ends = new Int32Array(MAX_CELLS + 1);

  /** Takes over what a table remembers; false where it remembers more than rows. */
  begin(table: Table): boolean {
    this.#count = 0;
    if (table.kind === 'none') return true;
    if (table.kind !== 'voting' || table.columns.length > MAX_CELLS) return false;
    if (table.columns.some(column => column.vote !== null || column.verified > 0)) return false;
    this.#delimiter = table.delimiter.charCodeAt(0);
    this.#count = table.columns.length;
    table.columns.forEach((column, i) => {
      this.#rows[i] = column.rows;
    });
    return true;
  }

  /** The table as it is remembered. */
  get table(): Table {
    if (this.#count === 0) return NO_TABLE;
    const columns = nameless(this.#count).map((column, i) => ({ ...column, rows: this.#rows[i] ?? 0 }));
    return { kind: 'voting', delimiter: String.fromCharCode(this.#delimiter), columns };
  }

  /** What it counted so far, for the kernel to go on with. */
  get counts(): TallyCounts {
    return { delimiter: this.#delimiter, cells: this.#count, rows: this.#rows };
  }

  /** Goes on with what the kernel has counted. */
  set counts({ delimiter, cells, rows }: TallyCounts) {
    this.#delimiter = delimiter;
    this.#count = cells;
    this.#rows.set(rows.subarray(0, cells));
  }

  /** Whether rows are remembered: then a footer or a prompt would end the table. */
  get isOpen(): boolean {
    return this.#count > 0;
  }

  /** Two values a row, parted by commas: names and values perhaps, a pair a line. */
  get arePairs(): boolean {
    return this.#count === 2 && this.#delimiter === COMMA;
  }

  /** Whether the row of a complete line without findings can be counted here: no cell of it is quoted. */
  canCount({ codes, length, marks }: Scan): boolean {
    if ((marks & VOTE_DELIMITERS) === 0 || (marks & MARK.quote) === 0) return true;
    const delimiter = this.#count === 0 ? delimiterIn(marks).charCodeAt(0) : this.#delimiter;
    for (let at = 0; at < length; at++)
      if (codes[at] === QUOTE && (at === 0 || codes[at - 1] === delimiter)) return delimiter === BAR;
    return true;
  }

  /** Counts the row of a line that `canCount` holds for. */
  count({ codes, length, marks }: Scan): void {
    if ((marks & VOTE_DELIMITERS) === 0) {
      this.#count = 0;
      return;
    }
    if (this.#count === 0) this.#delimiter = delimiterIn(marks).charCodeAt(0);
    const delimiter = this.#delimiter;
    const ends = this.#ends;
    let count = 0;
    for (let at = 0; at < length; at++) if (codes[at] === delimiter && count < MAX_CELLS) ends[count++] = at;
    if (count === 0 || count === MAX_CELLS) {
      this.#count = 0;
      return;
    }
    ends[count++] = length;
    const rows = this.#rows;
    if (count !== this.#count) rows.fill(0, 0, count);
    this.#count = count;
    let start = 0;
    for (let i = 0; i < count; i++) {
      const end = ends[i] ?? 0;
      if (isValue(codes, start, end)) rows[i] = (rows[i] ?? 0) + 1;
      start = end + 1;
    }
  }
}

/** Something other than blanks and the spellings of nothing stands between the offsets. */
function isValue(codes: Uint16Array, start: number, end: number): boolean {
  let from = start;
  while (from < end && isBlank(codes[from] ?? 0)) from++;
  if (from === end) return false;
  if (isValueStart(codes[from] ?? 0)) return true;
  let to = end;
  while (to > from && isBlank(codes[to - 1] ?? 0)) to--;
  return to - from > MAX_NOTHING || !isNothing(String.fromCharCode(...codes.subarray(from, to)));
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
