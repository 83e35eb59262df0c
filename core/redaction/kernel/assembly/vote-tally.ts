import { isBlank, isDigit } from './characters';
import { isNothing } from './host';
import { codeAt, ENDS, length, line, marks, ROWS } from './layout';
import { MARK_COMMA, MARK_PIPE, MARK_QUOTE, MARK_TAB } from './sights';

/** structure/vote-tally.ts for lines of ASCII characters: see there. */
const MAX_CELLS: i32 = 64;
const COMMA: i32 = 0x2c;
const QUOTE: i32 = 0x22;
const BAR: i32 = 0x7c;
const TAB: i32 = 0x09;
const MAX_NOTHING: i32 = 11;
const VOTE_DELIMITERS: i32 = MARK_PIPE | MARK_TAB | MARK_COMMA;

let delimiter: i32 = 0;
let cells: i32 = 0;

export function tallyDelimiter(): i32 {
  return delimiter;
}

export function tallyCells(): i32 {
  return cells;
}

/** The rows of each column are in `ROWS`. */
export function setTally(by: i32, count: i32): void {
  delimiter = by;
  cells = count;
}

export function isTallyOpen(): bool {
  return cells > 0;
}

export function arePairs(): bool {
  return cells == 2 && delimiter == COMMA;
}

export function canCount(): bool {
  if ((marks & VOTE_DELIMITERS) == 0 || (marks & MARK_QUOTE) == 0) return true;
  const by = cells == 0 ? delimiterIn() : delimiter;
  for (let at: i32 = 0; at < length; at++)
    if (codeAt(at) == QUOTE && (at == 0 || codeAt(at - 1) == by)) return by == BAR;
  return true;
}

export function count(): void {
  if ((marks & VOTE_DELIMITERS) == 0) {
    cells = 0;
    return;
  }
  if (cells == 0) delimiter = delimiterIn();
  let found: i32 = 0;
  for (let at: i32 = 0; at < length; at++) {
    if (codeAt(at) != delimiter || found == MAX_CELLS) continue;
    store<i32>(ENDS + ((<usize>found) << 2), at);
    found++;
  }
  if (found == 0 || found == MAX_CELLS) {
    cells = 0;
    return;
  }
  store<i32>(ENDS + ((<usize>found) << 2), length);
  found++;
  if (found != cells) memory.fill(ROWS, 0, (<usize>found) << 2);
  cells = found;
  let start: i32 = 0;
  for (let i: i32 = 0; i < found; i++) {
    const end = load<i32>(ENDS + ((<usize>i) << 2));
    const row: usize = ROWS + ((<usize>i) << 2);
    if (isValue(start, end)) store<i32>(row, load<i32>(row) + 1);
    start = end + 1;
  }
}

function delimiterIn(): i32 {
  if ((marks & MARK_PIPE) != 0) return BAR;
  return (marks & MARK_TAB) != 0 ? TAB : COMMA;
}

function isValue(start: i32, end: i32): bool {
  let from = start;
  while (from < end && isBlank(codeAt(from))) from++;
  if (from == end) return false;
  if (isValueStart(codeAt(from))) return true;
  let to = end;
  while (to > from && isBlank(codeAt(to - 1))) to--;
  return to - from > MAX_NOTHING || !isNothing(<i32>line + from, to - from);
}

function isValueStart(code: i32): bool {
  const lower = code | 0x20;
  return isDigit(code) || (lower >= 0x61 && lower <= 0x7a && lower != 0x6e && lower != 0x75);
}
