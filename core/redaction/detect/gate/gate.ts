import { KIND, kindsOfCharacters, MARK_BITS } from './character-kinds.ts';
import { isDigit, isLetter } from '../characters.ts';
import { literalsOf, SIGHT } from './gate-literals.ts';
import type { Literal } from './gate-literals.ts';
import type { WordTrie } from './word-trie.ts';
import { createWordTrie } from './word-trie.ts';

export { SIGHT } from './gate-literals.ts';
export type { Literal } from './gate-literals.ts';

/** A literal of the gate at a place of the line. */
export interface Anchor {
  readonly literal: Literal;
  readonly start: number;
  readonly end: number;
}

/** A line as UTF-16 codes, and what one pass over them saw. The gate's own memory: good until its next look. */
export interface Scan {
  readonly codes: Uint16Array;
  readonly length: number;
  readonly sights: number;
  /** See `MARK` of character-kinds.ts. */
  readonly marks: number;
  /** Runs of ASCII digits, left to right: start, end, start, end … */
  readonly numbers: Int32Array;
  /** How many numbers of `numbers` are the line's. */
  readonly numberCount: number;
  /** Literals: index into `literals`, start, end; sorted by their ends; of those with one end, the longest first. */
  readonly found: Int32Array;
  readonly foundCount: number;
  readonly literals: readonly Literal[];
}

export interface Sightings extends Scan {
  /** What `found` says; it stays good. */
  readonly anchors: readonly Anchor[];
}

/** What the gate looks things up in; the kernel has the same tables. */
export interface GateTables {
  readonly trie: WordTrie;
  readonly kinds: Uint8Array;
  readonly hasDigitLiteral: boolean;
}

export interface Gate {
  readonly literals: readonly Literal[];
  readonly tables: GateTables;
  /** One pass, linear; with no sight set, nothing in the line needs a closer look. */
  look(line: string): Sightings;
  /** The same for a line that was not made into a string. */
  scan(codes: Uint16Array, length: number): Scan;
}

/** More anchors than this in a line add nothing: the nearest ones decide, and a hostile line stays cheap. */
const MAX_FOUND = 8192;
const NO_ANCHORS: readonly Anchor[] = [];
const MIN_LONG_TOKEN = 26;
const FIRST_NUMBERS = 256;
const FIRST_UNITS = 512;
/** Numbers that one entry of `found` takes. */
const FOUND_STRIDE = 3;

/**
 * Builds the gate for the given secret prefixes (index = rule) and the policy's further column names. A literal that begins with a
 * letter is looked for where a word begins only: no detector takes a prefix from the middle of a word.
 */
export function createGate(secretPrefixes: readonly (readonly string[])[], columns: readonly string[]): Gate {
  return new LiteralGate(literalsOf(secretPrefixes, columns));
}

class LiteralGate implements Gate, Sightings {
  readonly literals: readonly Literal[];
  readonly tables: GateTables;
  readonly #sightOf: Int32Array;
  readonly #isWord: Uint8Array;
  readonly #kinds: Uint8Array;
  readonly #hasDigitLiteral: boolean;
  readonly #begins: Uint8Array;
  readonly #kindOf: Uint8Array;
  readonly #classOf: Uint8Array;
  readonly #next: Uint16Array;
  readonly #width: number;
  readonly #endings: readonly (readonly number[] | null)[];
  #units = new Uint16Array(FIRST_UNITS);
  codes: Uint16Array = this.#units;
  length = 0;
  sights = 0;
  marks = 0;
  numbers: Int32Array = new Int32Array(FIRST_NUMBERS);
  numberCount = 0;
  found: Int32Array = new Int32Array(FOUND_STRIDE * 16);
  foundCount = 0;
  anchors: readonly Anchor[] = NO_ANCHORS;

  constructor(literals: readonly Literal[]) {
    const texts = literals.map(each => each.text);
    const trie = createWordTrie(
      texts,
      literals.map(each => each.isWord),
    );
    this.literals = literals;
    this.#sightOf = Int32Array.from(literals, each => each.sight);
    this.#isWord = Uint8Array.from(literals, each => (each.isWord ? 1 : 0));
    this.#kinds = kindsOfCharacters(texts);
    this.#hasDigitLiteral = texts.some(text => isDigit(text.charCodeAt(0)));
    this.tables = { trie, kinds: this.#kinds, hasDigitLiteral: this.#hasDigitLiteral };
    this.#begins = trie.begins;
    this.#kindOf = trie.kindOf;
    this.#classOf = trie.classOf;
    this.#next = trie.next;
    this.#width = trie.width;
    this.#endings = trie.endings;
  }

  look(line: string): Sightings {
    const { length } = line;
    if (length > this.#units.length) this.#units = new Uint16Array(2 * length);
    const units = this.#units;
    for (let i = 0; i < length; i++) units[i] = line.charCodeAt(i);
    this.scan(units, length);
    this.anchors = this.foundCount === 0 ? NO_ANCHORS : this.#anchorsFound();
    return this;
  }

  scan(codes: Uint16Array, length: number): Scan {
    const kinds = this.#kinds;
    const begins = this.#begins;
    const kindOf = this.#kindOf;
    const hasDigitLiteral = this.#hasDigitLiteral;
    let { numbers } = this;
    let sights = 0;
    let marks = 0;
    let digits = 0;
    let colons = 0;
    let dashes = 0;
    let quad = 0;
    let lastDot = -0x100;
    let count = 0;
    let token = 0;
    let before: number = KIND.other;
    // the last capitalised word
    let nameStart = -8;
    let nameEnd = -8;
    let wasTitle = false;
    this.codes = codes;
    this.length = length;
    this.foundCount = 0;
    for (let i = 0; i < length; ) {
      const code = codes[i] ?? 0;
      const kind = kinds[code] ?? 0;
      const start = i++;
      if (kind === KIND.other) {
        before = KIND.other;
        continue;
      }
      // 1: literals may begin here, behind no other character of a word; 2: within one
      let begin = 0;
      if (kind === KIND.mark) {
        marks |= MARK_BITS[code] ?? 0;
        if (code === 0x2d) dashes++;
        else if (code === 0x2e) {
          // three numbers with a dot behind each, or two dots with four characters between them
          quad = before === KIND.digit ? (start - lastDot <= 4 ? quad + 1 : 1) : 0;
          if (quad >= 3 || start - lastDot === 5) sights |= SIGHT.address;
          lastDot = start;
        } else if (code === 0x3a) {
          colons++;
          if (i < length && codes[i] === 0x3a) sights |= SIGHT.colons | SIGHT.address;
        }
        // of a long rule of hyphens, only the last five may begin a PEM header
        if (code !== 0x2d || start + 5 >= length || codes[start + 5] !== 0x2d) begin = 1;
        before = KIND.other;
      } else if (kind > KIND.mark) {
        if (start === nameEnd) nameEnd = i;
        else if (before === KIND.other && kind === KIND.letter) {
          if (wasTitle && start <= nameEnd + 2) sights |= SIGHT.names;
          wasTitle = true;
          nameStart = start;
          nameEnd = i;
        }
        const isGlued =
          before === KIND.digit ||
          (kind === KIND.letter && before !== KIND.other && before !== KIND.ideograph);
        if (!isGlued) begin = 1;
        before = kind;
      } else {
        while (i < length && kinds[codes[i] ?? 0] === kind) i++;
        const isTokenStart = before === KIND.other || before > KIND.mark;
        if (isTokenStart) token = start;
        if (i - token >= MIN_LONG_TOKEN) sights |= SIGHT.longToken;
        if (start === nameEnd) nameEnd = i;
        else if (isTokenStart && kind === KIND.upper) {
          // `Jane Doe`, `J. Doe`, `JANE DOE`, not `INFO Server`
          const isTitle = i === start + 1;
          // one of the two has four letters: `Sun Dec` is a date
          if (
            start <= nameEnd + 2 &&
            codes[start - 1] === 0x20 &&
            (isTitle ? wasTitle : i > start + 2) &&
            (start > nameStart + 4 ||
              (start + 3 < length && (kinds[codes[start + 3] ?? 0] ?? 0) !== KIND.other))
          )
            sights |= SIGHT.names;
          wasTitle = isTitle;
          nameStart = start;
          nameEnd = i;
        }
        if (kind === KIND.digit) {
          // a street is longer than the name of a month
          if (
            start > nameStart + 5 &&
            (start === nameEnd + 1 || (start === nameEnd + 2 && codes[nameEnd] === 0x2e))
          )
            sights |= SIGHT.house;
          digits += i - start;
          if (count + 2 > numbers.length) numbers = this.#growNumbers();
          numbers[count++] = start;
          numbers[count++] = i;
          if (hasDigitLiteral && before === KIND.other) begin = 1;
        } else if (isTokenStart || (before === KIND.lower && kind === KIND.upper)) {
          // a secret may stand right behind a letter that is no part of its alphabet
          begin = before !== KIND.letter ? 1 : 2;
        }
        before = kind;
      }
      if (begin === 0) continue;
      const second = start + 1 < length ? (kindOf[codes[start + 1] ?? 0] ?? 0) : 0;
      const third = start + 2 < length ? (kindOf[codes[start + 2] ?? 0] ?? 0) : 0;
      if (begins[((kindOf[code] ?? 0) << 12) | (second << 6) | third] === 1)
        sights |= this.#takeFrom(start, begin === 1);
    }
    // a plate or a post code on a line of its own has two digits
    if (digits >= 4 || (digits >= 2 && length <= 40)) sights |= SIGHT.digits;
    if (colons >= 2 || dashes >= 5) sights |= SIGHT.colons;
    if (colons >= 5 || dashes >= 5) sights |= SIGHT.address;
    this.sights = sights;
    this.marks = marks;
    this.numberCount = count >> 1;
    return this;
  }

  /** Takes the literals that begin at `start`, within a word only those that are no words; says what they are. */
  #takeFrom(start: number, isWordStart: boolean): number {
    const { codes, length } = this;
    const classOf = this.#classOf;
    const next = this.#next;
    const width = this.#width;
    const endings = this.#endings;
    let sights = 0;
    let state = 0;
    for (let i = start; i < length; i++) {
      state = next[state * width + (classOf[codes[i] ?? 0] ?? 0)] ?? 0;
      if (state === 0) break;
      const ending = endings[state];
      if (ending === null || ending === undefined) continue;
      for (const index of ending) {
        if (this.#isWord[index] === 1 && !(isWordStart && isWordEnd(codes, i + 1, length))) continue;
        sights |= this.#sightOf[index] ?? 0;
        this.#insert(index, start, i + 1);
      }
    }
    return sights;
  }

  /** Keeps what was found sorted by the ends: a longer literal that began before may end later than a shorter one inside it. */
  #insert(index: number, start: number, end: number): void {
    if (this.foundCount >= MAX_FOUND) return;
    let at = this.foundCount++ * FOUND_STRIDE;
    if (at + FOUND_STRIDE > this.found.length) {
      const larger = new Int32Array(this.found.length * 2);
      larger.set(this.found);
      this.found = larger;
    }
    const { found } = this;
    for (; at > 0 && (found[at - 1] ?? 0) > end; at -= FOUND_STRIDE)
      found.copyWithin(at, at - FOUND_STRIDE, at);
    found[at] = index;
    found[at + 1] = start;
    found[at + 2] = end;
  }

  #anchorsFound(): readonly Anchor[] {
    const { found, literals } = this;
    const anchors: Anchor[] = [];
    for (let at = 0; at < this.foundCount * FOUND_STRIDE; at += FOUND_STRIDE) {
      const literal = literals[found[at] ?? 0];
      if (literal !== undefined)
        anchors.push({ literal, start: found[at + 1] ?? 0, end: found[at + 2] ?? 0 });
    }
    return anchors;
  }

  #growNumbers(): Int32Array {
    const larger = new Int32Array(this.numbers.length * 2);
    larger.set(this.numbers);
    this.numbers = larger;
    return larger;
  }
}

/** Letters may not go on behind a word; a camel-case hump counts as a border. */
function isWordEnd(codes: Uint16Array, end: number, length: number): boolean {
  if (end >= length) return true;
  const after = codes[end] ?? 0;
  return !isLetter(after) || isHump(codes[end - 1] ?? 0, after);
}

function isHump(left: number, right: number): boolean {
  const isLowerLeft = (left >= 0x61 && left <= 0x7a) || (left >= 0x30 && left <= 0x39);
  return (isLowerLeft && right >= 0x41 && right <= 0x5a) || left > 0x2e7f || right > 0x2e7f;
}
