import { isHexDump } from '../context/anti-evidence.ts';
import { mod97 } from './checksums.ts';
import { compact, isAlnum, isAsciiLetter, isDigit, isWordChar } from '../characters.ts';
import { hasContext } from '../context/context.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

/** Lengths by country: SWIFT IBAN registry, release 99. */
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HN: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
};

/** Two letters of a country in the registry and two check digits at `at`: what every IBAN begins with. */
export function isIbanHead(line: string, at: number): boolean {
  return (
    isAsciiLetter(line.charCodeAt(at)) &&
    isAsciiLetter(line.charCodeAt(at + 1)) &&
    isDigit(line.charCodeAt(at + 2)) &&
    isDigit(line.charCodeAt(at + 3)) &&
    LENGTHS[line.slice(at, at + 2).toUpperCase()] !== undefined
  );
}

/** International bank account numbers (ISO 13616): country, length, MOD 97-10; groups by single spaces, hyphens or no-break spaces. */
export const ibanDetector: Detector = {
  name: 'iban',
  needs: SIGHT.digits,
  find(text, emit) {
    const { line, sightings } = text;
    let from = 0;
    for (let i = 0; i < sightings.numberCount; i++) {
      // two letters, then a number that begins with the check digits
      const at = (sightings.numbers[2 * i] ?? 0) - 2;
      if (at < from || at + 14 >= line.length) continue;
      if (at > 0 && isWordChar(line.charCodeAt(at - 1))) continue;
      // the end of a UUID
      if (line.charCodeAt(at - 1) === 0x2d && isWordChar(line.charCodeAt(at - 2))) continue;
      if (!isIbanHead(line, at)) continue;
      const length = LENGTHS[line.slice(at, at + 2).toUpperCase()] ?? 0;
      const end = endAfter(line, at, length);
      if (end === null || isWordChar(line.charCodeAt(end))) continue;
      const raw = line.slice(at, end);
      // nobody mixes the cases of one value
      if (raw !== raw.toUpperCase() && (raw !== raw.toLowerCase() || isHexDump(line))) continue;
      const value = compact(raw);
      const span = { start: at, end };
      if (mod97(value.slice(4) + value.slice(0, 4)) === 1) {
        emit({
          entity: 'iban',
          ...span,
          score: 0.98,
          rule: 'iban.mod97',
          evidence: ['checksum passes', 'length of its country'],
        });
        from = end + 1;
      } else if (hasContext(text, span, ['bank'])) {
        emit({
          entity: 'iban',
          ...span,
          score: 0.6,
          rule: 'iban.named',
          evidence: ['a word nearby names it', 'length of its country'],
        });
      }
    }
  },
};

/** Where `length` letters and digits end that begin at `at`, with at most one separator between two; null if they do not. */
function endAfter(line: string, at: number, length: number): number | null {
  let seen = 0;
  let i = at;
  for (; i < line.length && seen < length; i++) {
    if (isAlnum(line.charCodeAt(i))) seen++;
    else if (!' -\u00a0'.includes(line.charAt(i)) || !isAlnum(line.charCodeAt(i - 1))) return null;
  }
  return seen === length ? i : null;
}
