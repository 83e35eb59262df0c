import { isDigit, isLetter } from './characters';
import {
  codeAt,
  length,
  line,
  MAX_WORD,
  numberCount,
  numberEnd,
  numberStart,
  WORDS,
  WORD_SHIFT,
  WORD_SLOTS,
} from './layout';
import { answerTo } from './host';

/** clear/clear-words.ts for lines of ASCII characters: see there. */
const NOT_IN_NAMES: i32 = 1;
const NOT_A_STREET: i32 = 2;
const MAX_BEFORE: i32 = 7;
const ANSWER: usize = 31;

/** Of each two capitalised words next to each other, one is in no name. */
export function hasNoNames(): bool {
  let isBefore = false;
  let isOpen = false;
  let end: i32 = -3;
  for (let at: i32 = 0; at < length; ) {
    const code = codeAt(at);
    if (!isLetter(code)) {
      at++;
      continue;
    }
    const start = at;
    while (at < length && isLetter(codeAt(at))) at++;
    if (code >= 0x61) {
      end = -3;
      continue;
    }
    const after = at < length ? codeAt(at) : 0x20;
    const isJoined = isJoining(after) || (start > 0 && isJoining(codeAt(start - 1)));
    const isKnown = !isJoined && at - start <= MAX_WORD && at - start > 1;
    const isClear = isKnown && (known(start, at) & NOT_IN_NAMES) != 0;
    isOpen = start <= end + 3 && isBefore;
    if (isOpen && !isClear) return false;
    isBefore = !isClear;
    end = at;
  }
  return true;
}

/** No number stands behind the name of a street, nor is the line a number, a name and a number. */
export function hasNoStreets(): bool {
  let first: i32 = 0;
  while (first < length && !isDigit(codeAt(first)) && !isLetter(codeAt(first))) first++;
  const last = numberEnd(numberCount - 1);
  if (first < length && isDigit(codeAt(first)) && length - last <= 2) return false;
  for (let i: i32 = 0; i < numberCount; i++) {
    const start = numberStart(i);
    if (start < 3 || codeAt(start - 1) != 0x20) continue;
    const end = codeAt(start - 2) == 0x2e ? start - 2 : start - 1;
    let word = end;
    while (word > 0 && isLetter(codeAt(word - 1))) word--;
    const before = word > 0 ? codeAt(word - 1) : 0x20;
    if (before == 0x2e || isJoining(before)) return false;
    if (word == end || codeAt(word) >= 0x61) continue;
    const isClear = end - word <= MAX_WORD && (known(word, end) & NOT_A_STREET) != 0;
    if (!isClear || isLed(word)) return false;
  }
  return true;
}

function isLed(word: i32): bool {
  if (word < 3 || codeAt(word - 1) != 0x20) return false;
  let start = word - 1;
  while (start > 0 && isLetter(codeAt(start - 1))) start--;
  return word - 1 - start < MAX_BEFORE && mayStandBefore(codeAt(start));
}

/** `A`, `I`, `Z`, `U`, `H`, and `D` in small as well, with their small forms. */
function mayStandBefore(code: i32): bool {
  const lower = code | 0x20;
  return (
    isLetter(code) &&
    (lower == 0x61 || lower == 0x69 || lower == 0x7a || lower == 0x75 || lower == 0x68 || code == 0x64)
  );
}

function isJoining(code: i32): bool {
  return code == 0x2d || code == 0x27 || code == 0x60;
}

/** What is known of the word: asked once and kept, see clear/known-words.ts. */
function known(start: i32, end: i32): i32 {
  const from: usize = line + <usize>start;
  const count = end - start;
  let hash: i32 = 0;
  for (let i: i32 = 0; i < count; i++) hash = hash * 31 + <i32>load<u8>(from + <usize>i);
  const slot: usize = WORDS + ((<usize>((hash ^ (hash >>> 12)) & (WORD_SLOTS - 1))) << WORD_SHIFT);
  let isSame = <i32>load<u8>(slot) == count;
  for (let i: i32 = 0; isSame && i < count; i++)
    isSame = load<u8>(slot + <usize>i, 1) == load<u8>(from + <usize>i);
  if (!isSame) {
    store<u8>(slot, <u8>count);
    memory.copy(slot + 1, from, count);
    store<u8>(slot + ANSWER, <u8>answerTo(<i32>from, count));
  }
  return load<u8>(slot + ANSWER);
}
