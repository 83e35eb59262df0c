import type { NameGazetteer } from '../../gazetteer/name-gazetteer.ts';
import { foldName } from '../../gazetteer/fold-name.ts';
import { NAME_FLAG } from '../../gazetteer/name-flags.ts';
import { isHexDump } from '../context/anti-evidence.ts';
import { isLetter } from '../characters.ts';
import type { Detector, Emit, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate-literals.ts';
import { NO_NAMES } from '../names/name-stops.ts';
import { TAIL, THIRD_PART } from './address-parts.ts';
import type { StreetForm } from './street-forms.ts';
import {
  BOX_FORMS,
  CORNER_FORM,
  ENDING_FORMS,
  ENDS_AS_STREET,
  ENDS_IN_PREPOSITION,
  LINE_FORM,
  PLAIN_FORM,
  UNIT_FORM,
  WORD_FORMS,
} from './street-forms.ts';
import { BOX_WORDS, isPlaceVerb, isStreetWordAt, UNIT_WORDS } from './street-words.ts';

/** How far from a street word the other parts of its address are looked for. */
const BEFORE = 64;
const AFTER = 120;
const MAX_TRIES = 60;
const TAIL_AT = new RegExp(TAIL, 'uy');
const THIRD_AT = new RegExp(THIRD_PART, 'uy');
/** Capitalised words that numbers follow in logs and manuals, in no list of names. */
const COUNTED = /^(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/;

/** `2021 Iain Lane` under a copyright. */
const YEAR = /^(?:(?:19|20)\d\d(?:-\d{2,4})?,? )+\p{Lu}/u;
/** A number of the estate or the flat beside the one of the house: a third part too. */
const TWO_NUMBERS = /^\d{1,5} (?:\p{Lu}.* \d|\d{1,5} \p{Lu}\p{Ll})/u;

/**
 * Postal addresses without a key, by two independent parts: a house number and an unmistakable street word or ending next to it; or one
 * that could be something else, and a unit, a town, a state or a post code; or a number and a name behind words such as `lives at`.
 */
export function createStreetAddressDetector(gazetteer: NameGazetteer): Detector {
  return {
    name: 'street-address',
    needs: SIGHT.street | SIGHT.house,
    find(text, emit) {
      if (isHexDump(text.line)) return;
      findAtWords(text, gazetteer, emit);
      findAtNumbers(text, emit);
      findLine(text, gazetteer, emit);
    },
  };
}

/** Around words that the gate saw: street words, units, boxes, and what places are introduced with. */
function findAtWords({ line, sightings }: LineText, gazetteer: NameGazetteer, emit: Emit): void {
  let from = 0;
  let tries = 0;
  for (const { literal, start, end } of sightings.anchors) {
    if ((literal.sight & SIGHT.street) === 0 || start < from || tries++ > MAX_TRIES) continue;
    if (isPlaceVerb(literal.text)) {
      const span = placeBehind(line, end, literal.text === 'corner of', gazetteer);
      if (span !== null) emit(hit(span, 0.6, 'address.phrase', ['words that say where', 'number and name']));
      continue;
    }
    const isStreet = isStreetWordAt(line, literal.text, { start, end });
    const isOther = BOX_WORDS.has(literal.text) || UNIT_WORDS.has(literal.text);
    if (!isStreet && !isOther) continue;
    const offset = Math.max(from, start - BEFORE);
    const window = line.slice(offset, end + AFTER);
    if (!/\d/.test(window)) continue;
    const span = BOX_WORDS.has(literal.text)
      ? around(window, offset, start, BOX_FORMS)
      : UNIT_WORDS.has(literal.text)
        ? around(window, offset, start, [UNIT_FORM])
        : null;
    const street =
      span ??
      (isStreet ? streetAround(line, { start: offset, end: end + AFTER }, { start, end }, WORD_FORMS) : null);
    if (street === null || (literal.text === 'via' && isViaElse(line.slice(end, street.end), gazetteer)))
      continue;
    const whole = { start: street.start, end: tailEnd(line, street.end) };
    from = whole.end;
    emit(hit(whole, 0.65, 'address.street', ['street and number']));
  }
}

/** Around numbers behind a capitalised word: the street word is the end of its name. */
function findAtNumbers({ line, sightings }: LineText, emit: Emit): void {
  const { numbers, numberCount } = sightings;
  let from = 0;
  for (let i = 0; i < 2 * numberCount; i += 2) {
    const start = numbers[i] ?? 0;
    if (start < 7 || start < from || line.charCodeAt(start - 1) !== 0x20) continue;
    const word = wordBefore(line, start - 1);
    if (
      word === '' ||
      !(
        ENDS_AS_STREET.test(word) ||
        ENDS_IN_PREPOSITION.test(line.slice(0, start - 2 - word.length).slice(-12))
      )
    )
      continue;
    const window = { start: Math.max(from, start - BEFORE), end: start + 12 };
    const street = streetAround(line, window, { start: start - 1, end: start + 1 }, ENDING_FORMS);
    if (street === null) continue;
    const end = tailEnd(line, street.end);
    from = end;
    emit(hit({ start: street.start, end }, 0.65, 'address.street', ['street and number']));
  }
}

/** The capitalised word that ends at `end`, of four letters or more; else empty. */
function wordBefore(line: string, end: number): string {
  let start = end;
  while (start > 0 && end - start < 40 && isStreetLetter(line.charCodeAt(start - 1))) start--;
  const first = line.charAt(start);
  return end - start >= 4 && first !== first.toLowerCase() ? line.slice(start, end) : '';
}

function isStreetLetter(code: number): boolean {
  return isLetter(code) || code === 0x2d || code === 0x2e;
}

/** `8120 Quellmatt 9` as all of a line. */
function findLine({ line }: LineText, gazetteer: NameGazetteer, emit: Emit): void {
  const text = line.length < 100 ? LINE_FORM.exec(line)?.[1] : undefined;
  if (text === undefined || COUNTED.test(text.replace(/^\d+ /, ''))) return;
  const words = text.match(/\p{L}[\p{L}\p{M}]{2,}/gu) ?? [];
  if (words.length === 0 || words.some(word => isElse(word, gazetteer) || NO_NAMES.has(foldName(word))))
    return;
  const start = line.indexOf(text);
  emit(
    hit({ start, end: start + text.length }, 0.5, 'address.own-line', ['number, name and number on a line']),
  );
}

/** `Via Proxy 3`: what stands behind it is no street. */
function isViaElse(name: string, gazetteer: NameGazetteer): boolean {
  const words = name.match(/\p{L}[\p{L}\p{M}]{2,}/gu) ?? [];
  return words.every(word => isElse(word, gazetteer));
}

/** A word of a dictionary or a product, and no name. */
function isElse(word: string, gazetteer: NameGazetteer): boolean {
  const isNamed = (gazetteer.flagsOf(word) & (NAME_FLAG.given | NAME_FLAG.family)) !== 0;
  return !isNamed && (gazetteer.isCommonWord(word) || NO_NAMES.has(foldName(word)));
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function hit(span: Span, score: number, rule: string, evidence: readonly string[]): Parameters<Emit>[0] {
  return { entity: 'address', ...span, score, rule, evidence };
}

function around(window: string, offset: number, at: number, patterns: readonly RegExp[]): Span | null {
  for (const pattern of patterns) {
    for (const match of window.matchAll(pattern)) {
      const span = { start: offset + match.index, end: offset + match.index + match[0].length };
      if (span.start <= at && span.end > at) return span;
    }
  }
  return null;
}

/** A street of one of the forms over the given place; one that could be something else needs its third part. */
function streetAround(line: string, window: Span, at: Span, forms: readonly StreetForm[]): Span | null {
  const text = line.slice(window.start, window.end);
  for (const { pattern, isAmbiguous } of forms) {
    for (const match of text.matchAll(pattern)) {
      const start = window.start + match.index;
      const end = start + match[0].length;
      if (start > at.start || end < at.end || COUNTED.test(match[0]) || !/\p{Ll}/u.test(match[0])) continue;
      THIRD_AT.lastIndex = end;
      const isSure = !isAmbiguous && !YEAR.test(match[0]);
      if (isSure || TWO_NUMBERS.test(match[0]) || THIRD_AT.test(line)) return { start, end };
    }
  }
  return null;
}

/** Where the address ends whose street ends at `end`. */
function tailEnd(line: string, end: number): number {
  TAIL_AT.lastIndex = end;
  return end + (TAIL_AT.exec(line)?.[0].length ?? 0);
}

/** `lives at 12 Quellmatt 9`, `the corner of …`: what stands directly behind words that say where. */
function placeBehind(line: string, end: number, isCorner: boolean, gazetteer: NameGazetteer): Span | null {
  const gap =
    /^(?: (?:is|are|was|to|the|same|at|on|in|of|me|you|off|us|here|they|located|it|new|one|a)){0,5}[:,]? {1,3}/.exec(
      line.slice(end, end + 40),
    )?.[0];
  if (gap === undefined) return null;
  const start = end + gap.length;
  const match = (isCorner ? CORNER_FORM : PLAIN_FORM).exec(line.slice(start, start + AFTER));
  if (match === null || COUNTED.test(match[0]) || (!isCorner && !/\d/.test(match[0]))) return null;
  const words = match[0].match(/\p{Lu}[\p{L}\p{M}]{2,}/gu) ?? [];
  if (words.length === 0 || words.every(word => isElse(word, gazetteer))) return null;
  return { start, end: tailEnd(line, start + match[0].length) };
}
