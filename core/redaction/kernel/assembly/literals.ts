import { isDigit, isLetter, isLower, isUpper } from './characters';
import {
  CLASS_OF,
  codeAt,
  endings,
  endingsAt,
  FOUND,
  foundCount,
  IS_WORD,
  length,
  MAX_FOUND,
  setFoundCount,
  sightOf,
  traitsOf,
  trieNext,
  trieWidth,
} from './layout';

const END_OF_LIST: i32 = 0xffff;

/** Takes the literals that begin at `start`; says what they are. Their order does not matter here. */
export function takeFrom(start: i32): i32 {
  let sights: i32 = 0;
  let state: i32 = 0;
  for (let i = start; i < length; i++) {
    const cls: i32 = load<u8>(<usize>codeAt(i), CLASS_OF);
    state = load<u16>(trieNext + ((<usize>(state * trieWidth + cls)) << 1));
    if (state == 0) break;
    let at: i32 = load<u16>(endingsAt + ((<usize>state) << 1));
    if (at == 0) continue;
    for (; ; at++) {
      const literal: i32 = load<u16>(endings + ((<usize>at) << 1));
      if (literal == END_OF_LIST) break;
      if ((traits(literal) & IS_WORD) != 0 && !isWordEnd(i + 1)) continue;
      sights |= sight(literal);
      if (foundCount >= MAX_FOUND) continue;
      const found: usize = FOUND + <usize>foundCount * 12;
      store<i32>(found, literal);
      store<i32>(found, start, 4);
      store<i32>(found, i + 1, 8);
      setFoundCount(foundCount + 1);
    }
  }
  return sights;
}

export function sight(literal: i32): i32 {
  return load<i32>(sightOf + ((<usize>literal) << 2));
}

export function traits(literal: i32): i32 {
  return load<i32>(traitsOf + ((<usize>literal) << 2));
}

/** Letters may not go on behind a word; a camel-case hump counts as a border. */
function isWordEnd(end: i32): bool {
  if (end >= length) return true;
  const after = codeAt(end);
  if (!isLetter(after)) return true;
  const last = codeAt(end - 1);
  return (isLower(last) || isDigit(last)) && isUpper(after);
}
