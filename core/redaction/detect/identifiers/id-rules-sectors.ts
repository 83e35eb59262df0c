import { luhn, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';

const MBI =
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d\d$/;
const isMbi = (v: string, raw: string): boolean => MBI.test(v) && (raw.includes('-') || /[G-Y]/.test(v));

/** Numbers of health care and banking; checks from the issuing offices, each rule names its scheme. */
export const SECTOR_ID_RULES: readonly IdRule[] = [
  {
    // CMS: position by position, without S L O I B Z.
    rule: 'health.us-mbi',
    entity: 'health',
    shapes: [
      'D1A2D1-A2D1-A2D2',
      'D1A2D1A2D1A2D2',
      'D1A1D2-A1D2-A2D2',
      'D1A1D2A1D2A2D2',
      'D1A2D1-A1D2-A2D2',
      'D1A2D1A1D2A2D2',
      'D1A1D2-A2D1-A2D2',
      'D1A1D2A2D1A2D2',
    ],
    check: isMbi,
    alone: 0.7,
    context: ['health-id'],
  },
  {
    // hexadecimal is written so as well: queue ids of mail servers
    rule: 'health.us-mbi-hexlike',
    entity: 'health',
    shapes: ['D1A2D1A2D1A2D2', 'D1A1D2A1D2A2D2', 'D1A2D1A1D2A2D2', 'D1A1D2A2D1A2D2'],
    check: v => MBI.test(v),
    alone: 0.3,
    whole: 0.6,
    context: ['health-id'],
  },
  {
    // CMS: Luhn with the prefix 80840; those that begin with 2 are not issued yet.
    rule: 'national-id.us-npi',
    entity: 'national-id',
    shapes: ['D10', 'D4 D3 D3', 'D4-D3-D3'],
    check: v => v.startsWith('1') && luhn(`80840${v}`),
    alone: 0.3,
    whole: 0.5,
    context: ['health-id'],
  },
  {
    rule: 'national-id.us-npi-second-series',
    entity: 'national-id',
    shapes: ['D10'],
    check: v => v.startsWith('2') && luhn(`80840${v}`),
    alone: 0.1,
    near: 0.8,
    context: ['health-id'],
  },
  {
    // DEA: sum of odd places plus twice the sum of even places.
    rule: 'national-id.us-dea',
    entity: 'national-id',
    shapes: ['A2D7'],
    check: v => {
      const digits = v.slice(2);
      return (
        /^[ABCDEFGHJKLMPRSTUX]/.test(v) && weighted(digits, [1, 2, 1, 2, 1, 2]) % 10 === digitAt(digits, 6)
      );
    },
    alone: 0.4,
    whole: 0.6,
    context: ['health-id'],
  },
  {
    // ABA: weights 3 7 1, modulus 10; first two digits name the Federal Reserve district.
    rule: 'bank-account.us-aba',
    entity: 'bank-account',
    shapes: ['D9'],
    check: isRoutingNumber,
    alone: 0.4,
    whole: 0.5,
    context: ['bank'],
  },
  {
    rule: 'bank-account.us-aba-grouped',
    entity: 'bank-account',
    shapes: ['D4-D4-D1'],
    check: isRoutingNumber,
    alone: 0.55,
    context: ['bank'],
  },
  {
    rule: 'bank-account.uk-sort-code',
    entity: 'bank-account',
    shapes: ['D2-D2-D2'],
    check: () => true,
    alone: 0.1,
    near: 0.6,
    context: ['bank'],
  },
];

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

function isRoutingNumber(v: string): boolean {
  return (
    /^(0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(v) &&
    Number(v) > 0 &&
    weighted(v, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0
  );
}
