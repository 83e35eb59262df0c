import { MARK_BITS } from '../detect/gate/character-kinds.ts';
import type { GateTables } from '../detect/gate/gate.ts';
import { ADDRESS_CHARS, BEHIND_KEY, OF_RECORDS } from '../detect/clear/clear-marks.ts';
import type { ClearKnowledge } from '../detect/clear/clear-knowledge.ts';
import { IBAN_COUNTRIES } from '../detect/clear/clear-numbers.ts';
import { isNothing } from '../detect/context/named-value.ts';
import type { ShapeTrie } from '../detect/secrets/shape-trie.ts';
import { SHAPE_CLASS_OF } from '../detect/secrets/shape-trie.ts';
import type { TakenLines } from '../line-detector.ts';
import type { TallyCounts } from '../structure/vote-tally.ts';
import type { KernelExports } from './kernel-module.ts';
import { instantiateKernel } from './kernel-module.ts';

/** Who reads lines with the kernel: when another one begins, it takes back what the kernel has counted and read for it. */
export interface KernelUser {
  leave(): void;
}

/** Pieces in which output is put before the kernel; a line that does not fit into one takes the long way. */
const WINDOW_BYTES = 16_384;
const PAGE_BYTES = 65_536;
const ASCII = 0x80;
/** Longest line that `takeLine` takes. */
const MAX_LINE = 2048;
const END_OF_LIST = 0xffff;
/** So many characters of a line are told to a trie of shapes. */
const SHAPE_REACH = 64;

/**
 * The short way as WebAssembly: lines without values are read as bytes, many in one call (assembly/lines.ts, by the rules of detect/clear).
 * One is shared by all forks of a detector, by one user at a time.
 */
export interface LineKernel {
  /** Makes `user` the one whose lines are read; it goes on with these counts. */
  claim(user: KernelUser, counts: () => TallyCounts): void;
  /** Nobody uses it any more. */
  release(): void;
  /** See `LineDetector`. */
  takeLines(bytes: Uint8Array, from: number, cols: number): TakenLines;
  takeLine(codes: Uint16Array, length: number): boolean;
  readonly counts: TallyCounts;
  /** The line that was taken last. */
  readonly passedLine: string;
  /** Where the numbers of the line begin and end that was read last. */
  readonly numbers: Int32Array;
}

/** Null where WebAssembly or its vectors are not there, or not allowed: the long way gives the same. */
export function createLineKernel(gate: GateTables, clear: ClearKnowledge): LineKernel | null {
  if (gate.trie.endings.length > END_OF_LIST) return null;
  const tries = triesOf(clear);
  if (tries.some(({ reach }) => reach > SHAPE_REACH)) return null;
  const kernel = instantiateKernel({
    answerTo: (at, count) => clear.words.answerTo(textAt(at, count)),
    isNothing: (at, count) => (isNothing(textAt(at, count)) ? 1 : 0),
    isTaken: (trie, at, count) => (tries[trie]?.isTaken(textAt(at, count)) === false ? 0 : 1),
  });
  if (kernel === null) return null;
  const textAt = (at: number, count: number): string =>
    asciiText(new Uint8Array(kernel.memory.buffer, at, count));
  fillTables(kernel, gate, clear);
  return new MemoryKernel(kernel, textAt);
}

function asciiText(bytes: Uint8Array): string {
  // apply takes any array-like; the declaration knows arrays only
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

class MemoryKernel implements LineKernel, TakenLines {
  readonly #kernel: KernelExports;
  readonly #textAt: (at: number, count: number) => string;
  readonly #input: Uint8Array;
  readonly #rows: Int32Array;
  #user: KernelUser | null = null;
  end = 0;
  rows = 0;
  lastReset = -1;
  lastSgr = -1;

  constructor(kernel: KernelExports, textAt: (at: number, count: number) => string) {
    this.#kernel = kernel;
    this.#textAt = textAt;
    // its memory does not grow any more
    this.#input = new Uint8Array(kernel.memory.buffer, kernel.INPUT.value, kernel.MAX_INPUT.value);
    this.#rows = new Int32Array(kernel.memory.buffer, kernel.ROWS.value, MAX_CELLS);
  }

  claim(user: KernelUser, counts: () => TallyCounts): void {
    if (this.#user === user) return;
    this.#user?.leave();
    this.#user = user;
    const { delimiter, cells, rows } = counts();
    this.#rows.set(rows.subarray(0, cells));
    this.#kernel.setTally(delimiter, cells);
  }

  release(): void {
    this.#user = null;
  }

  takeLines(bytes: Uint8Array, from: number, cols: number): TakenLines {
    const kernel = this.#kernel;
    this.end = from;
    this.rows = 0;
    this.lastReset = -1;
    this.lastSgr = -1;
    for (;;) {
      const start = this.end;
      const length = Math.min(WINDOW_BYTES, bytes.length - start);
      this.#input.set(bytes.subarray(start, start + length));
      const taken = kernel.takeLines(length, cols);
      this.end += taken;
      this.rows += kernel.takenRows();
      const reset = kernel.lastResetAt();
      const sgr = kernel.lastSgrAt();
      if (reset >= 0) this.lastReset = start + reset;
      if (sgr >= 0) this.lastSgr = start + sgr;
      // it stopped at a line that the window cuts: on from there
      const isCut = kernel.isCut() !== 0 && taken > 0 && start + length < bytes.length;
      if (!isCut) return this;
    }
  }

  takeLine(codes: Uint16Array, length: number): boolean {
    if (length >= MAX_LINE) return false;
    this.#input.set(codes.subarray(0, length));
    return this.#kernel.takeLine(length) !== 0;
  }

  get counts(): TallyCounts {
    return { delimiter: this.#kernel.tallyDelimiter(), cells: this.#kernel.tallyCells(), rows: this.#rows };
  }

  get numbers(): Int32Array {
    const { memory, NUMBERS, numberCount } = this.#kernel;
    return new Int32Array(memory.buffer, NUMBERS.value, 2 * numberCount.value);
  }

  get passedLine(): string {
    return this.#textAt(this.#kernel.passedLineAt(), this.#kernel.passedLineLength());
  }
}

const MAX_CELLS = 64;

/** Puts tables into the kernel's memory: small ones where they are expected, the others behind its own. */
function fillTables(kernel: KernelExports, gate: GateTables, clear: ClearKnowledge): void {
  const { trie } = gate;
  const { at: endingsAt, list } = listed(trie.endings);
  const literalTables = [clear.sightOf, clear.traits, clear.leastBody];
  const tries = triesOf(clear).map(({ tables }) => tables);
  const tables = [
    ...[trie.next, endingsAt, list, ...literalTables],
    ...tries.flatMap(({ next, isShape, begins }) => [next, isShape, begins]),
  ];
  const end = tables.reduce((at, table) => aligned(at + table.byteLength), kernel.TABLES.value);
  const missing = end - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE_BYTES));
  const memory = new Uint8Array(kernel.memory.buffer);
  let at = kernel.TABLES.value;
  const [next = 0, endings = 0, endingList = 0, sights = 0, traits = 0, least = 0, ...shapes] = tables.map(
    table => {
      const start = at;
      memory.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), start);
      at = aligned(at + table.byteLength);
      return start;
    },
  );
  kernel.setTrie(next, trie.width, endings, endingList);
  kernel.setLiterals(sights, traits, least, gate.hasDigitLiteral ? 1 : 0);
  kernel.setPolicy(clear.worthALook, clear.ofLines, clear.hidesPrivateIps ? 1 : 0);
  memory.set(new Uint8Array(Uint32Array.from(shapes).buffer), kernel.TRIES.value);
  memory.set(new Uint8Array(MARK_BITS.slice(0, ASCII).buffer), kernel.MARK_BITS.value);
  memory.set(packed(trie.begins), kernel.BEGINS.value);
  memory.set(IBAN_COUNTRIES, kernel.IBAN_COUNTRIES.value);
  memory.set(gate.kinds.subarray(0, ASCII), kernel.KINDS.value);
  memory.set(trie.kindOf.subarray(0, ASCII), kernel.KIND_OF.value);
  memory.set(trie.classOf.subarray(0, ASCII), kernel.CLASS_OF.value);
  memory.set(SHAPE_CLASS_OF.subarray(0, ASCII), kernel.SHAPE_CLASSES.value);
  memory.set(ADDRESS_CHARS, kernel.ADDRESS_CHARS.value);
  memory.set(BEHIND_KEY, kernel.BEHIND_KEY.value);
  memory.set(OF_RECORDS, kernel.OF_RECORDS.value);
}

function triesOf({ shapes, namedShapes, wholeShapes }: ClearKnowledge): readonly ShapeTrie[] {
  return [shapes, namedShapes, wholeShapes];
}

function aligned(at: number): number {
  return (at + 7) & ~7;
}

/** Lists one after the other, each with an end; where each begins, 0 for none. */
function listed(lists: readonly (readonly number[] | null)[]): { at: Uint16Array; list: Uint16Array } {
  const list = [END_OF_LIST];
  const at = lists.map(each => {
    if (each === null) return 0;
    const start = list.length;
    list.push(...each, END_OF_LIST);
    return start;
  });
  return { at: Uint16Array.from(at), list: Uint16Array.from(list) };
}

/** A bit for each byte that is not 0. */
function packed(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array(bytes.length >> 3);
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i] !== 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  return bits;
}
