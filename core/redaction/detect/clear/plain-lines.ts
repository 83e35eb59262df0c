import { MARK } from '../gate/character-kinds.ts';
import { isDigit } from '../characters.ts';
import type { Gate, Scan } from '../gate/gate.ts';
import type { Table } from '../../structure/table.ts';
import { VoteTally } from '../../structure/vote-tally.ts';
import type { Clearance } from './clearance.ts';
import type { TakenLines } from '../../line-detector.ts';
import { isUnremembered, mayBePair } from './clear-structure.ts';

const COMMA = 0x2c;

/**
 * Complete lines without values, one after the other, of which later lines need nothing but the last one's text and how many rows of
 * separated values there were: they are read as codes, and become a memory when another line asks for one.
 */
export interface ShortWay {
  /** A line was taken and not remembered yet. */
  readonly isOpen: boolean;
  /** Whether lines can be taken while this table, and nothing else but a line, is remembered. */
  begin(table: Table): boolean;
  /** Takes a line of ASCII characters; false where it must be read as a string. Its codes must stay until the next one is taken. */
  take(codes: Uint16Array, length: number): boolean;
  /** See `LineDetector`. */
  takeLines?(bytes: Uint8Array, from: number, cols: number): TakenLines;
  /** What is remembered of the lines that were taken; forgets them. */
  takeMemory(): { readonly table: Table; readonly previous: string };
}

/** Reads each line by the gate's scan. */
export class PlainLines implements ShortWay {
  readonly #isClear: Clearance;
  readonly #gate: Gate;
  readonly #tally = new VoteTally();
  #codes: Uint16Array | null = null;
  #length = 0;

  constructor(isClear: Clearance, gate: Gate) {
    this.#isClear = isClear;
    this.#gate = gate;
  }

  get isOpen(): boolean {
    return this.#codes !== null;
  }

  begin(table: Table): boolean {
    return this.#tally.begin(table);
  }

  take(codes: Uint16Array, length: number): boolean {
    const scan = this.#gate.scan(codes, length);
    const isTaken =
      this.#isClear(scan) &&
      isUnremembered(scan) &&
      this.#tally.canCount(scan) &&
      !(this.#tally.isOpen && mayEndTable(scan)) &&
      !(this.#tally.arePairs && (scan.marks & MARK.comma) !== 0 && mayBePair(scan, COMMA));
    if (!isTaken) return false;
    this.#tally.count(scan);
    this.#codes = codes;
    this.#length = length;
    return true;
  }

  takeMemory(): { readonly table: Table; readonly previous: string } {
    const { table } = this.#tally;
    const codes = this.#codes?.subarray(0, this.#length) ?? new Uint16Array(0);
    this.#codes = null;
    // apply takes any array-like; the declaration knows arrays only
    return { table, previous: String.fromCharCode.apply(null, codes as unknown as number[]) };
  }
}

/** A footer or a prompt: `(3 rows)`, `3 rows in set`, `Empty set`, `Query OK`, `Time:`, `$ `. */
function mayEndTable({ codes, length, marks }: Scan): boolean {
  if ((marks & MARK.prompt) !== 0) return true;
  if (length === 0) return false;
  const first = codes[0] ?? 0;
  if (isDigit(first)) {
    let at = 0;
    while (at < length && isDigit(codes[at] ?? 0)) at++;
    return at + 1 < length && codes[at] === 0x20 && codes[at + 1] === 0x72;
  }
  return (
    first === 0x28 || first === 0x45 || first === 0x51 || first === 0x54 || first === 0x2e || first > 0x7f
  );
}
