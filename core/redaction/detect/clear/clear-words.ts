import type { NameGazetteer } from '../../gazetteer/name-gazetteer.ts';
import { isAsciiLetter, isDigit } from '../characters.ts';
import type { Scan } from '../gate/gate.ts';
import { createWordKnowledge } from '../names/known-word.ts';
import { ENDING_FORMS } from '../postal/street-forms.ts';
import { KnownWords, MAX_WORD } from './known-words.ts';

/** The word is in no name: another word of a dictionary, a product, a country, and not formed as a family name is. */
const NOT_IN_NAMES = 1;
/** The word and a number behind it are no street and house. */
const NOT_A_STREET = 2;

/** `Am Wall 3`, `In der Au 12`: streets that begin with one of these are told by it. */
const BEFORE_STREETS: ReadonlySet<number> = new Set([...'AIZUHdaizuh'].map(char => char.charCodeAt(0)));
const MAX_BEFORE = 7;

/** Tells of capitalised words that they are neither names nor streets. */
export class ClearWords {
  readonly #known: KnownWords;
  /** What a word means to the two questions, as bits. */
  readonly answerTo: (word: string) => number;

  constructor(gazetteer: NameGazetteer) {
    const known = createWordKnowledge(gazetteer);
    this.answerTo = word => {
      const { isStop, shape } = known(word);
      const isStreet = ENDING_FORMS.some(({ pattern }) => new RegExp(pattern.source, 'u').test(`${word} 5`));
      return (isStop && shape === null ? NOT_IN_NAMES : 0) | (isStreet ? 0 : NOT_A_STREET);
    };
    this.#known = new KnownWords(this.answerTo);
  }

  /** Of each two capitalised words next to each other, one is in no name. */
  hasNoNames({ codes, length }: Scan): boolean {
    let isBefore = false;
    let isOpen = false;
    let end = -3;
    for (let at = 0; at < length; ) {
      const code = codes[at] ?? 0;
      if (code > 0x7f) return false;
      if (!isAsciiLetter(code)) {
        at++;
        continue;
      }
      const start = at;
      while (at < length && isAsciiLetter(codes[at] ?? 0)) at++;
      if (code >= 0x61) {
        end = -3;
        continue;
      }
      // hyphens and apostrophes join words to one name
      const after = at < length ? (codes[at] ?? 0) : 0x20;
      const isJoined = isJoining(after) || (start > 0 && isJoining(codes[start - 1] ?? 0));
      const isKnown = !isJoined && at - start <= MAX_WORD && at - start > 1;
      const isClear = isKnown && (this.#known.of(codes, start, at) & NOT_IN_NAMES) !== 0;
      isOpen = start <= end + 3 && isBefore;
      if (isOpen && !isClear) return false;
      isBefore = !isClear;
      end = at;
    }
    return true;
  }

  /** No number stands behind the name of a street, nor is the line a number, a name and a number. */
  hasNoStreets({ codes, length, numbers, numberCount }: Scan): boolean {
    let first = 0;
    while (first < length && !isDigit(codes[first] ?? 0) && !isAsciiLetter(codes[first] ?? 0)) first++;
    const last = numbers[2 * numberCount - 1] ?? 0;
    if (isDigit(codes[first] ?? 0) && length - last <= 2) return false;
    for (let i = 0; i < numberCount; i++) {
      const start = numbers[2 * i] ?? 0;
      if (start < 3 || codes[start - 1] !== 0x20) continue;
      const end = codes[start - 2] === 0x2e ? start - 2 : start - 1;
      let word = end;
      while (word > 0 && isAsciiLetter(codes[word - 1] ?? 0)) word--;
      const before = word > 0 ? (codes[word - 1] ?? 0) : 0x20;
      if (before > 0x7f || before === 0x2e || isJoining(before)) return false;
      if (word === end || (codes[word] ?? 0) >= 0x61) continue;
      const isClear = end - word <= MAX_WORD && (this.#known.of(codes, word, end) & NOT_A_STREET) !== 0;
      if (!isClear || isLed(codes, word)) return false;
    }
    return true;
  }
}

/** A short word stands in front, such as streets begin with. */
function isLed(codes: Uint16Array, word: number): boolean {
  if (word < 3 || codes[word - 1] !== 0x20) return false;
  let start = word - 1;
  while (start > 0 && isAsciiLetter(codes[start - 1] ?? 0)) start--;
  return word - 1 - start < MAX_BEFORE && BEFORE_STREETS.has(codes[start] ?? 0);
}

function isJoining(code: number): boolean {
  return code === 0x2d || code === 0x27 || code === 0x60 || code > 0x7f;
}
