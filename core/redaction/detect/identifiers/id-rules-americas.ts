import { isMonthDay, luhn, weighted } from './checksums.ts';
import type { IdRule } from './id-rule.ts';

/**
 * Identifiers of the Americas: SSA and IRS (United States), ESDC (Canada), Receita Federal (Brazil), AFIP (Argentina), SAT, RENAPO and
 * Banxico (Mexico), DIAN (Colombia), SUNAT (Peru), DNIC (Uruguay), Registro Civil of Chile and of Ecuador.
 */
const number = (text: string, start: number, end: number): number => Number(text.slice(start, end));
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48;

const isSsn = (v: string): boolean =>
  !/^(000|666|9)/.test(v) && v.slice(3, 5) !== '00' && v.slice(5) !== '0000' && !/^(\d)\1+$/.test(v);
const isItin = (v: string): boolean => /^9\d\d(5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(v);

export const AMERICAN_ID_RULES: readonly IdRule[] = [
  {
    // SSA: area not 000, 666 or 9xx; no group or serial of zeros.
    rule: 'ssn.us-dashes',
    entity: 'ssn',
    shapes: ['D3-D2-D4'],
    check: isSsn,
    alone: 0.85,
    named: 0.6,
    context: ['ssn', 'id', 'tax'],
  },
  {
    rule: 'ssn.us-spaces',
    entity: 'ssn',
    shapes: ['D3 D2 D4', 'D3.D2.D4'],
    check: isSsn,
    alone: 0.55,
    named: 0.6,
    context: ['ssn', 'id', 'tax'],
  },
  {
    rule: 'ssn.us-bare',
    entity: 'ssn',
    shapes: ['D9', 'D3-D6', 'D5-D4'],
    check: isSsn,
    alone: 0.15,
    near: 0.75,
    context: ['ssn'],
  },
  {
    // IRS publication 1915: 9xx, middle 50-65, 70-88, 90-92, 94-99.
    rule: 'ssn.us-itin',
    entity: 'ssn',
    shapes: ['D3-D2-D4', 'D3 D2 D4'],
    check: isItin,
    alone: 0.7,
    context: ['ssn', 'tax'],
  },
  {
    rule: 'ssn.us-itin-bare',
    entity: 'ssn',
    shapes: ['D9', 'D3-D6', 'D5-D4'],
    check: isItin,
    alone: 0.25,
    near: 0.75,
    context: ['ssn', 'tax'],
  },
  {
    // ESDC: Luhn; no number begins with 0 or 8.
    rule: 'national-id.ca-sin',
    entity: 'national-id',
    shapes: ['D3-D3-D3'],
    check: v => /^[1-79]/.test(v) && luhn(v),
    alone: 0.55,
    named: 0.55,
    context: ['id', 'ssn'],
  },
  {
    rule: 'national-id.ca-sin-spaces',
    entity: 'national-id',
    shapes: ['D3 D3 D3'],
    check: v => /^[1-79]/.test(v) && luhn(v),
    alone: 0.35,
    whole: 0.5,
    context: ['id', 'ssn'],
  },
  {
    rule: 'national-id.ca-sin-bare',
    entity: 'national-id',
    shapes: ['D9'],
    check: v => /^[1-79]/.test(v) && luhn(v),
    alone: 0.35,
    context: ['id', 'ssn'],
  },
  {
    // Receita Federal: two check digits, modulus 11.
    rule: 'national-id.br-cpf',
    entity: 'national-id',
    shapes: ['D3.D3.D3-D2', 'D3 D3 D3 D2'],
    check: isCpf,
    alone: 0.9,
    named: 0.6,
    context: ['id', 'tax'],
  },
  {
    // digits in a row, up or down, pass as well and are nobody's
    rule: 'national-id.br-cpf-bare',
    entity: 'national-id',
    shapes: ['D11', 'D9-D2'],
    check: v => isCpf(v) && !'9876543210'.startsWith(v.slice(0, 9)) && !'0123456789'.includes(v.slice(0, 9)),
    alone: 0.4,
    whole: 0.65,
    context: ['id', 'tax'],
  },
  {
    rule: 'national-id.br-cnpj',
    entity: 'national-id',
    shapes: ['D2.D3.D3/D4-D2'],
    check: isCnpj,
    alone: 0.9,
    named: 0.6,
    context: ['id', 'tax'],
  },
  {
    rule: 'national-id.br-cnpj-bare',
    entity: 'national-id',
    shapes: ['D14'],
    check: isCnpj,
    alone: 0.35,
    whole: 0.65,
    context: ['id', 'tax'],
  },
  {
    // AFIP: weights 5 4 3 2 7 6 5 4 3 2, modulus 11.
    rule: 'national-id.ar-cuit',
    entity: 'national-id',
    shapes: ['D2-D8-D1'],
    check: v =>
      /^(2[0347]|3[034])/.test(v) &&
      (11 - (weighted(v, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(v, 10),
    alone: 0.7,
    context: ['id', 'tax'],
  },
  {
    // Registro Civil: weights 2..7 from the right, modulus 11, K for ten.
    rule: 'national-id.cl-rut',
    entity: 'national-id',
    shapes: ['D2.D3.D3-D1', 'D2.D3.D3-A1', 'D1.D3.D3-D1', 'D1.D3.D3-A1', 'D8-D1', 'D8-A1'],
    check: v => {
      let sum = 0;
      for (let i = 0; i < v.length - 1; i++) sum += digitAt(v, v.length - 2 - i) * (2 + (i % 6));
      return '0K987654321'.charAt(sum % 11) === v.at(-1);
    },
    alone: 0.55,
    context: ['id', 'tax'],
  },
  {
    // RENAPO: sixteen of name, birth, sex and state, homonym, check digit.
    rule: 'national-id.mx-curp',
    entity: 'national-id',
    shapes: ['A4D6A6D2', 'A4D6A7D1'],
    check: v =>
      /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d$/.test(v) && isMonthDay(number(v, 6, 8), number(v, 8, 10)),
    alone: 0.9,
    context: ['id'],
  },
  {
    // Four letters of the name (three of a company), date, homonym; modulus 11 over the homonym's table.
    rule: 'national-id.mx-rfc',
    entity: 'national-id',
    shapes: [
      'A4D6A2D1',
      'A4D6A1D2',
      'A4D6D3',
      'A4D6A3',
      'A4D6D1A1D1',
      'A4D7A1D1',
      'A4D6A1D1A1',
      'A4D7A2',
      'A4D8A1',
      'A3D6A2D1',
      'A3D6A1D2',
      'A3D9',
      'A3D7A1D1',
      'A4 D6 A2D1',
    ],
    check: isRfc,
    alone: 0.7,
    context: ['tax', 'id'],
  },
  {
    // Banxico: bank, place, account; weights 3 7 1, each product modulo 10.
    rule: 'bank-account.mx-clabe',
    entity: 'bank-account',
    shapes: ['D18'],
    check: v => {
      let sum = 0;
      for (let i = 0; i < 17; i++) sum += (digitAt(v, i) * ([3, 7, 1][i % 3] ?? 0)) % 10;
      return /^[0-9]{3}/.test(v) && (10 - (sum % 10)) % 10 === digitAt(v, 17);
    },
    alone: 0.2,
    near: 0.85,
    context: ['bank'],
  },
  {
    // DIAN: primes from the right, modulus 11.
    rule: 'national-id.co-nit',
    entity: 'national-id',
    shapes: ['D3.D3.D3-D1', 'D9-D1'],
    check: v => {
      const rest = weighted(v, [41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
      return (rest < 2 ? rest : 11 - rest) === digitAt(v, 9);
    },
    alone: 0.5,
    context: ['tax', 'id'],
  },
  {
    // Province 01 to 24 or 30, third digit under 6, weights 2 1 2 1 with digit sums.
    rule: 'national-id.ec-cedula',
    entity: 'national-id',
    shapes: ['D10', 'D9-D1'],
    check: v => {
      let sum = 0;
      for (let i = 0; i < 9; i++) {
        const product = digitAt(v, i) * (i % 2 === 0 ? 2 : 1);
        sum += product > 9 ? product - 9 : product;
      }
      return /^(0[1-9]|1\d|2[0-4]|30)[0-5]/.test(v) && (10 - (sum % 10)) % 10 === digitAt(v, 9);
    },
    alone: 0.2,
    near: 0.8,
    context: ['id'],
  },
  {
    rule: 'national-id.pe-ruc',
    entity: 'national-id',
    shapes: ['D11'],
    check: v =>
      /^(10|15|16|17|20)/.test(v) &&
      (11 - (weighted(v, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(v, 10),
    alone: 0.3,
    near: 0.8,
    context: ['tax', 'id'],
  },
  {
    rule: 'national-id.ar-dni',
    entity: 'national-id',
    shapes: ['D2.D3.D3', 'D8'],
    check: v => /^[1-9]/.test(v),
    alone: 0.1,
    near: 0.65,
    context: ['id'],
  },
  {
    // Weights 2 9 8 7 6 3 4, modulus 10.
    rule: 'national-id.uy-ci',
    entity: 'national-id',
    shapes: ['D1.D3.D3-D1'],
    check: v => (10 - (weighted(v, [2, 9, 8, 7, 6, 3, 4]) % 10)) % 10 === digitAt(v, 7),
    alone: 0.4,
    context: ['id'],
  },
  {
    // IRS: prefixes of the campuses that assign them.
    rule: 'national-id.us-ein',
    entity: 'national-id',
    shapes: ['D2-D7'],
    check: v => /^(0[1-6]|1[0-6]|2[0-7]|3\d|4[0-8]|5\d|6[0-8]|7[1-7]|8[0-8]|9[0-58-9])/.test(v),
    alone: 0.3,
    near: 0.75,
    context: ['tax'],
  },
];

function isRfc(v: string): boolean {
  const date = v.length - 9;
  if (!/^[A-Z]{3,4}\d{6}[A-Z0-9]{2}[0-9A]$/.test(v)) return false;
  if (!isMonthDay(number(v, date + 2, date + 4), number(v, date + 4, date + 6))) return false;
  const alphabet = '0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ';
  const padded = v.padStart(13, ' ');
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += alphabet.indexOf(padded.charAt(i)) * (13 - i);
  const rest = 11 - (sum % 11);
  return (rest === 11 ? '0' : rest === 10 ? 'A' : String(rest)) === v.at(-1);
}

function isCpf(value: string): boolean {
  const first = ((weighted(value, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  const second = ((weighted(value, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
  return !/^(\d)\1+$/.test(value) && first === digitAt(value, 9) && second === digitAt(value, 10);
}

function isCnpj(value: string): boolean {
  const mark = (sum: number): number => (sum % 11 < 2 ? 0 : 11 - (sum % 11));
  return (
    mark(weighted(value, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(value, 12) &&
    mark(weighted(value, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) === digitAt(value, 13) &&
    Number(value) > 0
  );
}
