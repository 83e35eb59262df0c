import { areNumbersClear } from './clear-numbers';
import {
  isCapitalised,
  isFollowedBy,
  isRecord,
  isTimeUnit,
  mayBeDecoded,
  mayBeKeyed,
  mayBeMailbox,
  mayBePasswordFile,
  mayHaveOption,
  mayHoldAddress,
  mayHoldCoordinates,
  mayHoldWallet,
} from './clear-marks';
import { hasNoNames, hasNoStreets } from './clear-words';
import {
  FOUND,
  foundCount,
  IS_GEO,
  IS_OPTION,
  IS_PHRASE,
  IS_PLACE,
  IS_SMALL,
  IS_UNIT,
  leastBody,
  marks,
  NAMES_CODES,
  NAMES_NUMBERS,
  NAMES_PHONES,
  numberCount,
  ofLines,
  sights,
  worthALook,
} from './layout';
import { sight, traits } from './literals';
import {
  MARKS_ESCAPING,
  SIGHT_ADDRESS,
  SIGHT_AT,
  SIGHT_COLONS,
  SIGHT_CONTEXT,
  SIGHT_DIGITS,
  SIGHT_HOUSE,
  SIGHT_KEY,
  SIGHT_LONG_TOKEN,
  SIGHT_NAMES,
  SIGHT_SECRET,
  SIGHT_STREET,
  SIGHT_TITLE,
  SIGHT_URL,
} from './sights';

const ALONE: usize = 0;
const NAMED: usize = 1;
const WHOLE: usize = 2;

/** clear/clearance.ts for lines of ASCII characters: see there. */
export function isClear(): bool {
  if ((sights & ofLines) != 0) return false;
  const left = foundCount == 0 ? 0 : judgeLiterals();
  if (left < 0) return false;
  if ((left & SIGHT_URL) != 0 && (left & SIGHT_AT) != 0) return false;
  if ((sights & SIGHT_NAMES) != 0 && ((left & SIGHT_AT) != 0 || !hasNoNames())) return false;
  if ((marks & MARKS_ESCAPING) != 0 && mayBeDecoded()) return false;
  if ((sights & SIGHT_COLONS) != 0 && mayBePasswordFile()) return false;
  if ((sights & SIGHT_ADDRESS) != 0 && mayHoldAddress()) return false;
  if ((sights & SIGHT_LONG_TOKEN) != 0 && mayHoldWallet()) return false;
  if (numberCount == 0) return true;
  if ((left & SIGHT_STREET) != 0) return false;
  if ((sights & SIGHT_HOUSE) != 0 && !hasNoStreets()) return false;
  const isNamed = (left & SIGHT_CONTEXT) != 0;
  return areNumbersClear(isNamed ? NAMED : isRecord() ? ALONE : WHOLE, (left & SIGHT_DIGITS) != 0);
}

/** Sights that stay of what the literals gave; -1 where one of them is worth a look. */
function judgeLiterals(): i32 {
  let left: i32 = 0;
  for (let i: i32 = 0; i < foundCount; i++) {
    const found: usize = FOUND + <usize>i * 12;
    const literal = load<i32>(found);
    const stays = judge(literal, load<i32>(found, 4), load<i32>(found, 8));
    if (stays < 0) return -1;
    left |= stays;
  }
  return left;
}

function judge(literal: i32, start: i32, end: i32): i32 {
  const shown = sight(literal);
  const is = traits(literal);
  let left: i32 = 0;
  if ((shown & worthALook) != 0 && !((is & IS_OPTION) != 0 && !mayHaveOption(end))) return -1;
  if ((shown & SIGHT_KEY) != 0 && mayBeKeyed(start, end)) return -1;
  if ((shown & SIGHT_AT) != 0 && mayBeMailbox(end)) return -1;
  if ((shown & SIGHT_TITLE) != 0 && ((is & IS_PHRASE) != 0 || !isTimeUnit(start))) return -1;
  if ((shown & SIGHT_NAMES) != 0 && isCapitalised(end + 1)) return -1;
  if ((shown & SIGHT_SECRET) != 0 && isFollowedBy(end, load<i32>(leastBody + ((<usize>literal) << 2))))
    return -1;
  if (numberCount > 0 && (is & NAMES_CODES) != 0) return -1;
  if ((is & IS_GEO) != 0 && mayHoldCoordinates()) return -1;
  if ((is & (NAMES_CODES | NAMES_PHONES | NAMES_NUMBERS)) != 0) left |= SIGHT_CONTEXT;
  if ((is & NAMES_PHONES) != 0) left |= SIGHT_DIGITS;
  if ((shown & SIGHT_STREET) != 0) {
    if ((is & IS_PLACE) != 0) return -1;
    if ((is & (IS_UNIT | IS_SMALL)) != 0 || isCapitalised(start)) left |= SIGHT_STREET;
  }
  return left | (shown & (SIGHT_URL | SIGHT_AT));
}
