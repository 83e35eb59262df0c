import type { Entity } from '../../../../contract/redaction.ts';
import { isHexDump } from './anti-evidence.ts';
import { isDigit, isLetter, isWordChar } from '../characters.ts';
import { standsFree } from './context.ts';
import type { ContextClass } from './lexicon.ts';
import { LOOSE_WORDS } from './lexicon.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import type { Anchor } from '../gate/gate.ts';

/** A value without a checksum, taken because a word before (or just behind) it names its kind. */
interface ContextRule {
  readonly rule: string;
  readonly entity: Entity;
  readonly contextClass: ContextClass;
  /** Sticky at a token's start; must match whole. */
  readonly shape: RegExp;
  readonly score: number;
  /** How far behind the word the value may begin, in characters. */
  readonly reach: number;
  /** Of the class, only these words name it. */
  readonly words?: ReadonlySet<string>;
  /** The value may be of letters only. */
  readonly isOfLetters?: boolean;
}

/** How far behind a loose word a value may begin: hardly more than `is: `. */
const LOOSE_REACH = 12;
/** `Bug #34685`, `set size:18003`: the number has a name of its own. */
const ISSUE = /(?<![\p{L}\d])(?:bug|issue|ticket|closes|fixes|pr|size|length|count|bytes|port|pid):? ?#?$/iu;
const MONTH =
  '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fév|avr|aoû|déc|gen|mag|giu|lug|set|ott)\\p{L}{0,7}\\.?';
const DATE = new RegExp(
  `(?:\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}|\\d{1,2}[-./]\\d{1,2}[-./](?:\\d{4}|\\d{2})|\\d{1,2}(?:st|nd|rd|th)?[. -]? ?(?:of )?${MONTH}[ ,-]{1,2}\\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|(?:19|20)\\d{6})(?!\\d)`,
  'iuy',
);

const RULES: readonly ContextRule[] = [
  {
    rule: 'passport.context',
    entity: 'passport',
    contextClass: 'passport',
    shape:
      /(?=[A-Za-z0-9]*\d{3})[A-Za-z]{0,3}\d[A-Za-z0-9]{5,9}(?![\w-])|(?=[A-Z0-9]*\d{3})[A-Z]{1,3}\d{6,8}(?!\w)|[CFGHJKLMNPRTVWXYZ0-9]{9}(?!\w)/y,
    score: 0.75,
    reach: 50,
  },
  {
    rule: 'driving-licence.context',
    entity: 'driving-licence',
    contextClass: 'licence',
    shape:
      /(?=[A-Za-z0-9 -]*\d{3})(?:[A-Za-z]{1,2}[ -]?)?(?=[A-Za-z]{0,12}\d)[A-Za-z0-9]{5,18}(?:[ -](?=[A-Za-z]{0,5}\d)[A-Za-z0-9]{2,6}){0,3}(?!\w)|(?!\d{2,4}-\d\d-)[A-Z]{0,2}\d{2,4}(?:-\d{2,6}){2,5}(?!\w)/y,
    score: 0.65,
    reach: 40,
  },
  {
    rule: 'date-of-birth.context',
    entity: 'date-of-birth',
    contextClass: 'birth',
    shape: DATE,
    score: 0.85,
    reach: 40,
  },
  {
    rule: 'bank-account.context',
    entity: 'bank-account',
    contextClass: 'bank',
    shape: /\d{8,17}(?!\w)|\d{2,4}(?:[ -]\d{2,6}){1,4}(?![\w-])/y,
    score: 0.6,
    reach: 28,
  },
  {
    // ISO 9362: bank, country of ISO 3166, location, branch.
    rule: 'bank-account.bic',
    entity: 'bank-account',
    contextClass: 'bank',
    shape:
      /[A-Z]{4}(?:A[DELTUZ]|B[AEGHRY]|C[AHLNRYZ]|D[EKZ]|E[CEGS]|F[IOR]|G[BEIR]|H[KRU]|I[DELNRST]|J[OP]|K[ERWZ]|L[BITUV]|M[ACDEKTUXY]|N[GLOZ]|OM|P[EHKLTY]|QA|R[OSU]|S[AEGIKM]|T[HNRW]|U[AS]|V[AN]|ZA)[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?(?![\w])/y,
    score: 0.6,
    reach: 24,
    words: new Set(['swift', 'bic', 'swift code', 'swiftcode', 'bic code']),
    isOfLetters: true,
  },
  {
    rule: 'geo.context',
    entity: 'geo',
    contextClass: 'geo',
    shape:
      /[-+]?\d{1,3}\.\d{3,}°?(?: ?[NSEW]\b)?(?:\s{0,3}[,;/]\s{0,3}[-+]?\d{1,3}\.\d{3,}°?(?: ?[NSEW]\b)?)?|\d{1,3}°\s?\d{1,2}['′]\s?\d{1,2}(?:\.\d+)?["″]?\s?[NSEW]/y,
    score: 0.7,
    reach: 24,
  },
  {
    rule: 'vehicle-plate.context',
    entity: 'vehicle-plate',
    contextClass: 'plate',
    shape: /(?=[A-Z0-9 -]{0,12}\d)(?=[A-Z0-9 -]{0,12}[A-Z])[A-Z0-9]{2,8}(?:[ -][A-Z0-9]{1,5}){0,3}(?!\w)/y,
    score: 0.5,
    reach: 24,
  },
  {
    // ISO 3779: seventeen characters without I, O and Q, of which the last four are digits.
    rule: 'vehicle-plate.vin',
    entity: 'vehicle-plate',
    contextClass: 'plate',
    shape: /(?=[A-Z\d]*\d[A-Z\d]*[A-Z]|[A-Z\d]*[A-Z][A-Z\d]*\d)[A-HJ-NPR-Z\d]{13}\d{4}(?!\w)/y,
    score: 0.7,
    reach: 24,
  },
  {
    rule: 'address.postcode',
    entity: 'address',
    contextClass: 'postcode',
    shape:
      /[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)|\d{5}(?:-\d{3,4})?(?![\w.:])|\d{4} ?[A-Z]{2}(?!\w)|[A-Z]\d[A-Z] ?\d[A-Z]\d(?!\w)/y,
    score: 0.6,
    reach: 30,
  },
];

/** Passports, driving licences, dates of birth, bank accounts, coordinates, plates and post codes that a word names. */
export const contextValueDetector: Detector = {
  name: 'context-values',
  needs: SIGHT.context,
  find(text, emit) {
    if (isHexDump(text.line)) return;
    let tries = 0;
    for (const anchor of text.sightings.anchors) {
      for (const rule of RULES) {
        if (!anchor.literal.contexts.includes(rule.contextClass) || tries > 400) continue;
        if (rule.words?.has(anchor.literal.text) === false) continue;
        if (!standsFree(text.line, anchor, LOOSE_WORDS.has(anchor.literal.text))) continue;
        tries++;
        const found = valueAfter(text.line, anchor, rule) ?? valueBefore(text.line, anchor, rule);
        if (found === null) continue;
        emit({
          entity: rule.entity,
          ...found,
          score: rule.score,
          rule: rule.rule,
          evidence: ['a word nearby names it'],
        });
      }
    }
  },
};

/** The first token behind the word that has the shape; other short words may stand between. */
function valueAfter(line: string, anchor: Anchor, rule: ContextRule): { start: number; end: number } | null {
  const reach = LOOSE_WORDS.has(anchor.literal.text) ? LOOSE_REACH : rule.reach;
  const last = Math.min(line.length, anchor.end + reach);
  for (let at = anchor.end; at < last; at++) {
    const code = line.charCodeAt(at);
    if (!isDigit(code) && !isLetter(code) && code !== 0x2d && code !== 0x2b) continue;
    if (at > 0 && (isWordChar(line.charCodeAt(at - 1)) || '/\\@$.'.includes(line.charAt(at - 1)))) continue;
    if (ISSUE.test(line.slice(Math.max(0, at - 12), at))) continue;
    // `LICENSE-a37d393b` is a file.
    if (line.charAt(at - 1) === '-' && at > 1 && isWordChar(line.charCodeAt(at - 2))) continue;
    const end = match(line, at, rule);
    if (end !== null) return { start: at, end };
  }
  return null;
}

/** `A12345678 is my passport`: the value ends shortly before the word. */
function valueBefore(line: string, anchor: Anchor, rule: ContextRule): { start: number; end: number } | null {
  if (rule.entity !== 'passport' && rule.entity !== 'vehicle-plate') return null;
  for (let at = Math.max(0, anchor.start - 28); at < anchor.start - 5; at++) {
    if (at > 0 && isWordChar(line.charCodeAt(at - 1))) continue;
    const end = match(line, at, rule);
    if (end !== null && end <= anchor.start) return { start: at, end };
  }
  return null;
}

function match(line: string, at: number, { shape, entity, isOfLetters }: ContextRule): number | null {
  shape.lastIndex = at;
  const found = shape.exec(line);
  if (found === null) return null;
  // of letters only it must be said outright: `BIC: COBADEFF`
  if (
    !/\d/.test(found[0]) &&
    !(isOfLetters === true && /(?:[:=>]["' ]*|BIC )$/.test(line.slice(Math.max(0, at - 4), at)))
  )
    return null;
  if (entity === 'vehicle-plate' && !/[A-Z]/.test(found[0])) return null;
  const end = at + found[0].length;
  // `198-51-100-22.pool.example.net` is a host
  return line.charCodeAt(end) === 0x2e && isWordChar(line.charCodeAt(end + 1)) ? null : end;
}
