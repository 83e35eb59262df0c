import { isFreeAfter, standsAlone } from '../context/borders.ts';
import { CARD_RULES } from './card.ts';
import { compact, isAlnum, isAsciiLetter, isDigit } from '../characters.ts';
import { contextOf } from '../context/context.ts';
import type { Register } from '../context/context-register.ts';
import { registerOf } from '../context/context-register.ts';
import type { Detector, Emit, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import type { IdRule } from './id-rule.ts';
import { EUROPEAN_ID_RULES } from './id-rules-europe.ts';
import { GERMAN_ID_RULES } from './id-rules-germany.ts';
import { AMERICAN_ID_RULES } from './id-rules-americas.ts';
import { ASIAN_ID_RULES } from './id-rules-asia.ts';
import { DOCUMENT_ID_RULES } from './id-rules-documents.ts';
import { SECTOR_ID_RULES } from './id-rules-sectors.ts';
import { VAT_ID_RULES } from './id-rules-vat.ts';
import { WORLD_ID_RULES } from './id-rules-world.ts';
import { isEpoch, isHexDump, isPointInTime, isUnlikelyIdentifier } from '../context/anti-evidence.ts';
import { createShapeTrie } from '../secrets/shape-trie.ts';

/** A shape begins with the group of a number, or with one or two groups of so few letters before it. */
const MAX_LEADING_LETTERS = 3;

const HOLDS = 'checksum or structure holds';
/** `whole` of rules that chance passes once in 100 or less. */
const STRONG_CHECK = 0.6;

/** Every rule of a fixed shape. */
export const ID_RULES: readonly IdRule[] = [
  ...CARD_RULES,
  ...EUROPEAN_ID_RULES,
  ...GERMAN_ID_RULES,
  ...VAT_ID_RULES,
  ...WORLD_ID_RULES,
  ...AMERICAN_ID_RULES,
  ...ASIAN_ID_RULES,
  ...SECTOR_ID_RULES,
  ...DOCUMENT_ID_RULES,
];

/** Cards, social security and national numbers: every fixed shape with a checksum or a structure, in one walk over the line. */
export function createIdentifierDetector(): Detector {
  const trie = createShapeTrie(ID_RULES);
  return {
    name: 'identifiers',
    needs: SIGHT.digits,
    find(text, emit) {
      const { line } = text;
      if (isHexDump(line)) return;
      const { numbers, numberCount } = text.sightings;
      const hasAnchors = text.sightings.anchors.length > 0;
      let start = 0;
      const visit = (rules: readonly IdRule[], end: number): void =>
        verify(rules, text, { start, end }, emit);
      let tried = 0;
      for (let i = 0; i < numberCount; i++) {
        const digits = numbers[2 * i] ?? 0;
        const digitsEnd = numbers[2 * i + 1] ?? 0;
        // further digits of a group that was tried
        if (digits < tried) continue;
        const group = startOfGroup(line, digits);
        const second = leadingGroup(line, group);
        if (second >= 0) {
          const first = leadingGroup(line, second);
          if (first >= 0) trie.match(line, (start = first), visit);
          trie.match(line, (start = second), visit);
        }
        if (group < digits && hasAnchors && isGluedAt(line, digits))
          trie.match(line, (start = digits), visit);
        if (group < digits || trie.mayBegin(digitsEnd - digits, line.charCodeAt(digitsEnd)))
          trie.match(line, (start = group), visit);
        tried = endOfGroup(line, digitsEnd);
      }
    },
  };
}

function startOfGroup(line: string, at: number): number {
  let start = at;
  while (start > 0 && isAlnum(line.charCodeAt(start - 1))) start--;
  return start;
}

function verify(
  rules: readonly IdRule[],
  text: LineText,
  span: { start: number; end: number },
  emit: Emit,
): void {
  const { line } = text;
  // In a path most numbers are ids: `/cards/4111…` needs its word.
  const isPathPart = line.charAt(span.start - 1) === '/' && !/[\w.@%-]/.test(line.charAt(span.end));
  const isGlued = isGluedAt(line, span.start);
  if (isGlued ? !isFreeAfter(line, span.end) : !isPathPart && !standsAlone(line, span.start, span.end))
    return;
  const raw = line.slice(span.start, span.end);
  const { length: anchorCount } = text.sightings.anchors;
  // most numbers of a log are points in time: without a word on the line they are nothing else
  if (anchorCount === 0 && isEpoch(raw) && line.length > raw.length + 8) return;
  const value = compact(raw);
  let register: Register | null = null;
  let isUnlikely: boolean | null = null;
  for (const rule of rules) {
    const passes = rule.check(value, raw);
    if (!passes && rule.named === undefined) continue;
    const mayBeNamed = anchorCount > 0 && (passes || !isPointInTime(raw));
    const support = mayBeNamed ? contextOf(text, span, rule.context) : 'none';
    if (support === 'named') {
      if (isGlued && !passes) continue;
      const score = passes ? (rule.near ?? 0.9) : (rule.named ?? 0);
      const evidence = passes ? [HOLDS, 'a word nearby names it'] : ['a word nearby names it'];
      emit({ entity: rule.entity, ...span, score, rule: rule.rule, evidence });
      continue;
    }
    if (!passes || isPathPart) continue;
    const isProven = rule.alone >= 0.9;
    if (
      isProven
        ? isUnlikelyIdentifier(line, span, raw, true)
        : (isUnlikely ??= isUnlikelyIdentifier(line, span, raw, false))
    )
      continue;
    const whole = rule.whole ?? rule.alone;
    if (whole > rule.alone || support !== 'none') register ??= registerOf(line, span);
    const isSaid = support === 'acronym' || (support === 'loose' && whole >= STRONG_CHECK);
    if (isSaid && register !== 'log') {
      const evidence = [HOLDS, 'a word nearby may name it'];
      emit({ entity: rule.entity, ...span, score: rule.near ?? 0.9, rule: rule.rule, evidence });
    } else if (isGlued) {
      continue;
    } else if (
      whole > rule.alone &&
      ((register === 'bare' && (whole >= STRONG_CHECK || text.isInTable !== true)) ||
        (register === 'prose' && isTellingForm(raw)))
    ) {
      const evidence = [HOLDS, register === 'bare' ? 'the line is nothing else' : 'stands in a sentence'];
      emit({ entity: rule.entity, ...span, score: whole, rule: rule.rule, evidence });
    } else {
      emit({ entity: rule.entity, ...span, score: rule.alone, rule: rule.rule, evidence: [HOLDS] });
    }
  }
}

/** Eleven characters and more, letters among the digits, or groups: in a sentence a shorter number is more often a count. */
function isTellingForm(raw: string): boolean {
  return raw.length >= 11 || /\D/.test(raw);
}

/** `code is197403197754`: a value right behind a word in lower case, as a hurried writer leaves it. */
function isGluedAt(line: string, start: number): boolean {
  return isLowerCase(line.charCodeAt(start - 1)) && isLowerCase(line.charCodeAt(start - 2));
}

function isLowerCase(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

/** Where the group of few letters begins that one separator parts from the group at `group`; -1 where there is none. */
function leadingGroup(line: string, group: number): number {
  if (group < 2 || !isAsciiLetter(line.charCodeAt(group - 2)) || !isSeparator(line.charCodeAt(group - 1)))
    return -1;
  let start = group - 1;
  while (start > 0 && isAsciiLetter(line.charCodeAt(start - 1))) {
    start--;
    if (group - 1 - start > MAX_LEADING_LETTERS) return -1;
  }
  return start > 0 && isDigit(line.charCodeAt(start - 1)) ? -1 : start;
}

function isSeparator(code: number): boolean {
  return code === 0x20 || (code >= 0x2d && code <= 0x2f) || code === 0x3a || code === 0x2b || code === 0xa0;
}

function endOfGroup(line: string, from: number): number {
  let end = from;
  while (end < line.length && isAlnum(line.charCodeAt(end))) end++;
  return end;
}
