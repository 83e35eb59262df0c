/**
 * Where everything stands in the kernel's memory, and what its parts tell each other. The host fills the tables once; the addresses of
 * those whose size depends on the policy are set by it.
 */

/** Longest line that is read here. */
export const MAX_CELLS: i32 = 2048;
/** Behind a line, so many bytes may be written over by whole vectors. */
const SLACK: i32 = 64;

export const KINDS: usize = 0x1000;
export const MARK_BITS: usize = KINDS + 0x80;
export const KIND_OF: usize = MARK_BITS + 0x200;
export const CLASS_OF: usize = KIND_OF + 0x80;
export const SHAPE_CLASSES: usize = CLASS_OF + 0x80;
export const ADDRESS_CHARS: usize = SHAPE_CLASSES + 0x80;
export const BEHIND_KEY: usize = ADDRESS_CHARS + 0x80;
export const OF_RECORDS: usize = BEHIND_KEY + 0x80;
export const IBAN_COUNTRIES: usize = OF_RECORDS + 0x80;
/** Three tries of shapes: addresses of `next`, `isShape`, `begins`. */
export const TRIES: usize = IBAN_COUNTRIES + 0x300;
/** See kinds.ts. */
export const MARKS_BY_BITS: usize = 0x1900;
/** A bit for each triple of kinds that a literal may begin with. */
export const BEGINS: usize = 0x2000;
/** Words and what is known of them. */
export const WORDS: usize = BEGINS + 0x8000;
export const WORD_SLOTS: i32 = 4096;
export const MAX_WORD: i32 = 20;
/** Length, codes, answer; a power of two. */
export const WORD_SHIFT: i32 = 5;
export const ROWS: usize = WORDS + 0x20000;
export const ENDS: usize = ROWS + 0x200;
export const NUMBERS: usize = ENDS + 0x200;
export const FOUND: usize = NUMBERS + 0x4000;
export const MAX_FOUND: i32 = 8192;
export const LINE: usize = FOUND + 12 * 8192;
export const OTHER_LINE: usize = LINE + MAX_CELLS + SLACK;
export const INPUT: usize = 0x60000;
export const MAX_INPUT: i32 = 0x10000;
/** The host's tables stand from here on. */
export const TABLES: usize = INPUT + MAX_INPUT + 0x100;

/** See the gate: `next` by state and class, its width, where the literals that end in a state are listed (0: none), and the list. */
export let trieNext: usize = 0;
export let trieWidth: i32 = 0;
export let endingsAt: usize = 0;
export let endings: usize = 0;
/** By literal: what it shows, what it is (`IS_WORD` …), how many characters stand behind it at least. */
export let sightOf: usize = 0;
export let traitsOf: usize = 0;
export let leastBody: usize = 0;
export let hasDigitLiteral: bool = false;
export let hidesPrivateIps: bool = false;
export let worthALook: i32 = 0;
export let ofLines: i32 = 0;

export function setTrie(next: usize, width: i32, at: usize, list: usize): void {
  trieNext = next;
  trieWidth = width;
  endingsAt = at;
  endings = list;
}

export function setLiterals(sights: usize, traits: usize, least: usize, hasDigits: bool): void {
  sightOf = sights;
  traitsOf = traits;
  leastBody = least;
  hasDigitLiteral = hasDigits;
}

export function setPolicy(worth: i32, lines: i32, hidesPrivate: bool): void {
  worthALook = worth;
  ofLines = lines;
  hidesPrivateIps = hidesPrivate;
}

/** Traits of literals. */
export const IS_WORD: i32 = 1;
export const IS_OPTION: i32 = 2;
export const IS_PHRASE: i32 = 4;
export const IS_PLACE: i32 = 8;
export const IS_UNIT: i32 = 16;
export const IS_SMALL: i32 = 32;
export const IS_GEO: i32 = 64;
export const NAMES_NUMBERS: i32 = 128;
export const NAMES_PHONES: i32 = 256;
export const NAMES_CODES: i32 = 512;

/** The line that is being read: its first code, and how many. */
export let line: usize = LINE;
export let length: i32 = 0;
/** What the gate saw. */
export let sights: i32 = 0;
export let marks: i32 = 0;
export let numberCount: i32 = 0;
export let foundCount: i32 = 0;

export function setLine(at: usize, count: i32): void {
  line = at;
  length = count;
}

export function setSeen(seenSights: i32, seenMarks: i32, numbers: i32): void {
  sights = seenSights;
  marks = seenMarks;
  numberCount = numbers;
}

export function setFoundCount(count: i32): void {
  foundCount = count;
}

export function codeAt(at: i32): i32 {
  return load<u8>(line + <usize>at);
}

export function numberStart(i: i32): i32 {
  return load<i32>(NUMBERS + ((<usize>i) << 3));
}

export function numberEnd(i: i32): i32 {
  return load<i32>(NUMBERS + ((<usize>i) << 3), 4);
}
