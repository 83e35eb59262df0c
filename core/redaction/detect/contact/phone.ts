import type { CountryCode } from 'libphonenumber-js/max';
import {
  isValidPhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { isEpoch, isHexDump, isNamedAsCounter } from '../context/anti-evidence.ts';
import { isFreeAfter, standsAlone } from '../context/borders.ts';
import { isDigit, isWordChar } from '../characters.ts';
import { contextOf, hasContext } from '../context/context.ts';
import { registerOf } from '../context/context-register.ts';
import type { Detector, Emit, LineText } from '../detector.ts';
import type { DigitRun } from '../identifiers/digit-runs.ts';
import { digitRuns } from '../identifiers/digit-runs.ts';
import { SIGHT } from '../gate/gate.ts';
import {
  digitsIn,
  hasCanonicalGroups,
  isDateLike,
  isNanp,
  isTwoNumbers,
  mayStandUnnamed,
  withExtension,
} from './phone-forms.ts';

/** National numbers are tried in these countries, the commonest formats first. */
const COUNTRIES: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'PL',
  'SE',
  'FI',
  'NO',
  'DK',
  'BE',
  'CH',
  'AT',
  'IN',
  'BR',
  'AU',
  'JP',
  'KR',
  'TR',
  'RU',
  'CN',
  'IL',
  'ZA',
  'MX',
  'PT',
  'CZ',
  'HU',
  'GR',
  'IE',
  'NZ',
  'SG',
  'UA',
  'RO',
  'PH',
  'NG',
  'SI',
  'LV',
  'AR',
  'CL',
  'CO',
  'AE',
  'SA',
  'EG',
  'TH',
  'VN',
  'ID',
  'MY',
  'PK',
  'KE',
];
/** Countries that write a trunk zero (Russia: an 8) in front; a canonical grouping of theirs may stand without a word. */
const TRUNK_ZERO: readonly CountryCode[] = [
  'GB',
  'DE',
  'FR',
  'NL',
  'SE',
  'FI',
  'BE',
  'CH',
  'AT',
  'AU',
  'JP',
  'KR',
  'TR',
  'IL',
  'ZA',
  'IE',
  'NZ',
  'UA',
  'RO',
  'PH',
  'IT',
  'IN',
  'RU',
];
/** Past this many validations in a line a number that a word names is masked unseen: a hostile line stays cheap. */
const MAX_VALIDATIONS = 48;

/** Telephone numbers: E.164 and national formats; libphonenumber's metadata decide, on short candidates only. */
export const phoneDetector: Detector = {
  name: 'phone',
  needs: SIGHT.digits,
  find(text, emit) {
    if (isHexDump(text.line)) return;
    let budget = MAX_VALIDATIONS;
    for (const run of digitRuns(text.line, text.sightings, 7)) {
      if (text.line.charCodeAt(run.start) === 0x2b || text.line.charCodeAt(run.start - 1) === 0x2b) {
        budget -= 2;
        international(text, run, budget > 0, emit);
      } else if (isPossible(text, run)) {
        const isNamed = isNamedPhone(text, run);
        const isAlone = !isNamed && isAloneIn(text.line, run);
        if (!isNamed && !isAlone && (run.separators === 0 || !mayStandUnnamed(text.line, run.start)))
          continue;
        budget--;
        national(text, run, { isNamed, isAlone, mayValidate: budget > 0 }, emit);
      }
    }
  },
};

/** A number without groups needs a word that is said of telephones only, or a sentence around a looser one. */
function isNamedPhone(text: LineText, run: DigitRun): boolean {
  if (isAfterScheme(text.line, run.start)) return true;
  if (text.sightings.anchors.length === 0) return false;
  const support = contextOf(text, run, ['phone']);
  if (support === 'none' || support === 'named') return support === 'named';
  // no count begins with a zero
  const isZeroLed = text.line.charCodeAt(run.start) === 0x30 && run.digits >= 10;
  if (run.separators > 0 || isZeroLed) return true;
  // `call 5550178`, not `1939695 function calls`
  const isBefore = hasContext(text, { start: run.start, end: text.line.length }, ['phone']);
  return isBefore && registerOf(text.line, run) !== 'log';
}

/** `tel:` of RFC 3966. */
function isAfterScheme(line: string, start: number): boolean {
  return (
    line.charCodeAt(start - 1) === 0x3a && line.slice(Math.max(0, start - 4), start).toLowerCase() === 'tel:'
  );
}

function international(text: LineText, run: DigitRun, mayValidate: boolean, emit: Emit): void {
  const { line } = text;
  const start = line.charAt(run.start) === '+' ? run.start : run.start - 1;
  if (
    start > 0 &&
    isWordChar(line.charCodeAt(start - 1)) &&
    !hasContext(text, { start, end: run.end }, ['phone'])
  )
    return;
  for (const end of endings(line, run)) {
    const digits = digitsIn(line, start, end);
    if (digits < 8 || digits > 15 || (isWordChar(line.charCodeAt(end)) && withExtension(line, end) === end))
      continue;
    if (mayValidate && !isValid(line.slice(start, end), undefined)) continue;
    const isNamed = hasContext(text, { start, end }, ['phone']);
    const isDecimal = /^\+\d+\.\d+$/.test(line.slice(start, run.end));
    if (isDecimal && !isNamed) continue;
    emit({
      entity: 'phone',
      start,
      end: withExtension(line, end),
      score: isNamed ? 0.95 : 0.8,
      rule: 'phone.international',
      evidence: ['valid number of its country'],
    });
    return;
  }
  if (hasContext(text, { start, end: run.end }, ['phone']) && run.digits >= 8 && run.digits <= 15) {
    emit({
      entity: 'phone',
      start,
      end: withExtension(line, run.end),
      score: 0.6,
      rule: 'phone.named',
      evidence: ['a word nearby names it'],
    });
  }
}

function national(
  text: LineText,
  run: DigitRun,
  mode: { readonly isNamed: boolean; readonly isAlone: boolean; readonly mayValidate: boolean },
  emit: Emit,
): void {
  const { line } = text;
  const { start } = run;
  for (const end of endings(line, run)) {
    const raw = line.slice(start, end);
    if (!isFree(line, start, withExtension(line, end)) || isDateLike(raw) || isTwoNumbers(raw)) continue;
    if (isNanp(raw, mode.isNamed)) {
      const score = mode.isNamed ? 0.9 : raw.includes('(') ? 0.75 : raw.includes('.') ? 0.5 : 0.6;
      emit({
        entity: 'phone',
        start,
        end: withExtension(line, end),
        score,
        rule: 'phone.nanp',
        evidence: ['North American grouping'],
      });
      return;
    }
    if (mode.isNamed) {
      const digits = digitsIn(line, start, end);
      if (digits > 15 || digits < 7) continue;
      const isGood = !mode.mayValidate || COUNTRIES.some(country => isValid(raw, country));
      if (!isGood && !(run.separators > 0 && validatePhoneNumberLength(raw, 'US') === undefined)) continue;
      emit({
        entity: 'phone',
        start,
        end: withExtension(line, end),
        score: isGood ? 0.75 : 0.55,
        rule: 'phone.named',
        evidence: ['a word nearby names it'],
      });
      return;
    }
    if (mode.isAlone && isTellingAlone(raw)) {
      emit({
        entity: 'phone',
        start,
        end,
        score: 0.5,
        rule: 'phone.alone',
        evidence: ['valid number', 'nothing else or a sentence around it'],
      });
      return;
    }
    if (mode.mayValidate && isDialledAbroad(raw)) {
      emit({
        entity: 'phone',
        start,
        end: withExtension(line, end),
        score: 0.6,
        rule: 'phone.dialled-abroad',
        evidence: ['valid number of its country behind 00'],
      });
      return;
    }
    if (hasCanonicalGroups(raw) && mode.mayValidate && TRUNK_ZERO.some(country => isValid(raw, country))) {
      emit({
        entity: 'phone',
        start,
        end,
        score: 0.5,
        rule: 'phone.national',
        evidence: ['valid number with a trunk zero'],
      });
      return;
    }
  }
}

/** `0044 20 7946 0958`: the prefix of most countries instead of `+`; three groups of four are code points. */
function isDialledAbroad(raw: string): boolean {
  if (!raw.startsWith('00') || !/^00[1-9]\d{0,2}[ -]\(?\d/.test(raw) || /^\d{4} \d{4} \d{4}$/.test(raw))
    return false;
  return isValid(`+${raw.slice(2)}`, undefined);
}

/** Alone, or with what it is called behind it: `021 480 3317-Office`. */
function isFree(line: string, start: number, end: number): boolean {
  if (standsAlone(line, start, end)) return true;
  const isLabelled = /^-(?:[A-Z][a-z]{2,8}|fax|tel|mobile|home|work|office)(?![\w-])/.test(
    line.slice(end, end + 12),
  );
  if (isLabelled) return standsAlone(line.slice(0, end), start, end);
  // `my number is503-555-0178`
  return /(?:^|\s)is$/.test(line.slice(Math.max(0, start - 3), start)) && isFreeAfter(line, end);
}

/** Bare, or in a sentence behind a zero: no count begins with one. */
function isAloneIn(line: string, run: DigitRun): boolean {
  if (!mayStandAlone(line, run)) return false;
  const register = registerOf(line, run);
  return register === 'bare' || (register !== 'log' && run.separators === 0);
}

/** The forms of `isTellingAlone`, seen from afar; nearly all numbers of a log are none of them. */
function mayStandAlone(line: string, run: DigitRun): boolean {
  if (run.digits !== 10 && run.digits !== 11) return false;
  const first = line.charCodeAt(run.start);
  if (run.separators === 0) return first === 0x30;
  return (
    run.separators >= 3 && run.separators <= 4 && (first === 0x30 || !isDigit(line.charCodeAt(run.start + 3)))
  );
}

/** A mobile number of ten or eleven digits behind a trunk zero, or four groups of which the last two are pairs: hardly a count. */
function isTellingAlone(raw: string): boolean {
  if (/^0\d{9,10}$/.test(raw))
    return TRUNK_ZERO.some(country => parsePhoneNumberFromString(raw, country)?.getType() === 'MOBILE');
  return (
    /^0?\(?[1-9]\d{2}\)?([ .])\d{3}\1\d{2}\1\d{2}$/.test(raw) &&
    COUNTRIES.some(country => isValid(raw, country))
  );
}

/** The run's end, then its ends without the last groups: other numbers may follow it. */
function endings(line: string, run: DigitRun): readonly number[] {
  const ends = [run.end];
  for (let i = run.end - 1; i > run.start && ends.length < 5; i--) {
    if (!isDigit(line.charCodeAt(i)) && isDigit(line.charCodeAt(i - 1))) ends.push(i);
  }
  return ends;
}

function isPossible(text: LineText, run: DigitRun): boolean {
  if (run.separators > 0) return true;
  const raw = text.line.slice(run.start, run.end);
  return run.digits <= 15 && !isEpoch(raw) && !isNamedAsCounter(text.line, run.start);
}

function isValid(raw: string, country: CountryCode | undefined): boolean {
  return country === undefined ? isValidPhoneNumber(raw) : isValidPhoneNumber(raw, country);
}
