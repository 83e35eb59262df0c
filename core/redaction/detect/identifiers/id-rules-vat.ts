import { icao9303, isDate, isMonthDay, luhn, mod11_10, mod97, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';

/**
 * VAT numbers with their country's letters (European Commission, VIES: structure and check algorithms of the member states; HMRC; Swiss
 * UID register), and the personal numbers of Europe that id-rules-europe.ts lacks: CPR office (Denmark), Autoridade Tributária
 * (Portugal), Dachverband der Sozialversicherungsträger (Austria), Registers Iceland, GRAO (Bulgaria), KEP (Greece), the population
 * registers of Slovenia, Estonia, Lithuania and Latvia, State Tax Service of Ukraine, FNS (Russia), NAV (Hungary).
 */
const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** By country: shape behind the two letters, and the check over what stands there. */
const VAT: readonly (readonly [country: string, shapes: readonly string[], check: (v: string) => boolean])[] =
  [
    ['AT', ['A3D8'], v => v.startsWith('U') && austrian(v.slice(1))],
    [
      'BE',
      ['A2D10', 'A2 D10', 'A2D4.D3.D3', 'A2 D4.D3.D3'],
      v => /^[01]/.test(v) && 97 - (number(v, 0, 8) % 97) === number(v, 8, 10),
    ],
    ['DK', ['A2D8', 'A2 D8', 'A2 D2 D2 D2 D2'], v => weighted(v, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0],
    ['FI', ['A2D8', 'A2 D8'], v => weighted(v, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0],
    [
      'FR',
      ['A2D11', 'A2 D11', 'A2 D2 D9', 'A2 D2 D3 D3 D3'],
      v => luhn(v.slice(2)) && (12 + 3 * (number(v, 2, 11) % 97)) % 97 === number(v, 0, 2),
    ],
    ['IT', ['A2D11', 'A2 D11'], v => Number(v) > 0 && luhn(v)],
    [
      'NL',
      ['A2D9A1D2', 'A2 D9A1D2'],
      v =>
        v.charAt(9) === 'B' &&
        (weighted(v, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 || mod97(`NL${v}`) === 1),
    ],
    ['PL', ['A2D10', 'A2 D10', 'A2 D3-D3-D2-D2'], isNip],
    ['PT', ['A2D9', 'A2 D9', 'A2 D3 D3 D3'], isNif],
    ['SE', ['A2D12', 'A2 D12'], v => v.endsWith('01') && luhn(v.slice(0, 10))],
    ['LU', ['A2D8', 'A2 D8'], v => number(v, 0, 6) % 89 === number(v, 6, 8)],
    ['EL', ['A2D9', 'A2 D9'], isAfm],
    ['SK', ['A2D10', 'A2 D10'], v => /^[1-9]/.test(v) && Number(v) % 11 === 0],
    ['HU', ['A2D8', 'A2 D8'], v => weighted(v, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0],
    ['HR', ['A2D11', 'A2 D11'], mod11_10],
    ['SI', ['A2D8', 'A2 D8'], v => (11 - (weighted(v, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(v, 7)],
    ['EE', ['A2D9', 'A2 D9'], v => weighted(v, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0],
    ['GB', ['A2D9', 'A2 D9', 'A2 D3 D4 D2'], isBritishVat],
    ['XI', ['A2D9', 'A2 D9'], isBritishVat],
  ];

export const VAT_ID_RULES: readonly IdRule[] = [
  ...VAT.map(
    ([country, shapes, check]): IdRule => ({
      rule: `national-id.${country.toLowerCase()}-vat`,
      entity: 'national-id',
      shapes,
      // in lower case most such tokens are hex
      check: (v, raw) => v.startsWith(country) && raw.startsWith(country) && check(v.slice(2)),
      alone: 0.5,
      near: 0.9,
      context: ['tax'],
    }),
  ),
  {
    rule: 'national-id.ch-uid',
    entity: 'national-id',
    shapes: ['A3-D3.D3.D3', 'A3D9'],
    check: v =>
      v.startsWith('CHE') &&
      (11 - (weighted(v.slice(3), [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === digitAt(v, 11),
    alone: 0.7,
    context: ['tax'],
  },
  {
    // No checksum since 2007: the date has to do.
    rule: 'national-id.dk-cpr',
    entity: 'national-id',
    shapes: ['D6-D4'],
    check: isDayFirst,
    alone: 0.4,
    whole: 0.6,
    near: 0.9,
    context: ['id'],
  },
  {
    rule: 'national-id.dk-cpr-bare',
    entity: 'national-id',
    shapes: ['D10'],
    check: isDayFirst,
    alone: 0.2,
    near: 0.8,
    context: ['id'],
  },
  {
    rule: 'national-id.pt-nif',
    entity: 'national-id',
    shapes: ['D9', 'D3 D3 D3'],
    check: isNif,
    alone: 0.3,
    named: 0.55,
    context: ['tax', 'id'],
  },
  {
    // Eight-digit number, check digit, version of two letters and a digit.
    rule: 'national-id.pt-citizen-card',
    entity: 'national-id',
    shapes: ['D8 D1 A2D1', 'D9A2D1', 'D8-D1-A2D1'],
    check: (_, raw) => !/[a-z]/.test(raw),
    alone: 0.5,
    context: ['id'],
  },
  {
    rule: 'national-id.at-svnr',
    entity: 'national-id',
    shapes: ['D4 D6', 'D10'],
    check: v =>
      /^[1-9]/.test(v) &&
      isMonthDay(Math.max(1, number(v, 6, 8) % 13), Math.max(1, number(v, 4, 6))) &&
      weighted(v, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digitAt(v, 3),
    alone: 0.4,
    whole: 0.6,
    context: ['id', 'health-id'],
  },
  {
    rule: 'national-id.is-kennitala',
    entity: 'national-id',
    shapes: ['D6-D4', 'D10'],
    check: v =>
      isMonthDay(number(v, 2, 4), number(v, 0, 2) % 40) &&
      weighted(v, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
      /[089]$/.test(v),
    alone: 0.45,
    whole: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.bg-egn',
    entity: 'national-id',
    shapes: ['D10'],
    check: v =>
      isMonthDay(number(v, 2, 4) % 20, number(v, 4, 6)) &&
      (weighted(v, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digitAt(v, 9),
    alone: 0.35,
    whole: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.gr-amka',
    entity: 'national-id',
    shapes: ['D11'],
    check: v => isDayFirst(v) && luhn(v),
    alone: 0.35,
    whole: 0.6,
    context: ['id', 'health-id'],
  },
  {
    rule: 'national-id.gr-afm',
    entity: 'national-id',
    shapes: ['D9'],
    check: isAfm,
    alone: 0.2,
    near: 0.8,
    context: ['tax'],
  },
  {
    // Republics of the former Yugoslavia (JMBG, EMŠO): day, month, three digits of the year, region, serial, modulus 11.
    rule: 'national-id.si-emso',
    entity: 'national-id',
    shapes: ['D13'],
    check: v =>
      /^....[09]/.test(v) &&
      isMonthDay(number(v, 2, 4), number(v, 0, 2)) &&
      (11 - (weighted(v, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(v, 12),
    alone: 0.45,
    whole: 0.65,
    context: ['id'],
  },
  {
    // Estonia and Lithuania: sex and century, birth date, serial; weights 1 2 … 9 1, then 3 4 … 9 1 2 3.
    rule: 'national-id.baltic',
    entity: 'national-id',
    shapes: ['D11'],
    check: v => {
      if (!/^[1-8]/.test(v) || !isDate(2000 + number(v, 1, 3), number(v, 3, 5), number(v, 5, 7)))
        return false;
      let rest = weighted(v, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
      if (rest === 10) rest = (weighted(v, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
      return rest === digitAt(v, 10);
    },
    alone: 0.4,
    whole: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.lv-pk',
    entity: 'national-id',
    shapes: ['D6-D5'],
    check: v =>
      /^32/.test(v) ||
      (isDayFirst(v) && (1101 - weighted(v, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 === digitAt(v, 10)),
    alone: 0.5,
    context: ['id'],
  },
  {
    rule: 'national-id.ua-rnokpp',
    entity: 'national-id',
    shapes: ['D10'],
    check: v => (((weighted(v, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) + 11) % 11) % 10 === digitAt(v, 9),
    alone: 0.2,
    near: 0.8,
    context: ['tax', 'id'],
  },
  {
    rule: 'national-id.ru-inn-company',
    entity: 'national-id',
    shapes: ['D10'],
    check: v => (weighted(v, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digitAt(v, 9),
    alone: 0.2,
    near: 0.8,
    context: ['tax'],
  },
  {
    rule: 'national-id.ru-inn',
    entity: 'national-id',
    shapes: ['D12'],
    check: v =>
      (weighted(v, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digitAt(v, 10) &&
      (weighted(v, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digitAt(v, 11),
    alone: 0.4,
    whole: 0.65,
    context: ['tax', 'id'],
  },
  {
    rule: 'national-id.pl-nip',
    entity: 'national-id',
    shapes: ['D3-D3-D2-D2', 'D3-D2-D2-D3', 'D10'],
    check: isNip,
    alone: 0.3,
    near: 0.85,
    context: ['tax'],
  },
  {
    // Three letters and six digits of a Polish identity card: the first digit checks by 7 3 1.
    rule: 'national-id.pl-dowod',
    entity: 'national-id',
    shapes: ['A3D6', 'A3 D6'],
    check: v => /^[A-Z]{3}/.test(v) && icao9303(`${v.slice(0, 3)}${v.slice(4)}${v.charAt(3)}`),
    alone: 0.2,
    near: 0.8,
    context: ['id'],
  },
  {
    rule: 'national-id.hu-tax',
    entity: 'national-id',
    shapes: ['D10'],
    check: v => v.startsWith('8') && weighted(v, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === digitAt(v, 9),
    alone: 0.3,
    near: 0.85,
    context: ['tax', 'id'],
  },
];

function isDayFirst(v: string): boolean {
  return isMonthDay(number(v, 2, 4), number(v, 0, 2));
}

function austrian(v: string): boolean {
  let sum = 4;
  for (let i = 0; i < 7; i++) {
    const product = digitAt(v, i) * (i % 2 === 0 ? 1 : 2);
    sum += product > 9 ? product - 9 : product;
  }
  return (10 - (sum % 10)) % 10 === digitAt(v, 7);
}

function isNip(v: string): boolean {
  return weighted(v, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digitAt(v, 9);
}

function isNif(v: string): boolean {
  const rest = weighted(v, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
  return /^[1-35689]/.test(v) && (rest < 2 ? 0 : 11 - rest) === digitAt(v, 8);
}

function isAfm(v: string): boolean {
  return Number(v) > 0 && (weighted(v, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digitAt(v, 8);
}

function isBritishVat(v: string): boolean {
  const sum = weighted(v, [8, 7, 6, 5, 4, 3, 2]) + number(v, 7, 9);
  return sum % 97 === 0 || (sum + 55) % 97 === 0;
}
