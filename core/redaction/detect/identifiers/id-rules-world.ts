import { isDate, isMonthDay, luhn, verhoeff, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/** National identifiers of Australia, India, Singapore, Korea, China, Japan, Thailand, South Africa and Nigeria; checks from the issuing offices. */
const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

export const WORLD_ID_RULES: readonly IdRule[] = [
  {
    // ATO: weights 1 4 3 7 5 8 6 9 10, modulus 11.
    rule: 'national-id.au-tfn',
    entity: 'national-id',
    shapes: ['D3 D3 D3', 'D3-D3-D3', 'D9'],
    check: v => Number(v) > 0 && weighted(v, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    alone: 0.35,
    whole: 0.5,
    context: ['tax', 'id'],
  },
  {
    // ABR: subtract one from the first digit, modulus 89.
    rule: 'national-id.au-abn',
    entity: 'national-id',
    shapes: ['D2 D3 D3 D3'],
    check: isAbn,
    alone: 0.45,
    whole: 0.6,
    context: ['tax', 'id'],
  },
  {
    rule: 'national-id.au-abn-bare',
    entity: 'national-id',
    shapes: ['D11'],
    check: isAbn,
    alone: 0.45,
    context: ['tax', 'id'],
  },
  {
    rule: 'national-id.au-acn',
    entity: 'national-id',
    shapes: ['D3 D3 D3', 'D9'],
    check: v => (10 - (weighted(v, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digitAt(v, 8),
    alone: 0.3,
    context: ['tax'],
  },
  {
    // Services Australia: first digit 2-6, weights 1 3 7 9 1 3 7 9, check is the ninth digit.
    rule: 'national-id.au-medicare',
    entity: 'national-id',
    shapes: ['D4 D5 D1', 'D10'],
    check: v => /^[2-6]/.test(v) && weighted(v, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(v, 8),
    alone: 0.4,
    whole: 0.5,
    context: ['health-id'],
  },
  {
    // UIDAI: Verhoeff; never begins with 0 or 1.
    rule: 'national-id.in-aadhaar',
    entity: 'national-id',
    shapes: spaced(' -:', 'D4', 'D4', 'D4'),
    check: v => /^[2-9]/.test(v) && verhoeff(v) && v !== [...v].reverse().join(''),
    alone: 0.55,
    named: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.in-aadhaar-bare',
    entity: 'national-id',
    shapes: ['D12'],
    check: v => /^[2-9]/.test(v) && verhoeff(v),
    alone: 0.3,
    whole: 0.5,
    named: 0.55,
    context: ['id'],
  },
  {
    // Income-tax rules: the fourth letter is the holder's status, the fifth the name's initial.
    rule: 'national-id.in-pan',
    entity: 'national-id',
    shapes: ['A5D4A1'],
    check: v => /^[A-Z]{3}[ABCFGHJLPT]/.test(v),
    alone: 0.55,
    named: 0.6,
    context: ['tax', 'id'],
  },
  {
    // The form alone; the status letters of today are not all that were given.
    rule: 'national-id.in-pan-form',
    entity: 'national-id',
    shapes: ['A5D4A1'],
    check: (_, raw) => !/[a-z]/.test(raw),
    alone: 0.3,
    whole: 0.5,
    named: 0.55,
    context: ['tax', 'id'],
  },
  {
    // GSTN: state (01 to 37, 97 other territory, 99 centre), PAN, entity, Z, check.
    rule: 'national-id.in-gstin',
    entity: 'national-id',
    shapes: ['D2A5D4A1D1A1D1', 'D2A5D4A1D1A2', 'D2A5D4A3', 'D2A5D4A2D1'],
    check: v => /^(0[1-9]|[12]\d|3[0-7]|9[79])[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(v),
    alone: 0.8,
    context: ['tax'],
  },
  {
    rule: 'national-id.in-voter',
    entity: 'national-id',
    shapes: ['A3D7'],
    check: (_, raw) => !/[a-z]/.test(raw),
    alone: 0.25,
    whole: 0.5,
    near: 0.6,
    context: ['id'],
  },
  {
    // ICA: weights 2 7 6 5 4 3 2, tables by series.
    rule: 'national-id.sg-nric',
    entity: 'national-id',
    shapes: ['A1D7A1'],
    check: isNric,
    alone: 0.7,
    named: 0.6,
    context: ['id'],
  },
  {
    // The form alone: series letter, seven digits, letter.
    rule: 'national-id.sg-nric-form',
    entity: 'national-id',
    shapes: ['A1D7A1'],
    check: (v, raw) => /^[STFGM]/.test(v) && !/[a-z]/.test(raw),
    alone: 0.3,
    whole: 0.5,
    context: ['id'],
  },
  {
    // Ministry of the Interior: birth date and the digit of sex and century; the checksum ended in 2020.
    rule: 'national-id.kr-rrn',
    entity: 'national-id',
    shapes: ['D6-D7'],
    check: isKoreanBirth,
    alone: 0.65,
    named: 0.55,
    context: ['id'],
  },
  {
    rule: 'national-id.kr-rrn-bare',
    entity: 'national-id',
    shapes: ['D13'],
    check: isKoreanBirth,
    alone: 0.3,
    whole: 0.5,
    near: 0.7,
    context: ['id'],
  },
  {
    rule: 'national-id.kr-brn',
    entity: 'national-id',
    shapes: ['D3-D2-D5'],
    check: v =>
      (10 - ((weighted(v, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((digitAt(v, 8) * 5) / 10)) % 10)) % 10 ===
      digitAt(v, 9),
    alone: 0.55,
    context: ['tax'],
  },
  {
    // GB 11643-1999: ISO 7064 MOD 11-2 with a birth date.
    rule: 'national-id.cn-resident',
    entity: 'national-id',
    shapes: ['D18', 'D17A1'],
    check: v =>
      /^[1-8]\d{5}(19|20)/.test(v) &&
      isMonthDay(number(v, 10, 12), number(v, 12, 14)) &&
      '10X98765432'.charAt(weighted(v, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) ===
        v.at(-1),
    alone: 0.85,
    context: ['id'],
  },
  {
    // MIC: weights 6 5 4 3 2 7 6 5 4 3 2, modulus 11.
    rule: 'national-id.jp-my-number',
    entity: 'national-id',
    shapes: ['D12', 'D4 D4 D4', 'D4-D4-D4'],
    check: v => {
      const rest = weighted(v, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
      return (rest <= 1 ? 0 : 11 - rest) === digitAt(v, 11);
    },
    alone: 0.25,
    context: ['id'],
  },
  {
    // DOPA: category, province and its district, weights 13..2, modulus 11.
    rule: 'national-id.th-id',
    entity: 'national-id',
    shapes: ['D1-D4-D5-D2-D1', 'D1 D4 D5 D2 D1', 'D13'],
    check: v =>
      /^[1-8](1\d|2[0-7]|3\d|4\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])/.test(v) &&
      (11 - (weighted(v, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(v, 12),
    alone: 0.3,
    whole: 0.5,
    context: ['id', 'tax'],
  },
  {
    // DHA: birth date, Luhn, citizenship 0-2.
    rule: 'national-id.za-id',
    entity: 'national-id',
    shapes: ['D13', 'D6 D4 D2 D1', 'D6 D4 D3'],
    check: v => (isBirth(1900, v) || isBirth(2000, v)) && /[012]/.test(v.charAt(10)) && luhn(v),
    alone: 0.35,
    whole: 0.65,
    context: ['id'],
  },
  {
    rule: 'national-id.ng-nin',
    entity: 'national-id',
    shapes: ['D11'],
    check: verhoeff,
    alone: 0.25,
    context: ['id'],
  },
];

/** `YYMMDD` in the century that begins with `century`. */
function isBirth(century: number, v: string): boolean {
  return isDate(century + number(v, 0, 2), number(v, 2, 4), number(v, 4, 6));
}

/**
 * Birth date and the digit of sex, century and citizenship: 3, 4, 7 and 8 for births from 2000 on, of which none lies far ahead. The
 * office that registered a foreigner (5 to 8) is none with 00.
 */
function isKoreanBirth(v: string): boolean {
  if (!/^\d{6}(?:[1-4]|[5-8](?!00))/.test(v)) return false;
  return /[3478]/.test(v.charAt(6)) ? number(v, 0, 2) < 60 && isBirth(2000, v) : isBirth(1900, v);
}

function isAbn(v: string): boolean {
  return v.charAt(0) !== '0' && (weighted(v, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0;
}

function isNric(value: string): boolean {
  const sum = weighted(value.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]);
  const mark = value.at(-1);
  switch (value.charAt(0)) {
    case 'S':
      return 'JZIHGFEDCBA'.charAt(sum % 11) === mark;
    case 'T':
      return 'JZIHGFEDCBA'.charAt((sum + 4) % 11) === mark;
    case 'F':
      return 'XWUTRQPNMLK'.charAt(sum % 11) === mark;
    case 'G':
      return 'XWUTRQPNMLK'.charAt((sum + 4) % 11) === mark;
    case 'M':
      return 'KLJNPQRTUWX'.charAt(10 - ((sum + 3) % 11)) === mark;
    default:
      return false;
  }
}
