import { icao9303, mod11_10 } from './checksums.ts';
import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/**
 * German identifiers: tax (BZSt, Abgabenordnung 139b), pension insurance (VKVV), health insurance (GKV-Spitzenverband), physicians and
 * practices (KBV guidelines on LANR and BSNR), identity card and passport (PAuswV, PassV: ICAO 9303 check digit), commercial register.
 */
const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

export const GERMAN_ID_RULES: readonly IdRule[] = [
  {
    // BZSt: ISO 7064 MOD 11,10; of the first ten digits exactly one stands two or three times.
    rule: 'national-id.de-tax-id',
    entity: 'national-id',
    shapes: ['D11', 'D2 D3 D3 D3'],
    check: v => v.charAt(0) !== '0' && mod11_10(v) && hasOneRepeat(v.slice(0, 10)),
    alone: 0.35,
    whole: 0.6,
    named: 0.6,
    context: ['tax', 'id'],
  },
  {
    // Deutsche Rentenversicherung, VKVV: weights 2 1 2 5 7 1 2 1 2 1 2 1 over digit sums, letter as two digits.
    rule: 'national-id.de-pension',
    entity: 'national-id',
    shapes: ['D8A1D3', 'D2 D6 A1 D3'],
    check: isGermanPensionNumber,
    alone: 0.75,
    named: 0.6,
    context: ['id'],
  },
  {
    // GKV-Spitzenverband: letter as two digits, Luhn-like 1 2 1 2 ….
    rule: 'national-id.de-kvnr',
    entity: 'national-id',
    shapes: ['A1D9', 'A1 D3 D3 D3'],
    check: isGermanHealthNumber,
    alone: 0.4,
    whole: 0.6,
    named: 0.55,
    context: ['health-id'],
  },
  {
    rule: 'national-id.de-vat',
    entity: 'national-id',
    shapes: ['A2D9', 'A2 D9', ...spaced(' -.', 'A2', 'D3', 'D3', 'D3')],
    check: v => v.startsWith('DE') && mod11_10(v.slice(2)),
    alone: 0.55,
    context: ['tax'],
  },
  {
    // FeV annex 8: office code, number, check, version.
    rule: 'driving-licence.de',
    entity: 'driving-licence',
    shapes: ['A2D8A1', 'A1D9A1', 'A2D9', 'A1D3A1D6'],
    check: v => v.length === 11 && !v.startsWith('DE'),
    alone: 0.3,
    context: ['licence'],
  },
  {
    // The licence number in its form of today: office, eight digits, version.
    rule: 'driving-licence.de-form',
    entity: 'driving-licence',
    shapes: ['A2D8A1'],
    check: (_, raw) => !/[a-z]/.test(raw),
    alone: 0.3,
    whole: 0.5,
    context: ['licence'],
  },
  {
    // Finanzamt, district and number with slashes; thirteen digits with the state's number first in ELSTER.
    rule: 'national-id.de-tax-number',
    entity: 'national-id',
    shapes: ['D3/D3/D5', 'D2/D3/D5', 'D3/D4/D4', 'D2/D4/D4', 'D5/D5', 'D3 D3 D5'],
    check: v => !/^(\d)\1+$/.test(v),
    alone: 0.3,
    whole: 0.5,
    near: 0.8,
    context: ['tax'],
  },
  {
    rule: 'national-id.de-tax-number-bare',
    entity: 'national-id',
    shapes: ['D13'],
    check: v => /^(0[1-9]|1[0-6])/.test(v),
    alone: 0.2,
    near: 0.7,
    context: ['tax'],
  },
  {
    // KBV: six digits, check digit by 4 9 4 9 4 9, two digits of the specialty.
    rule: 'national-id.de-lanr',
    entity: 'national-id',
    shapes: ['D9'],
    check: v => {
      let sum = 0;
      for (let i = 0; i < 6; i++) sum += digitAt(v, i) * (i % 2 === 0 ? 4 : 9);
      return (10 - (sum % 10)) % 10 === digitAt(v, 6) && v.slice(7) !== '00';
    },
    alone: 0.3,
    whole: 0.5,
    named: 0.6,
    context: ['health-id'],
  },
  {
    // The first two digits name the association of physicians.
    rule: 'national-id.de-bsnr',
    entity: 'national-id',
    shapes: ['D9'],
    check: v => /^(0[1-3]|17|20|35|38|46|5[12]|6[0-9]|7[1-4]|78|79|83|88|93|98|99)/.test(v),
    alone: 0.1,
    near: 0.7,
    context: ['health-id'],
  },
  {
    // Serial number without vowels and letters that look like digits; passports begin with C F G H J K, cards with L to Z.
    rule: 'national-id.de-id-card',
    entity: 'national-id',
    shapes: serialShapes(),
    check: v => /^[LMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{7}\d$/.test(v) && icao9303(v),
    alone: 0.3,
    whole: 0.6,
    near: 0.9,
    context: ['id'],
  },
  {
    rule: 'passport.de',
    entity: 'passport',
    shapes: serialShapes(),
    check: v => /^[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{7}\d$/.test(v) && icao9303(v),
    alone: 0.3,
    whole: 0.6,
    near: 0.9,
    context: ['passport', 'id'],
  },
  {
    // Cards until 2010: T and eight digits.
    rule: 'national-id.de-id-card-old',
    entity: 'national-id',
    shapes: ['A1D8'],
    check: v => v.startsWith('T'),
    alone: 0.2,
    whole: 0.5,
    near: 0.8,
    context: ['id'],
  },
  {
    // Handelsgesetzbuch, section 9: department A or B of the register and a number.
    rule: 'national-id.de-register',
    entity: 'national-id',
    shapes: ['A3 D3', 'A3 D4', 'A3 D5', 'A3 D6', 'A3D4', 'A3D5', 'A3D6'],
    check: v => /^HR[AB]/.test(v),
    alone: 0.6,
    context: ['tax'],
  },
];

/** A letter, seven of letters or digits, the check digit: every arrangement as a shape. */
function serialShapes(): readonly string[] {
  return Array.from({ length: 128 }, (_, bits) => {
    const kinds = `A${bits.toString(2).padStart(7, '0').replaceAll('0', 'D').replaceAll('1', 'A')}D`;
    return kinds.replace(/A+|D+/g, run => `${run.charAt(0)}${run.length}`);
  });
}

function hasOneRepeat(ten: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of ten) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter(count => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

/** Sum of the digit sums of digit × weight. */
function crossSum(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const product = digitAt(digits, i) * (weights[i] ?? 0);
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum;
}

function twoDigits(letter: string): string {
  return String(letter.charCodeAt(0) - 64).padStart(2, '0');
}

function isGermanPensionNumber(value: string): boolean {
  const day = number(value, 2, 4);
  const month = number(value, 4, 6);
  if (month < 1 || month > 12 || day % 50 > 31) return false;
  const digits = value.slice(0, 8) + twoDigits(value.charAt(8)) + value.slice(9, 11);
  return crossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digitAt(value, 11);
}

function isGermanHealthNumber(value: string): boolean {
  const digits = twoDigits(value.charAt(0)) + value.slice(1, 9);
  return crossSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digitAt(value, 9);
}
