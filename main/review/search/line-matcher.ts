import { isWordCharacter, soughtWords } from '../../../core/recording/word-hashes.ts';

/** Where a query stands in a line: offsets of characters. */
export interface LineMatch {
  readonly from: number;
  readonly to: number;
}

/** Null where the line does not hold what is searched for. */
export type LineMatcher = (line: string) => LineMatch | null;

/**
 * Finds a query whatever its case and its blanks. It begins where a word begins and ends where one ends, unless its last word is of
 * four letters or more: then that may go on. This is what the index of a recording can answer; `isAnywhere` takes any place.
 */
export function createLineMatcher(query: string, isAnywhere: boolean): LineMatcher {
  const wanted = query.trim();
  const pattern = new RegExp(wanted.split(/\s+/).map(escaped).join('\\s+'), 'giu');
  const mayGoOn = isAnywhere || (soughtWords(wanted).at(-1)?.prefixHash ?? null) !== null;
  return line => {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(line); found !== null; found = pattern.exec(line)) {
      const from = found.index;
      const to = from + found[0].length;
      if (isAnywhere || (isEdge(line, from) && (mayGoOn || isEdge(line, to)))) return { from, to };
      pattern.lastIndex = from + 1;
    }
    return null;
  };
}

/** Whether no word goes on over this place. */
function isEdge(line: string, at: number): boolean {
  return at === 0 || at >= line.length || !isWord(line, at - 1) || !isWord(line, at);
}

function isWord(line: string, at: number): boolean {
  return isWordCharacter(line.charCodeAt(at));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
