import { isAsciiLetter, isDigit, isWordChar } from '../characters.ts';
import type { ContextClass } from './lexicon.ts';
import { LOOSE_WORDS } from './lexicon.ts';
import type { LineText } from '../detector.ts';

/** How far before and behind a value a word still speaks for it, in characters. */
const BEFORE = 64;
const AFTER = 28;
const MAX_KEY = 64;

/**
 * `named`: a word stands near that is said of hardly anything else. `loose`: a word that programs use for other things too (`id`,
 * `account`, `call`); it speaks for a value in a sentence, not in a log. `acronym`: a loose word in capitals (`SIN`, `RFC`), which in a
 * sentence is the number's name.
 */
export type Support = 'none' | 'loose' | 'acronym' | 'named';

/**
 * What the words near `[start, end)` say: before it (nearer than 64 characters), or just behind it. A word inside a longer name
 * (`PhoneBookView`, `id_rsa`) says nothing about its neighbours; one at the end of a name does (`customerPhone`), if it is not loose.
 * Anchors are sorted by their end, so this is a binary search and a few steps.
 */
export function contextOf(
  text: LineText,
  span: { readonly start: number; readonly end: number },
  classes: readonly ContextClass[],
): Support {
  const { anchors } = text.sightings;
  const ownKey = keyBefore(text.line, span.start);
  let support: Support = 'none';
  for (let i = firstEndingAt(text, span.start - BEFORE); i < anchors.length; i++) {
    const anchor = anchors[i];
    if (anchor === undefined || anchor.start > span.end + AFTER) break;
    const isOutside = anchor.end <= span.start || anchor.start >= span.end;
    if (!isOutside || !anchor.literal.contexts.some(each => classes.includes(each))) continue;
    const isLoose = LOOSE_WORDS.has(anchor.literal.text);
    // behind the value only a word by itself counts; `0224803317-Fax` ties it on
    const isTied = anchor.start === span.end + 1;
    if (!standsFree(text.line, anchor, isLoose || (anchor.start >= span.end && !isTied))) continue;
    // a number with a key of its own is not what other words are about
    if (ownKey !== null && (anchor.end <= ownKey.start || anchor.start >= ownKey.end)) continue;
    if (!isLoose || (ownKey?.start === anchor.start && isAcronym(text.line, anchor))) return 'named';
    if (support === 'none' || isAcronym(text.line, anchor))
      support = isAcronym(text.line, anchor) ? 'acronym' : 'loose';
  }
  return support;
}

/** Whether a word of one of the classes stands near, loose or not. */
export function hasContext(
  text: LineText,
  span: { readonly start: number; readonly end: number },
  classes: readonly ContextClass[],
): boolean {
  return contextOf(text, span, classes) !== 'none';
}

/** Three or four capitals, of which the last may be small: `SIN`, `SINs`. */
function isAcronym(line: string, anchor: { start: number; end: number }): boolean {
  return /^[A-Z]{3,4}s?$/.test(line.slice(anchor.start, anchor.end));
}

/** The key of `key=` or `"key":` right before a value; null where there is none. */
function keyBefore(line: string, start: number): { start: number; end: number } | null {
  let at = start;
  if (isQuote(line.charCodeAt(at - 1))) at--;
  if (line.charCodeAt(at - 1) === 0x20) at--;
  const sign = line.charCodeAt(at - 1);
  if (sign !== 0x3d && sign !== 0x3a) return null;
  at--;
  if (line.charCodeAt(at - 1) === 0x20) at--;
  if (isQuote(line.charCodeAt(at - 1))) at--;
  else if (sign === 0x3a) return null;
  const end = at;
  while (at > 0 && end - at < MAX_KEY && isKeyCharacter(line.charCodeAt(at - 1))) at--;
  return at < end ? { start: at, end } : null;
}

function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27;
}

function isKeyCharacter(code: number): boolean {
  return isWordChar(code) || code === 0x2d || code === 0x2e || code > 0x7f;
}

/** Whether a word stands by itself; one that is not loose may also end a longer name. */
export function standsFree(
  line: string,
  anchor: { readonly start: number; readonly end: number },
  isLoose: boolean,
): boolean {
  let next = line.charCodeAt(anchor.end);
  // `phone2`, not `rrn42rf2w`
  if (isDigit(next)) next = line.charCodeAt(anchor.end + 1);
  if (isDigit(next)) return false;
  if (isAsciiLetter(next) || next === 0x5f) return false;
  if ((next === 0x2d || next === 0x2e) && isLowerCase(line.charCodeAt(anchor.end + 1))) return false;
  if (!isLoose) return true;
  const before = line.charCodeAt(anchor.start - 1);
  if (before === 0x2d || before === 0x2e || before === 0x2f)
    return !isWordChar(line.charCodeAt(anchor.start - 2));
  return !isWordChar(before);
}

function isLowerCase(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Index of the first anchor whose end is not before `offset`. */
function firstEndingAt(text: LineText, offset: number): number {
  const { anchors } = text.sightings;
  let low = 0;
  let high = anchors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((anchors[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
