import { KINDS, line, MARKS_BY_BITS } from './layout';
import { KIND_MARK } from './sights';

/** Kinds of the 64 characters of a block, a bit each. */
export let lowers: u64 = 0;
export let uppers: u64 = 0;
export let digits: u64 = 0;
export let marks: u64 = 0;

let areMarksKnown = false;

/**
 * Marks by the two halves of their codes: for each lower half the upper halves, a bit each, that give a mark with it, and for each upper half its
 * bit. So that sixteen characters are looked up at once.
 */
function learnMarks(): void {
  areMarksKnown = true;
  for (let code: usize = 0; code < 0x80; code++) {
    if (load<u8>(code, KINDS) != KIND_MARK) continue;
    const half: usize = MARKS_BY_BITS + (code & 15);
    const upper = <i32>(code >> 4);
    const bit: i32 = 1 << upper;
    store<u8>(half, <u8>(<i32>load<u8>(half) | bit));
  }
  for (let upper: i32 = 0; upper < 8; upper++) {
    const bit: i32 = 1 << upper;
    store<u8>(MARKS_BY_BITS + <usize>upper, <u8>bit, 16);
  }
}

/** Reads the block that begins at `from`, of which the line has `count` characters. */
export function readKinds(from: i32, count: i32): void {
  if (!areMarksKnown) learnMarks();
  const byLower = v128.load(MARKS_BY_BITS);
  const byUpper = v128.load(MARKS_BY_BITS, 16);
  let l: u64 = 0;
  let u: u64 = 0;
  let d: u64 = 0;
  let m: u64 = 0;
  for (let at: i32 = 0; at < count; at += 16) {
    const codes = v128.load(line + <usize>(from + at));
    const shift = <u64>at;
    l |= bits(within(codes, 0x61, 26)) << shift;
    u |= bits(within(codes, 0x41, 26)) << shift;
    d |= bits(within(codes, 0x30, 10)) << shift;
    const signs = v128.and(
      i8x16.swizzle(byLower, v128.and(codes, i8x16.splat(15))),
      i8x16.swizzle(byUpper, i8x16.shr_u(codes, 4)),
    );
    m |= bits(i8x16.ne(signs, i8x16.splat(0))) << shift;
  }
  const ofLine: u64 = count >= 64 ? ~0 : ((<u64>1) << (<u64>count)) - 1;
  lowers = l & ofLine;
  uppers = u & ofLine;
  digits = d & ofLine;
  marks = m & ofLine;
}

function bits(lanes: v128): u64 {
  return <u64>(<u32>i8x16.bitmask(lanes));
}

function within(codes: v128, first: i8, count: i8): v128 {
  return i8x16.lt_u(i8x16.sub(codes, i8x16.splat(first)), i8x16.splat(count));
}
