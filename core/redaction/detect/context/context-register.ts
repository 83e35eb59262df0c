import { isSpace } from '../characters.ts';

/**
 * How the line reads in which a number stands, where no word names the number.
 * `bare`: the line is nothing but the value, or several of its kind: output of `cut`, a query without headers, something pasted.
 * `prose`: a sentence of at least three words around it. `label`: one or two words. `log`: everything else that programs print.
 */
export type Register = 'bare' | 'prose' | 'label' | 'log';

/** Longer lines are read as `log`, so that a hostile line with many numbers stays cheap. */
const MAX_LENGTH = 300;
const MAX_OTHER_VALUES = 4;
/** Quotes, brackets, list marks before a word; quotes, brackets, punctuation behind it. */
const DRESS_BEFORE = /^["'`([<•*,;-]+/;
const DRESS_BEHIND = /["'`)\]>,;.:!?]+$/;
const SIGN = /[=:|#$%]/;
const WORD = /^\p{L}+(?:['’.-]+\p{L}+)*$/u;
const HUMP = /\p{Ll}\p{Lu}/u;
/** A number of so few digits, or a code that is a value itself. */
const OTHER_VALUE = /^(?:\d{1,4}|\+?[\d()-]{7,20}|(?=[A-Z]*\d)[A-Z\d/-]{2,16})$/i;
const BETWEEN_VALUES = /^(?:and|or|to|from|und|oder|et|ou|y|o|e|och|ve|und|i|en|&)$/i;

export function registerOf(line: string, span: { readonly start: number; readonly end: number }): Register {
  if (line.length > MAX_LENGTH) return 'log';
  const seen: Tokens = { words: 0, links: 0, others: 0, haveOthersLetters: true, hasSign: false };
  if (!readTokens(line, { start: 0, end: span.start }, seen)) return 'log';
  if (!readTokens(line, { start: span.end, end: line.length }, seen)) return 'log';
  if (seen.words + seen.others === 0) return seen.hasSign ? 'log' : 'bare';
  if (seen.others > MAX_OTHER_VALUES) return 'log';
  if (seen.words > seen.links) return seen.words >= 3 ? 'prose' : 'label';
  // numbers beside numbers without a word are a row of figures
  const haveLetters = seen.haveOthersLetters && /[A-Z]/i.test(line.slice(span.start, span.end));
  return seen.others > 0 && (seen.words > 0 || haveLetters) ? 'bare' : 'log';
}

/**
 * Whether the lines to come are rows of a table of one column: a name, a rule of hyphens, then a cell a line. Tables of several columns
 * are kept elsewhere; here a bare number is called by its header, which names nobody.
 */
export function onlyColumnAfter(isOnlyColumn: boolean, line: string, previous: string): boolean {
  if (line.charCodeAt(0) === 0x2d && /^-{3,}\s*$/.test(line))
    return /^\s*"?\p{L}[\w ?.]*"?\s*$/u.test(previous);
  return isOnlyColumn && /^\s*[^\s(]\S*\s*$/.test(line);
}

/**
 * Whether a line is nothing but digits and stands under another one: a counter, a size, one of many. What is pasted or piped in, and
 * is all there is, has nothing above it.
 */
export function isUnderLine(line: string, previous: string): boolean {
  return previous !== '' && /^[\d .-]+$/.test(line) && previous.trim() !== '';
}

/** What stands around the value. `links` are words such as `and`; `hasSign` says that a sign of a program's output is there. */
interface Tokens {
  words: number;
  links: number;
  others: number;
  haveOthersLetters: boolean;
  hasSign: boolean;
}

/** Counts the tokens of a part of the line; false at the first one that no sentence has. */
function readTokens(line: string, part: { start: number; end: number }, seen: Tokens): boolean {
  let at = part.start;
  while (at < part.end) {
    if (isSpace(line.charCodeAt(at))) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < part.end && !isSpace(line.charCodeAt(end))) end++;
    const raw = line.slice(at, end);
    const token = raw.replace(DRESS_BEHIND, '').replace(DRESS_BEFORE, '');
    at = end;
    if (token === '') {
      seen.hasSign ||= SIGN.test(raw);
    } else if (WORD.test(token) && !HUMP.test(token)) {
      seen.words++;
      if (BETWEEN_VALUES.test(token)) seen.links++;
    } else if (OTHER_VALUE.test(token)) {
      seen.others++;
      seen.haveOthersLetters &&= /[A-Z]/i.test(token);
    } else return false;
  }
  return true;
}
