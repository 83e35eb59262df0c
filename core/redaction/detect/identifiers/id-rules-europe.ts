import { ean13, isMonthDay, luhn, mod11_10, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';
import { spaced } from './id-rule.ts';

/**
 * National identifiers of Europe. Checks from the publications of the issuing offices, as collected in OECD "Tax identification
 * numbers" sheets and ISO 7064; each rule names its scheme.
 */
const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU_MARKS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;
const isDate6 = (text: string): boolean => isMonthDay(number(text, 2, 4), number(text, 4, 6));
const isDayFirst = (text: string): boolean => isMonthDay(number(text, 2, 4), number(text, 0, 2));

const isDni = (v: string): boolean =>
  DNI_LETTERS.charAt(Number(v.slice(0, -1)) % 23) === v.at(-1) && !/^0+\D$/.test(v);
const isBelgian = (v: string): boolean => {
  const mark = number(v, 9, 11);
  return (
    isDate6(v) && (97 - (number(v, 0, 9) % 97) === mark || 97 - (Number(`2${v.slice(0, 9)}`) % 97) === mark)
  );
};
/** Skatteetaten: two check digits; D numbers have 40 added to the day, those of hospitals 40 to the month, of tests 65 or 80. */
const isNorwegian = (v: string): boolean =>
  weighted(v, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
  weighted(v, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
const dayOfNorwegian = (v: string): number => number(v, 0, 2) % 40;

export const EUROPEAN_ID_RULES: readonly IdRule[] = [
  {
    // HMRC NIM39110: prefix letters, six digits, suffix A-D.
    rule: 'national-id.uk-nino',
    entity: 'national-id',
    shapes: ['A2D6A1', ...spaced(' -', 'A2', 'D2', 'D2', 'D2', 'A1'), 'A2 D6 A1'],
    check: v =>
      /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(v) && !/^(BG|GB|KN|NK|NT|TN|ZZ)/.test(v),
    alone: 0.6,
    named: 0.6,
    context: ['id', 'tax'],
  },
  {
    // NHS data dictionary: weights 10..2, modulus 11.
    rule: 'national-id.uk-nhs',
    entity: 'national-id',
    shapes: ['D3 D3 D4', 'D3-D3-D4'],
    check: v =>
      (11 - (weighted(v, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(v, 9) && !/^(\d)\1+$/.test(v),
    alone: 0.5,
    context: ['health-id'],
    named: 0.6,
  },
  {
    // NHS data dictionary: weights 10..2, modulus 11.
    rule: 'national-id.uk-nhs-bare',
    entity: 'national-id',
    shapes: ['D10'],
    check: v =>
      (11 - (weighted(v, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(v, 9) && !/^(\d)\1+$/.test(v),
    alone: 0.3,
    whole: 0.5,
    context: ['health-id'],
    named: 0.6,
  },
  {
    // Real Decreto 1553/2005: number modulo 23 names the letter.
    rule: 'national-id.es-dni',
    entity: 'national-id',
    shapes: ['D8A1', 'D8-A1', 'D7-A1', 'D7A1', 'D2.D3.D3-A1'],
    // eight digits and a letter up to F, or in lower case, are hex as well
    check: (v, raw) => isDni(v) && !/^\d+(?:[a-z]|[A-F])$/.test(raw),
    alone: 0.6,
    context: ['id', 'tax'],
    named: 0.55,
  },
  {
    // an address and the kind of a symbol stand apart too: `00001234 T main` of nm
    rule: 'national-id.es-dni-hexlike',
    entity: 'national-id',
    shapes: ['D8A1', 'D7A1', 'D8 A1'],
    check: (v, raw) => isDni(v) && /[a-zA-F]$| /.test(raw),
    alone: 0.3,
    whole: 0.5,
    context: ['id', 'tax'],
    named: 0.55,
  },
  {
    rule: 'national-id.es-nie',
    entity: 'national-id',
    shapes: ['A1D7A1', 'A1D7-A1', 'A1-D7-A1'],
    check: v =>
      /^[XYZ]/.test(v) &&
      DNI_LETTERS.charAt(Number(`${'XYZ'.indexOf(v.charAt(0))}${v.slice(1, 8)}`) % 23) === v.at(-1),
    alone: 0.7,
    context: ['id', 'tax'],
  },
  {
    // Decreto ministeriale 23/12/1976: odd and even tables, modulo 26.
    rule: 'national-id.it-codice-fiscale',
    entity: 'national-id',
    shapes: ['A6D2A1D2A1D3A1'],
    check: v => codiceFiscaleMark(v) === v.at(-1),
    alone: 0.95,
    named: 0.8,
    context: ['tax', 'id'],
  },
  {
    // The shape alone is telling: month letter, day up to 71.
    rule: 'national-id.it-codice-fiscale-shape',
    entity: 'national-id',
    shapes: ['A6D2A1D2A1D3A1'],
    check: v => /^[A-Z]{6}\d\d[A-EHLMPRST]([04][1-9]|[1256]\d|[37][01])/.test(v),
    alone: 0.55,
    context: ['tax', 'id'],
  },
  {
    // Ministero dell'Interno: the electronic card (two letters, five digits, two letters), and the paper one it replaced.
    rule: 'national-id.it-identity-card',
    entity: 'national-id',
    shapes: ['A2D5A2', 'A2D7', 'D7A2'],
    check: (v, raw) => !/[a-z]/.test(raw) && !/^0+$/.test(v.replace(/\D/g, '')),
    alone: 0.2,
    near: 0.7,
    context: ['identity-card'],
  },
  {
    // INSEE: 97 - (13 digits modulo 97); departments of Corsica as 2A = 19, 2B = 18.
    rule: 'national-id.fr-nir',
    entity: 'national-id',
    shapes: ['D15', 'D13 D2', ...spaced(' .-', 'D1', 'D2', 'D2', 'D2', 'D3', 'D3', 'D2'), 'D6A1D8'],
    check: v => {
      const body = v.slice(0, 13).replace('2A', '19').replace('2B', '18');
      const month = number(v, 3, 5);
      return (
        /^[12]\d{12}$/.test(body) &&
        (month <= 12 || month >= 20) &&
        month > 0 &&
        97 - (Number(body) % 97) === number(v, 13, 15)
      );
    },
    alone: 0.7,
    context: ['id'],
    named: 0.6,
  },
  {
    // Ustawa o ewidencji ludności: weights 1 3 7 9 …; the month carries the century.
    rule: 'national-id.pl-pesel',
    entity: 'national-id',
    shapes: ['D11'],
    check: v =>
      isMonthDay(number(v, 2, 4) % 20, number(v, 4, 6)) &&
      (10 - (weighted(v, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digitAt(v, 10),
    alone: 0.35,
    whole: 0.6,
    named: 0.6,
    context: ['id'],
  },
  {
    // RvIG: the eleven test, weights 9..2 and -1.
    rule: 'national-id.nl-bsn',
    entity: 'national-id',
    shapes: ['D9', 'D4.D2.D3', 'D3.D3.D3'],
    // one number of eleven passes: alone on a line it says nothing
    check: v => Number(v) > 0 && weighted(v, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    alone: 0.25,
    named: 0.55,
    context: ['id'],
  },
  {
    // Rijksregister: 97 - (9 digits modulo 97), with a 2 before them for births from 2000 on.
    rule: 'national-id.be-register',
    entity: 'national-id',
    shapes: ['D2.D2.D2-D3.D2'],
    check: isBelgian,
    alone: 0.65,
    context: ['id'],
  },
  {
    // Cards and letters print it with its points; eleven bare digits are the number of several other countries.
    rule: 'national-id.be-register-bare',
    entity: 'national-id',
    shapes: ['D11'],
    check: isBelgian,
    alone: 0.45,
    context: ['id'],
  },
  {
    // Skatteverket SKV 704: Luhn over ten digits; coordination numbers add 60 to the day.
    rule: 'national-id.se-personnummer',
    entity: 'national-id',
    shapes: ['D6-D4', 'D8-D4'],
    check: v =>
      luhn(v.slice(-10)) &&
      isMonthDay(number(v, v.length - 8, v.length - 6), number(v, v.length - 6, v.length - 4) % 60),
    alone: 0.7,
    context: ['id'],
    named: 0.6,
  },
  {
    // Past a hundred years the sign is a plus; an offset and a length are written so too.
    rule: 'national-id.se-personnummer-plus',
    entity: 'national-id',
    shapes: ['D6+D4'],
    check: v =>
      luhn(v.slice(-10)) &&
      isMonthDay(number(v, v.length - 8, v.length - 6), number(v, v.length - 6, v.length - 4) % 60),
    alone: 0.4,
    whole: 0.65,
    context: ['id'],
  },
  {
    rule: 'national-id.se-personnummer-bare',
    entity: 'national-id',
    shapes: ['D10', 'D12'],
    check: v =>
      luhn(v.slice(-10)) &&
      isMonthDay(number(v, v.length - 8, v.length - 6), number(v, v.length - 6, v.length - 4) % 60),
    alone: 0.35,
    whole: 0.65,
    context: ['id'],
  },
  {
    // Bolagsverket: Luhn, third digit two or more.
    rule: 'national-id.se-organisation',
    entity: 'national-id',
    shapes: ['D6-D4'],
    check: v => digitAt(v, 2) >= 2 && luhn(v),
    alone: 0.4,
    whole: 0.6,
    context: ['tax', 'id'],
  },
  {
    // DVV: nine digits modulo 31 name the mark; century signs of 2023 included.
    rule: 'national-id.fi-hetu',
    entity: 'national-id',
    shapes: ['D6-D3A1', 'D6+D3A1', 'D6A1D3A1', 'D6-D4', 'D6+D4', 'D6A1D4'],
    check: v => {
      const digits = v.length === 11 ? v.slice(0, 6) + v.slice(7, 10) : v.slice(0, 9);
      if (v.length === 11 && !/[A-FU-Y]/.test(v.charAt(6))) return false;
      return isDayFirst(v) && HETU_MARKS.charAt(Number(digits) % 31) === v.at(-1);
    },
    alone: 0.7,
    named: 0.6,
    context: ['id'],
  },
  {
    // Skatteetaten: two check digits, modulus 11.
    rule: 'national-id.no-fodselsnummer',
    entity: 'national-id',
    shapes: ['D11', 'D6 D5'],
    check: v => isMonthDay(number(v, 2, 4), dayOfNorwegian(v)) && isNorwegian(v),
    // one in four thousand numbers of eleven digits: too many for the ids of a log
    alone: 0.45,
    whole: 0.65,
    context: ['id'],
  },
  {
    rule: 'national-id.no-fodselsnummer-rare',
    entity: 'national-id',
    shapes: ['D11', 'D6 D5'],
    check: v =>
      [40, 65, 80].some(added => isMonthDay(number(v, 2, 4) - added, dayOfNorwegian(v))) && isNorwegian(v),
    alone: 0.3,
    whole: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.ch-ahv',
    entity: 'national-id',
    shapes: ['D3.D4.D4.D2', 'D13', 'D3 D4 D4 D2'],
    check: v => v.startsWith('756') && ean13(v),
    alone: 0.75,
    context: ['id'],
  },
  {
    // Zákon 133/2000: divisible by 11; women add 50 to the month.
    rule: 'national-id.cz-rodne-cislo',
    entity: 'national-id',
    shapes: ['D6/D4'],
    check: v => Number(v) % 11 === 0 && isMonthDay((number(v, 2, 4) % 50) % 20, number(v, 4, 6)),
    alone: 0.65,
    context: ['id'],
  },
  {
    // MFP: two check digits, modulus 10.
    rule: 'national-id.tr-kimlik',
    entity: 'national-id',
    shapes: ['D11'],
    check: v => {
      const odd = digitAt(v, 0) + digitAt(v, 2) + digitAt(v, 4) + digitAt(v, 6) + digitAt(v, 8);
      const even = digitAt(v, 1) + digitAt(v, 3) + digitAt(v, 5) + digitAt(v, 7);
      const tenth = (((odd * 7 - even) % 10) + 10) % 10;
      return v.charAt(0) !== '0' && tenth === digitAt(v, 9) && (odd + even + tenth) % 10 === digitAt(v, 10);
    },
    alone: 0.4,
    whole: 0.65,
    context: ['id'],
    named: 0.55,
  },
  {
    rule: 'national-id.ro-cnp',
    entity: 'national-id',
    shapes: ['D13'],
    check: v =>
      isMonthDay(number(v, 3, 5), number(v, 5, 7)) &&
      (weighted(v, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === digitAt(v, 12),
    alone: 0.3,
    whole: 0.6,
    context: ['id'],
  },
  {
    rule: 'national-id.hr-oib',
    entity: 'national-id',
    shapes: ['D11'],
    check: mod11_10,
    alone: 0.25,
    context: ['id'],
  },
  {
    // PFR: weights 9..1, modulus 101.
    rule: 'national-id.ru-snils',
    entity: 'national-id',
    shapes: ['D3-D3-D3 D2', 'D3-D3-D3-D2'],
    check: v => (weighted(v, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === number(v, 9, 11),
    alone: 0.75,
    context: ['id'],
  },
  {
    // Revenue Commissioners: weights 8..2 and 9 for the second letter, modulus 23.
    rule: 'national-id.ie-pps',
    entity: 'national-id',
    shapes: ['D7A1', 'D7A2'],
    check: v => {
      const second = v.length === 9 ? v.charCodeAt(8) - 64 : 0;
      return (
        'WABCDEFGHIJKLMNOPQRSTUV'.charAt((weighted(v, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23) ===
        v.charAt(7)
      );
    },
    alone: 0.4,
    whole: 0.6,
    context: ['id', 'tax'],
  },
  {
    // Agenzia delle Entrate: Luhn over eleven digits, the eighth to tenth name the office.
    rule: 'national-id.it-partita-iva',
    entity: 'national-id',
    shapes: ['D11'],
    check: v => luhn(v) && Number(v) > 0 && /^\d{7}(0\d[1-9]|0[1-9]0|100|12[01]|888|999)/.test(v),
    alone: 0.3,
    whole: 0.6,
    context: ['tax'],
  },
  {
    // DVLA: five of the surname, birth date woven in, initials, check characters.
    rule: 'driving-licence.uk',
    entity: 'driving-licence',
    shapes: ['A5D6A2D1A2', 'A4D7A2D1A2', 'A3D8A2D1A2', 'A5D6A1D2A2', 'A5D6A2D3', 'A5D6A5'],
    check: v =>
      /^[A-Z]{1,5}9{0,4}\d([05][1-9]|[16][0-2])(0[1-9]|[12]\d|3[01])\d[A-Z9]{2}[A-Z0-9][A-Z]{2}$/.test(v),
    alone: 0.7,
    context: ['licence'],
    named: 0.6,
  },
];

const CF_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function codiceFiscaleMark(value: string): string {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const code = value.charCodeAt(i);
    const index = code >= 65 ? code - 65 : code - 48;
    sum += i % 2 === 0 ? (CF_ODD[index] ?? 0) : index;
  }
  return String.fromCharCode(65 + (sum % 26));
}
