import { digits, lowers, marks, readKinds, uppers } from './kinds';
import { takeFrom } from './literals';
import {
  BEGINS,
  codeAt,
  hasDigitLiteral,
  KINDS,
  KIND_OF,
  length,
  MARK_BITS,
  NUMBERS,
  setFoundCount,
  setSeen,
} from './layout';
import {
  KIND_DIGIT,
  KIND_OTHER,
  SIGHT_ADDRESS,
  SIGHT_COLONS,
  SIGHT_DIGITS,
  SIGHT_HOUSE,
  SIGHT_LONG_TOKEN,
  SIGHT_NAMES,
} from './sights';

const BLOCK: i32 = 64;
const MIN_LONG_TOKEN: i32 = 26;
const DASH: i32 = 0x2d;
const DOT: i32 = 0x2e;
const COLON: i32 = 0x3a;

let seen: i32 = 0;
/** The last capitalised word. */
let nameStart: i32 = 0;
let nameEnd: i32 = 0;
let wasTitle: bool = false;
let numberCount: i32 = 0;
let seenMarks: i32 = 0;
let colons: i32 = 0;
let dashes: i32 = 0;
let quad: i32 = 0;
let lastDot: i32 = 0;

/**
 * The gate's scan (gate/gate.ts) for a line of ASCII characters: see there. Looks at 64 characters at once, and then only at those where
 * something begins.
 */
export function scan(): void {
  const end = length;
  seen = 0;
  nameStart = -8;
  nameEnd = -8;
  wasTitle = false;
  numberCount = 0;
  seenMarks = 0;
  colons = 0;
  dashes = 0;
  quad = 0;
  lastDot = -0x100;
  setFoundCount(0);
  let digitCount: i32 = 0;
  /** What the character before the block is, as a block's first bit. */
  let wasWord: u64 = 0;
  let wasLower: u64 = 0;
  let wasDigit: u64 = 0;
  /** So many characters of a word stand right before the block. */
  let open: i32 = 0;
  for (let from: i32 = 0; from < end; from += BLOCK) {
    readKinds(from, min(end - from, BLOCK));
    const letters = lowers | uppers;
    const words = letters | digits;
    const starts = words & ~((words << 1) | wasWord);
    const numbers = digits & ~((digits << 1) | wasDigit);
    const capitals = starts & uppers;
    if ((capitals | numbers) != 0) readNamesAndNumbers(from, capitals | numbers);
    if (marks != 0) readMarks(from);
    readBegins(
      from,
      (starts & (hasDigitLiteral ? words : letters)) | (uppers & ((lowers << 1) | wasLower)) | marks,
    );
    const leading: i32 = <i32>ctz(~words);
    if (open + leading >= MIN_LONG_TOKEN || hasLongRun(words)) seen |= SIGHT_LONG_TOKEN;
    open = words == ~(<u64>0) ? open + BLOCK : <i32>clz(~words);
    digitCount += <i32>popcnt(digits);
    wasWord = words >> 63;
    wasLower = lowers >> 63;
    wasDigit = digits >> 63;
  }
  if (digitCount >= 4 || (digitCount >= 2 && end <= 40)) seen |= SIGHT_DIGITS;
  if (colons >= 2 || dashes >= 5) seen |= SIGHT_COLONS;
  if (colons >= 5 || dashes >= 5) seen |= SIGHT_ADDRESS;
  setSeen(seen, seenMarks, numberCount);
}

/** Whether 26 bits in a row are set. */
function hasLongRun(words: u64): bool {
  const of2 = words & (words << 1);
  const of4 = of2 & (of2 << 2);
  const of8 = of4 & (of4 << 4);
  const of16 = of8 & (of8 << 8);
  const of24 = of16 & (of8 << 16);
  return (of24 & (of2 << 24)) != 0;
}

/** Behind the characters of a kind that go on at `at`: those set in `kinds`, the bits of a block that begins at `from`, and beyond it. */
function endOf(from: i32, at: i32, kinds: u64, isNumber: bool): i32 {
  const shift = <u64>(at - from);
  let i = at + <i32>ctz(~(kinds >> shift));
  if (i < from + BLOCK) return i;
  // zeros came in from above: the last one of the block may be set
  i = from + BLOCK;
  while (i < length) {
    const kind: i32 = load<u8>(<usize>codeAt(i), KINDS);
    if (isNumber ? kind != KIND_DIGIT : kind == KIND_OTHER || kind > KIND_DIGIT) break;
    i++;
  }
  return i;
}

function readNamesAndNumbers(from: i32, places: u64): void {
  const words = lowers | uppers | digits;
  for (let left = places; left != 0; left &= left - 1) {
    const bit = ctz(left);
    const start: i32 = from + <i32>bit;
    if (((uppers >> bit) & 1) != 0) {
      const isTitle = !isCapital(start + 1);
      if (
        start <= nameEnd + 2 &&
        codeAt(start - 1) == 0x20 &&
        (isTitle ? wasTitle : isCapital(start + 2)) &&
        (start > nameStart + 4 || (start + 3 < length && load<u8>(<usize>codeAt(start + 3), KINDS) != 0))
      )
        seen |= SIGHT_NAMES;
      wasTitle = isTitle;
      nameStart = start;
      nameEnd = endOf(from, start, words, false);
      continue;
    }
    if (start > nameStart + 5 && (start == nameEnd + 1 || (start == nameEnd + 2 && codeAt(nameEnd) == DOT)))
      seen |= SIGHT_HOUSE;
    const number: usize = NUMBERS + ((<usize>numberCount) << 3);
    store<i32>(number, start);
    store<i32>(number, endOf(from, start, digits, true), 4);
    numberCount++;
  }
}

function isCapital(at: i32): bool {
  return at < length && <u32>(codeAt(at) - 0x41) < 26;
}

function readMarks(from: i32): void {
  for (let left = marks; left != 0; left &= left - 1) {
    const at: i32 = from + <i32>ctz(left);
    const code = codeAt(at);
    seenMarks |= load<i32>((<usize>code) << 2, MARK_BITS);
    if (code == DASH) dashes++;
    else if (code == DOT) {
      quad = at > 0 && <u32>(codeAt(at - 1) - 0x30) < 10 ? (at - lastDot <= 4 ? quad + 1 : 1) : 0;
      if (quad >= 3 || at - lastDot == 5) seen |= SIGHT_ADDRESS;
      lastDot = at;
    } else if (code == COLON) {
      colons++;
      if (at + 1 < length && codeAt(at + 1) == COLON) seen |= SIGHT_COLONS | SIGHT_ADDRESS;
    }
  }
}

/** Takes the literals that begin at these places. */
function readBegins(from: i32, places: u64): void {
  const end = length;
  for (let left = places; left != 0; left &= left - 1) {
    const start: i32 = from + <i32>ctz(left);
    const code = codeAt(start);
    const second: i32 = start + 1 < end ? <i32>load<u8>(<usize>codeAt(start + 1), KIND_OF) : 0;
    const third: i32 = start + 2 < end ? <i32>load<u8>(<usize>codeAt(start + 2), KIND_OF) : 0;
    const triple = ((<i32>load<u8>(<usize>code, KIND_OF)) << 12) | (second << 6) | third;
    if (((load<u8>(<usize>(triple >> 3), BEGINS) >> <u8>(triple & 7)) & 1) == 0) continue;
    // of a long rule of hyphens, only the last five may begin a PEM header
    if (code == DASH && start + 5 < end && codeAt(start + 5) == DASH) continue;
    seen |= takeFrom(start);
  }
}
