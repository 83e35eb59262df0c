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
  SIGHT_ADDRESS,
  SIGHT_COLONS,
  SIGHT_DIGITS,
  SIGHT_HOUSE,
  SIGHT_LONG_TOKEN,
  SIGHT_NAMES,
} from './sights';

const OTHER: i32 = 0;
const LOWER: i32 = 1;
const UPPER: i32 = 2;
const DIGIT: i32 = 3;
const MARK: i32 = 4;
const MIN_LONG_TOKEN: i32 = 26;

/** The gate's scan (gate/gate.ts) for a line of ASCII characters: see there. */
export function scan(): void {
  let sights: i32 = 0;
  let marks: i32 = 0;
  let digits: i32 = 0;
  let colons: i32 = 0;
  let dashes: i32 = 0;
  let quad: i32 = 0;
  let lastDot: i32 = -0x100;
  let count: i32 = 0;
  let token: i32 = 0;
  let before: i32 = OTHER;
  let nameStart: i32 = -8;
  let nameEnd: i32 = -8;
  let wasTitle = false;
  const end = length;
  const hasDigits = hasDigitLiteral;
  setFoundCount(0);
  for (let i: i32 = 0; i < end; ) {
    const code = codeAt(i);
    const kind: i32 = load<u8>(<usize>code, KINDS);
    const start = i++;
    if (kind == OTHER) {
      before = OTHER;
      continue;
    }
    let begin: i32 = 0;
    if (kind == MARK) {
      marks |= load<i32>((<usize>code) << 2, MARK_BITS);
      if (code == 0x2d) dashes++;
      else if (code == 0x2e) {
        quad = before == DIGIT ? (start - lastDot <= 4 ? quad + 1 : 1) : 0;
        if (quad >= 3 || start - lastDot == 5) sights |= SIGHT_ADDRESS;
        lastDot = start;
      } else if (code == 0x3a) {
        colons++;
        if (i < end && codeAt(i) == 0x3a) sights |= SIGHT_COLONS | SIGHT_ADDRESS;
      }
      if (code != 0x2d || start + 5 >= end || codeAt(start + 5) != 0x2d) begin = 1;
      before = OTHER;
    } else {
      while (i < end && <i32>load<u8>(<usize>codeAt(i), KINDS) == kind) i++;
      const isTokenStart = before == OTHER;
      if (isTokenStart) token = start;
      if (i - token >= MIN_LONG_TOKEN) sights |= SIGHT_LONG_TOKEN;
      if (start == nameEnd) nameEnd = i;
      else if (isTokenStart && kind == UPPER) {
        const isTitle = i == start + 1;
        if (
          start <= nameEnd + 2 &&
          codeAt(start - 1) == 0x20 &&
          (isTitle ? wasTitle : i > start + 2) &&
          (start > nameStart + 4 || (start + 3 < end && load<u8>(<usize>codeAt(start + 3), KINDS) != 0))
        )
          sights |= SIGHT_NAMES;
        wasTitle = isTitle;
        nameStart = start;
        nameEnd = i;
      }
      if (kind == DIGIT) {
        if (
          start > nameStart + 5 &&
          (start == nameEnd + 1 || (start == nameEnd + 2 && codeAt(nameEnd) == 0x2e))
        )
          sights |= SIGHT_HOUSE;
        digits += i - start;
        const number: usize = NUMBERS + ((<usize>count) << 3);
        store<i32>(number, start);
        store<i32>(number, i, 4);
        count++;
        if (hasDigits && before == OTHER) begin = 1;
      } else if (isTokenStart || (before == LOWER && kind == UPPER)) begin = 1;
      before = kind;
    }
    if (begin == 0) continue;
    const second: i32 = start + 1 < end ? <i32>load<u8>(<usize>codeAt(start + 1), KIND_OF) : 0;
    const third: i32 = start + 2 < end ? <i32>load<u8>(<usize>codeAt(start + 2), KIND_OF) : 0;
    const triple = ((<i32>load<u8>(<usize>code, KIND_OF)) << 12) | (second << 6) | third;
    if ((load<u8>(<usize>(triple >> 3), BEGINS) >> <u8>(triple & 7)) & 1) sights |= takeFrom(start);
  }
  if (digits >= 4 || (digits >= 2 && end <= 40)) sights |= SIGHT_DIGITS;
  if (colons >= 2 || dashes >= 5) sights |= SIGHT_COLONS;
  if (colons >= 5 || dashes >= 5) sights |= SIGHT_ADDRESS;
  setSeen(sights, marks, count);
}
