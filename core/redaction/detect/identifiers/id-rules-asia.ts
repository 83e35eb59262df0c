import { isMonthDay, luhn, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/**
 * Identifiers of Asia, Africa and the Pacific beside those of id-rules-world.ts: ACRA (Singapore UEN), Immigration Department of Hong
 * Kong, Taiwan's Ministry of the Interior, JPN (Malaysia), Dukcapil (Indonesia), NADRA (Pakistan), PSA and BIR (Philippines), ICP
 * (Emirates), Absher (Saudi Arabia), Israel's Population Authority, Egypt's Civil Status, IRD (New Zealand), State Taxation
 * Administration of China, Kazakhstan's Ministry of Justice.
 */
const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

export const ASIAN_ID_RULES: readonly IdRule[] = [
  {
    rule: 'national-id.sg-uen',
    entity: 'national-id',
    shapes: ['D8A1', 'D9A1', 'A1D2A2D4A1'],
    check: isUen,
    alone: 0.4,
    whole: 0.6,
    context: ['tax', 'id'],
  },
  {
    // Letters as 10 and on, weights 9..2, check digit in parentheses as a rule.
    rule: 'national-id.hk-hkid',
    entity: 'national-id',
    shapes: ['A1D7', 'A2D7', 'A1D6A1', 'A2D6A1'],
    check: isHkid,
    alone: 0.35,
    whole: 0.5,
    context: ['id'],
  },
  {
    rule: 'national-id.tw-id',
    entity: 'national-id',
    shapes: ['A1D9'],
    check: isTaiwanId,
    alone: 0.45,
    context: ['id'],
  },
  {
    rule: 'national-id.my-mykad',
    entity: 'national-id',
    shapes: ['D6-D2-D4'],
    check: v =>
      isMonthDay(number(v, 2, 4), number(v, 4, 6)) && !/^\d{6}(00|17|18|19|20|69|70|73|80|81|9[4-7])/.test(v),
    alone: 0.65,
    context: ['id'],
  },
  {
    // Direktorat Jenderal Pajak: nine digits of which the last is Luhn's, then the office and the branch.
    rule: 'national-id.id-npwp',
    entity: 'national-id',
    shapes: ['D2.D3.D3.D1-D3.D3', 'D15'],
    check: (v, raw) => luhn(v.slice(0, 9)) && (raw.includes('.') || !v.startsWith('00')),
    alone: 0.3,
    named: 0.6,
    context: ['npwp'],
  },
  {
    // Province, district, birth date (women add 40 to the day), serial.
    rule: 'national-id.id-nik',
    entity: 'national-id',
    shapes: ['D16'],
    check: v =>
      /^(1[1-9]|21|[35][1-6]|6[1-5]|7[1-6]|8[12]|9[1-7])/.test(v) &&
      isMonthDay(number(v, 8, 10), number(v, 6, 8) % 40) &&
      v.slice(12) !== '0000',
    alone: 0.3,
    near: 0.85,
    context: ['id'],
  },
  {
    rule: 'national-id.pk-cnic',
    entity: 'national-id',
    shapes: ['D5-D7-D1'],
    check: v => /^[1-7]/.test(v),
    alone: 0.7,
    context: ['id'],
  },
  {
    rule: 'national-id.ae-emirates-id',
    entity: 'national-id',
    shapes: ['D3-D4-D7-D1', 'D15'],
    check: v => /^784(19|20)\d\d/.test(v) && luhn(v),
    alone: 0.85,
    context: ['id'],
  },
  {
    rule: 'national-id.sa-id',
    entity: 'national-id',
    shapes: ['D10'],
    check: v => /^[12]/.test(v) && luhn(v),
    alone: 0.2,
    near: 0.8,
    context: ['id'],
  },
  {
    rule: 'national-id.il-id',
    entity: 'national-id',
    shapes: ['D9', 'D8-D1'],
    check: v => Number(v) > 0 && luhn(v),
    alone: 0.2,
    near: 0.75,
    context: ['id'],
  },
  {
    // Century, birth date, governorate, serial, sex.
    rule: 'national-id.eg-id',
    entity: 'national-id',
    shapes: ['D14'],
    check: v =>
      /^[23]/.test(v) &&
      isMonthDay(number(v, 3, 5), number(v, 5, 7)) &&
      /^.{7}(0[1-4]|1[1-9]|2[1-9]|3[1-5]|88)/.test(v),
    alone: 0.3,
    whole: 0.6,
    near: 0.85,
    context: ['id'],
  },
  {
    rule: 'national-id.ph-tin',
    entity: 'national-id',
    shapes: ['D3-D3-D3', 'D3-D3-D3-D3', 'D3-D3-D3-D5', 'D12', 'D9', 'D3 D3 D3 D3'],
    check: v => Number(v) > 0,
    alone: 0.1,
    near: 0.65,
    context: ['tax'],
  },
  {
    // PhilSys number.
    rule: 'national-id.ph-psn',
    entity: 'national-id',
    shapes: [...spaced('-', 'D4', 'D4', 'D4', 'D4'), ...spaced('-', 'D4', 'D7', 'D1')],
    check: v => v.length === 12,
    alone: 0.3,
    near: 0.8,
    context: ['id', 'ssn'],
  },
  {
    rule: 'national-id.nz-ird',
    entity: 'national-id',
    shapes: ['D2-D3-D3', 'D3-D3-D3', 'D8', 'D9'],
    check: isIrd,
    alone: 0.3,
    near: 0.8,
    context: ['tax'],
  },
  {
    // GB 32100-2015: eighteen without I O S V Z, modulus 31.
    rule: 'national-id.cn-uscc',
    entity: 'national-id',
    shapes: ['D8A2D7A1', 'D17A1', 'D8A1D9', 'D8A2D8', 'D8A1D8A1', 'D10A1D7', 'D18'],
    check: isUscc,
    alone: 0.6,
    context: ['tax', 'id'],
  },
  {
    // Birth date, century and sex, serial; weights 1..11, then 3..2, modulus 11.
    rule: 'national-id.kz-iin',
    entity: 'national-id',
    shapes: ['D12'],
    check: v => {
      if (!isMonthDay(number(v, 2, 4), number(v, 4, 6)) || !/^\d{6}[1-6]/.test(v)) return false;
      let rest = weighted(v, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
      if (rest === 10) rest = weighted(v, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11;
      return rest === digitAt(v, 11);
    },
    alone: 0.35,
    whole: 0.6,
    context: ['id', 'tax'],
  },
  {
    // National Police Agency: region (11 to 26, 28), year, serial, check.
    rule: 'driving-licence.kr',
    entity: 'driving-licence',
    shapes: ['D2-D2-D6-D2'],
    check: v => /^(1[1-9]|2[0-68])/.test(v),
    alone: 0.6,
    context: ['licence'],
  },
  {
    // Citizen identity card since 2016: province, sex and century, year, serial.
    rule: 'national-id.vn-cccd',
    entity: 'national-id',
    shapes: ['D12'],
    check: v => /^0(0[1-9]|[1-8]\d|9[0-6])[0-3]\d\d/.test(v),
    alone: 0.2,
    near: 0.75,
    context: ['id'],
  },
];

function isUen(v: string): boolean {
  if (/^\d{8}[A-Z]$/.test(v))
    return 'XMKECAWLJDB'.charAt(weighted(v, [10, 4, 9, 3, 8, 2, 7, 1]) % 11) === v.at(-1);
  if (/^(19|20)\d{7}[A-Z]$/.test(v))
    return 'ZKCMDNERGWH'.charAt(weighted(v, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11) === v.at(-1);
  if (!/^[RST]\d\d[A-Z]{2}\d{4}[A-Z]$/.test(v)) return false;
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWX0123456789';
  const weights = [4, 3, 5, 3, 10, 2, 2, 5, 7];
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(v.charAt(i)), 0);
  return alphabet.charAt((((sum - 5) % 11) + 11) % 11) === v.at(-1);
}

function isHkid(v: string): boolean {
  const letters = /^[A-Z]{1,2}(?=\d{6}[\dA]$)/.exec(v)?.[0];
  if (letters === undefined) return false;
  const digits = v.slice(letters.length);
  let sum = letters.length === 1 ? 36 * 9 + (v.charCodeAt(0) - 55) * 8 : 0;
  if (letters.length === 2) sum = (v.charCodeAt(0) - 55) * 9 + (v.charCodeAt(1) - 55) * 8;
  sum += weighted(digits, [7, 6, 5, 4, 3, 2]) + (digits.at(-1) === 'A' ? 10 : digitAt(digits, 6));
  return sum % 11 === 0;
}

function isTaiwanId(v: string): boolean {
  // counties in the order of their codes 10 to 35
  const code = 10 + 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(v.charAt(0));
  if (!/^[A-Z][1289]/.test(v)) return false;
  const sum = Math.floor(code / 10) + (code % 10) * 9 + weighted(v.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1]);
  return sum % 10 === 0;
}

function isIrd(v: string): boolean {
  const digits = v.padStart(9, '0');
  if (Number(v) < 10_000_000 || Number(v) > 150_000_000) return false;
  const markOf = (weights: readonly number[]): number => (11 - (weighted(digits, weights) % 11)) % 11;
  let mark = markOf([3, 2, 7, 6, 5, 4, 3, 2]);
  if (mark === 10) mark = markOf([7, 4, 3, 2, 5, 2, 7, 6]);
  return mark === digitAt(digits, 8);
}

function isUscc(v: string): boolean {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  if (!/^[1-9AY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(v)) return false;
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const sum = weights.reduce((total, weight, i) => total + weight * alphabet.indexOf(v.charAt(i)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31) === v.at(-1) && /[A-Z]/.test(v);
}
