import { isDigit } from './characters';
import { isClear } from './clearance';
import { isUnremembered, mayBePair } from './clear-structure';
import { scan } from './gate';
import { codeAt, INPUT, length, LINE, line, marks, MAX_CELLS, OTHER_LINE, setLine } from './layout';
import { MARK_COMMA, MARK_PROMPT } from './sights';
import { arePairs, canCount, count, isTallyOpen } from './vote-tally';

export { numberCount, setLiterals, setPolicy, setTrie, INPUT, MAX_INPUT, TABLES } from './layout';
export {
  ADDRESS_CHARS,
  BEGINS,
  BEHIND_KEY,
  CLASS_OF,
  IBAN_COUNTRIES,
  KINDS,
  KIND_OF,
  MARK_BITS,
  NUMBERS,
  OF_RECORDS,
  ROWS,
  SHAPE_CLASSES,
  TRIES,
} from './layout';
export { setTally, tallyCells, tallyDelimiter } from './vote-tally';

const CARRIAGE_RETURN: i32 = 0x0d;
const LINE_FEED: i32 = 0x0a;
const ESCAPE: i32 = 0x1b;
const BRACKET: i32 = 0x5b;
const SGR_FINAL: i32 = 0x6d;

/** The line that passed last. */
let passedAt: usize = OTHER_LINE;
let passedLength: i32 = 0;
/** Rows that the lines of the last call take, and where their last sequence that resets everything begins; -1 without one. */
let rows: i32 = 0;
let lastReset: i32 = -1;
let lastSgr: i32 = -1;
/** Of the line that is being read: behind its line feed, and its own last sequences. */
let after: i32 = -1;
let ownReset: i32 = -1;
let ownSgr: i32 = -1;
/** The input ended before the line did. */
let isAtEnd = false;

export function isCut(): bool {
  return isAtEnd;
}

export function passedLineAt(): usize {
  return passedAt;
}

export function passedLineLength(): i32 {
  return passedLength;
}

export function takenRows(): i32 {
  return rows;
}

export function lastResetAt(): i32 {
  return lastReset;
}

export function lastSgrAt(): i32 {
  return lastSgr;
}

/**
 * Takes whole lines without values from the input, whose first `end` bytes are read; returns where it stopped. Lines are of ASCII characters
 * and sequences that set no background, end with CR LF, and do not end at the right margin.
 */
export function takeLines(end: i32, cols: i32): i32 {
  let at: i32 = 0;
  rows = 0;
  lastReset = -1;
  lastSgr = -1;
  isAtEnd = true;
  while (at < end) {
    if (!readLine(at, end, cols) || !take()) break;
    at = after;
    rows += length <= cols ? 1 : (length + cols - 1) / cols;
    if (ownReset >= 0) lastReset = ownReset;
    if (ownSgr >= 0) lastSgr = ownSgr;
  }
  return at;
}

/** Takes one line, whose codes are the first `count` of the input; false where it must be read as a string. */
export function takeLine(count: i32): bool {
  setLine(freeLine(), count);
  memory.copy(line, INPUT, count);
  return take();
}

function freeLine(): usize {
  return passedAt == LINE ? OTHER_LINE : LINE;
}

/** Copies the characters of the line at `at` without its sequences; false where it is not whole or not of the kind that is read here. */
function readLine(at: i32, end: i32, cols: i32): bool {
  const to = freeLine();
  let cells: i32 = 0;
  ownReset = -1;
  ownSgr = -1;
  isAtEnd = false;
  while (true) {
    const printed = copyPrinted(INPUT + <usize>at, to + <usize>cells, min(end - at, MAX_CELLS - cells));
    at += printed;
    cells += printed;
    if (at >= end) isAtEnd = true;
    if (at >= end || cells >= MAX_CELLS) return false;
    const byte: i32 = load<u8>(INPUT + <usize>at);
    if (byte == CARRIAGE_RETURN) {
      if (cells > 0 && cells % cols == 0) return false;
      isAtEnd = at + 1 >= end;
      if (isAtEnd || <i32>load<u8>(INPUT + <usize>at, 1) != LINE_FEED) return false;
      after = at + 2;
      setLine(to, cells);
      return true;
    }
    if (byte != ESCAPE) return false;
    const next = readSgr(at, end);
    if (next < 0) return false;
    at = next;
  }
}

/** Copies printable ASCII; returns how many. May write a vector's length behind it. */
function copyPrinted(from: usize, to: usize, most: i32): i32 {
  let done: i32 = 0;
  while (done < most) {
    const bytes = v128.load(from + <usize>done);
    v128.store(to + <usize>done, bytes);
    // as signed numbers, everything beyond ASCII is below a blank
    const others = i8x16.bitmask(
      v128.or(i8x16.lt_s(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x7f))),
    );
    if (others != 0) return min(most, done + ctz(others));
    done += 16;
  }
  return most;
}

/** Behind the SGR sequence at `at`; -1 for another sequence, and for one that is not whole or may set a background. */
function readSgr(at: i32, end: i32): i32 {
  isAtEnd = at + 2 >= end;
  if (isAtEnd || <i32>load<u8>(INPUT + <usize>at, 1) != BRACKET) return -1;
  let value: i32 = 0;
  let digits: i32 = 0;
  /** Numbers that belong to the colour before them; -1: the next one says how many. */
  let colours: i32 = 0;
  for (let i = at + 2; i < end; i++) {
    const byte: i32 = load<u8>(INPUT + <usize>i);
    if (isDigit(byte)) {
      if (++digits > 3) return -1;
      value = value * 10 + byte - 0x30;
      continue;
    }
    if (byte != 0x3b && byte != SGR_FINAL) return -1;
    if (colours > 0) colours--;
    else if (colours < 0) {
      if (value != 2 && value != 5) return -1;
      colours = value == 2 ? 3 : 1;
    } else if (value == 38 || value == 58) colours = -1;
    else if ((value >= 40 && value < 49) || value >= 100) return -1;
    // what was set before is forgotten
    else if (value == 0) ownReset = at;
    if (byte == SGR_FINAL) {
      ownSgr = at;
      return colours == 0 ? i + 1 : -1;
    }
    value = 0;
    digits = 0;
  }
  isAtEnd = true;
  return -1;
}

/** Whether nothing is in the line, and nothing of it needs to be remembered but how many cells it has: see clear/plain-lines.ts. */
function take(): bool {
  scan();
  if (!isClear() || !isUnremembered() || !canCount()) return false;
  if (isTallyOpen() && mayEndTable()) return false;
  if (arePairs() && (marks & MARK_COMMA) != 0 && mayBePair(0x2c)) return false;
  count();
  passedAt = line;
  passedLength = length;
  return true;
}

function mayEndTable(): bool {
  if ((marks & MARK_PROMPT) != 0) return true;
  if (length == 0) return false;
  const first = codeAt(0);
  if (isDigit(first)) {
    let at: i32 = 0;
    while (at < length && isDigit(codeAt(at))) at++;
    return at + 1 < length && codeAt(at) == 0x20 && codeAt(at + 1) == 0x72;
  }
  return first == 0x28 || first == 0x45 || first == 0x51 || first == 0x54 || first == 0x2e;
}
