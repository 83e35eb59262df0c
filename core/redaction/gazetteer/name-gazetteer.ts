import { foldName } from './fold-name.ts';
import { readFrontCoded } from './front-coding.ts';
import { NAMES } from './names-data.ts';
import { PLACES } from './places-data.ts';
import { WORDS } from './words-data.ts';

/** What is known of a single word that may be a name. Words come as they are written; marks and case do not matter. */
export interface NameGazetteer {
  /** `NAME_FLAG` bits; 0 for a word that is in no list of names. */
  flagsOf(word: string): number;
  /** An English word, also with an ending (`Servers`, `Starting`). */
  isCommonWord(word: string): boolean;
  /** A country, a state or a city that is no name. */
  isPlace(word: string): boolean;
}

const MARK_BASE = 0x30;
const ENDINGS = ['s', 'es', 'ed', 'd', 'ing', 'ly', 'er', 'ers', 'ness'];

/**
 * The lists of names, English words and places. Nothing is read before the first question, and then only the words that begin with the
 * same letter, so that a session that sees no capitalised words pays nothing: about a millisecond for a letter.
 */
export function createNameGazetteer(): NameGazetteer {
  const names = lazyList(NAMES);
  const words = lazyList(WORDS);
  const places = lazyList(PLACES);
  return {
    flagsOf: word => Math.max(0, (names(foldName(word)) ?? MARK_BASE) - MARK_BASE),
    isCommonWord(word) {
      const folded = foldName(word);
      if (words(folded) !== undefined) return true;
      return ENDINGS.some(ending => {
        if (!folded.endsWith(ending) || folded.length - ending.length < 3) return false;
        const stem = folded.slice(0, -ending.length);
        return (
          words(stem) !== undefined ||
          (ending === 'ing' && words(`${stem}e`) !== undefined) ||
          (stem.at(-1) === stem.at(-2) && words(stem.slice(0, -1)) !== undefined)
        );
      });
    },
    isPlace: word => places(foldName(word)) !== undefined,
  };
}

/** Looks a word up in a front-coded list; the words of a letter are unpacked when the first of them is asked for. */
function lazyList(coded: string): (word: string) => number | undefined {
  const unpacked = new Map<string, ReadonlyMap<string, number>>();
  let pieces: ReadonlyMap<string, string> | null = null;
  return word => {
    const letter = word.charAt(0);
    let list = unpacked.get(letter);
    if (list === undefined) {
      pieces ??= piecesOf(coded);
      const filled = new Map<string, number>();
      readFrontCoded(pieces.get(letter) ?? '', (each, mark) => filled.set(each, mark));
      unpacked.set(letter, filled);
      list = filled;
    }
    return list.get(word);
  };
}

/** A list by first letters: where a word shares nothing with the one before it, a letter begins. */
function piecesOf(coded: string): ReadonlyMap<string, string> {
  const pieces = new Map<string, string>();
  for (let at = 0; at < coded.length; ) {
    const next = coded.indexOf('A', at + 1);
    const end = next < 0 ? coded.length : next;
    pieces.set(coded.charAt(at + 1), coded.slice(at, end));
    at = end;
  }
  return pieces;
}
