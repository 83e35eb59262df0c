import { MARK } from '../gate/character-kinds.ts';
import { isAlnum, isAsciiLetter, isDigit, isWordChar } from '../characters.ts';
import type { Scan } from '../gate/gate.ts';

/** Longer lines are no headers with gaps, and open no blocks. */
const MAX_HEADER = 1024;
const MAX_BLOCK = 300;
const MAX_ITEM = 200;
/** As far as tables of rows, pairs and inserts are looked for at a line's beginning. */
const INSERT_REACH = 64;
const PAIR_REACH = 66;

const SMALL_O = 0x6f;

/**
 * Whether a line without values changes nothing in an empty memory, and has no structure of its own: it begins no table, block, record,
 * schema or insert, and no key stands in it before a bar or a tab. It errs towards false. What tables, blocks and schemas say of a line is
 * in the files of `structure`; each function here is the first question of one of them.
 */
export function isUnremembered(scan: Scan): boolean {
  const { codes, length, marks } = scan;
  if (length === 0) return true;
  let from = 0;
  while (from < length && isBlank(codes[from] ?? 0)) from++;
  if (from === length) return true;
  const first = codes[from] ?? 0;
  if (first >= 0x2500 || mayBeRule(codes, from, length)) return false;
  // tags, AsciiDoc, quoted headers
  if (first === 0x3c || first === 0x5e || first === 0x22 || first === 0x27) return false;
  const lower = first | 0x20;
  // COPY, CREATE
  if (lower === 0x63 && length - from > 6) {
    const second = (codes[from + 1] ?? 0) | 0x20;
    const third = (codes[from + 2] ?? 0) | 0x20;
    if ((second === SMALL_O && third === 0x70) || (second === 0x72 && third === 0x65)) return false;
  }
  if (from === 0 && mayBeSpacedHeader(scan)) return false;
  if (mayOpenBlock(scan) || mayNameNext(codes, from, length)) return false;
  if ((marks & MARK.parenthesis) !== 0 && mayInsert(scan)) return false;
  if ((marks & (MARK.pipe | MARK.tab)) !== 0 && mayBePair(scan, 0x7c)) return false;
  const hasDelimiter = (marks & (MARK.tab | MARK.pipe | MARK.comma | MARK.semicolon)) !== 0;
  return !hasDelimiter || !mayBeHeader(scan, from);
}

/** `name: …` and `- key: …`: the value may stand in the next line. */
function mayNameNext(codes: Uint16Array, from: number, length: number): boolean {
  const at = codes[from] === 0x2d && codes[from + 1] === 0x20 ? from + 2 : from;
  if (at + 5 >= length) return false;
  const first = (codes[at] ?? 0) | 0x20;
  const second = (codes[at + 1] ?? 0) | 0x20;
  const third = (codes[at + 2] ?? 0) | 0x20;
  if (first === 0x6b) return second === 0x65 && third === 0x79 && codes[at + 3] === 0x3a;
  if (first !== 0x6e || second !== 0x61 || third !== 0x6d) return false;
  return ((codes[at + 3] ?? 0) | 0x20) === 0x65 && codes[at + 4] === 0x3a;
}

/** Rules under headers, rules of dashes with gaps, rules of records: at the line's beginning, behind blanks. */
function mayBeRule(codes: Uint16Array, at: number, length: number): boolean {
  const first = codes[at] ?? 0;
  const second = at + 1 < length ? (codes[at + 1] ?? 0) : 0x2d;
  const third = at + 2 < length ? (codes[at + 2] ?? 0) : 0x2d;
  if (first === 0x7c) return true;
  if (first === 0x2d)
    return second === 0x20 ? third === 0x2d || third === 0x20 : !isAlnum(second) && second !== 0x2f;
  if (first === 0x2b) return second === 0x2d || second === 0x2b || second === 0x5b || second >= 0x2500;
  // `[ RECORD 1 ]`, `* Record 1`, `**** 1. row ****`
  if (first === 0x5b || first === 0x2a)
    return second === first || (second === 0x20 && (third | 0x20) === 0x72);
  return false;
}

/** Names in capitals with gaps between them, or behind an id: all of it may stand in such a header. */
function mayBeSpacedHeader({ codes, length }: Scan): boolean {
  const first = codes[0] ?? 0;
  if (length > MAX_HEADER || !isWordChar(first)) return false;
  const second = length > 1 ? (codes[1] ?? 0) : 0;
  const isCapital = first >= 0x41 && first <= 0x5a && !(second >= 0x61 && second <= 0x7a);
  let isCaps = isCapital;
  let isNames = true;
  for (let at = 0; at < length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x20 || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f) continue;
    if (code >= 0x61 && code <= 0x7a) isCaps = false;
    else {
      isNames = false;
      // `%/()-`
      isCaps &&= code === 0x25 || code === 0x2f || code === 0x28 || code === 0x29 || code === 0x2d;
    }
    if (!isCaps && !isNames) return false;
  }
  if (isCaps) return true;
  let end = 0;
  while (end < length && codes[end] !== 0x20) end++;
  return end < length && ((codes[end - 1] ?? 0) | 0x20) === 0x64 && ((codes[end - 2] ?? 0) | 0x20) === 0x69;
}

/** A key whose value comes below: its line ends with one of `:|>[`, or `|-` and its like; or an item of redis-cli. */
function mayOpenBlock({ codes, length }: Scan): boolean {
  const last = codes[length - 1] ?? 0;
  if (isAlnum(last)) return false;
  if (last === 0x22 && length < MAX_ITEM) {
    let quote = 0;
    while (codes[quote] !== 0x22) quote++;
    const before = quote > 1 ? codes[quote - 2] : 0;
    if (before === 0x29 || before === 0x23) return true;
  }
  if (length > MAX_BLOCK) return false;
  let at = length - 1;
  while (at > 0 && isBlank(codes[at] ?? 0)) at--;
  const shown = codes[at] ?? 0;
  // `|-`, `>+`
  if (shown === 0x2d || shown === 0x2b) return at > 0 && (codes[at - 1] === 0x7c || codes[at - 1] === 0x3e);
  return shown === 0x3a || shown === 0x7c || shown === 0x3e || shown === 0x5b || shown > 0x7f;
}

/** `INTO` somewhere, or `INSERT` or `REPLACE` near the beginning. */
function mayInsert({ codes, length }: Scan): boolean {
  for (let at = 0; at + 3 < length; at++) {
    const first = (codes[at] ?? 0) | 0x20;
    if (first !== 0x69 && first !== 0x72) continue;
    const second = (codes[at + 1] ?? 0) | 0x20;
    const third = (codes[at + 2] ?? 0) | 0x20;
    if (first === 0x69 && second === 0x6e && third === 0x74) return true;
    if (at > INSERT_REACH) continue;
    if (
      (first === 0x69 && second === 0x6e && third === 0x73) ||
      (first === 0x72 && second === 0x65 && third === 0x70)
    )
      return true;
  }
  return false;
}

/** `ssn | 078-05-1120`: a name stands at the line's beginning and the delimiter or a tab behind it. */
export function mayBePair({ codes, length }: Scan, delimiter: number): boolean {
  const stop = Math.min(length, PAIR_REACH);
  for (let at = 0; at < stop; at++) {
    const code = codes[at] ?? 0;
    if (code === delimiter || code === 0x09) return at > 0;
    if (code < 0x80 && !isWordChar(code) && code !== 0x20) return false;
  }
  return false;
}

/** Names with a delimiter between them, and no sign that no name holds. Quotes hide what stands in them. */
function mayBeHeader({ codes, length, marks }: Scan, from: number): boolean {
  if ((marks & MARK.quote) !== 0) return !hasSignFirst(codes, length, from);
  const first = codes[from] ?? 0;
  if (first < 0x80 && !isAsciiLetter(first) && first !== 0x5f) return false;
  let hasProse = false;
  for (let at = from; at < length; at++) {
    const code = codes[at] ?? 0;
    if (code === 0x2c && at + 1 < length && codes[at + 1] === 0x20) hasProse = true;
    if (code >= 0x80 || code <= 0x20 || isWordChar(code)) continue;
    // `.-/()|,;`
    const isInNames =
      (code >= 0x2c && code <= 0x2f) || code === 0x28 || code === 0x29 || code === 0x7c || code === 0x3b;
    if (!isInNames) return false;
  }
  // a comma with a blank behind it is one of a sentence, unless another delimiter makes the header
  return !hasProse || (marks & (MARK.tab | MARK.pipe | MARK.semicolon)) !== 0;
}

/** A sign that no name holds stands in the first cell, whatever the delimiter is, and before any quote. */
function hasSignFirst(codes: Uint16Array, length: number, from: number): boolean {
  for (let at = from; at < length; at++) {
    const code = codes[at] ?? 0;
    // `"`, tab, `|`, `,`, `;`, and what is said to be in names
    if (code === 0x22 || code === 0x09 || code === 0x7c || code === 0x2c || code === 0x3b) return false;
    if (code < 0x80 && code > 0x20 && !isWordChar(code) && !isSignInNames(code)) return true;
  }
  return false;
}

/** `.-/()` */
function isSignInNames(code: number): boolean {
  return (code >= 0x2d && code <= 0x2f) || code === 0x28 || code === 0x29;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}
