import type { Random } from '../random.ts';
import { DIGITS } from '../random.ts';
import { luhnDigit, mod1110Digit, verhoeffDigit, weightedSum } from './check-digits.ts';
import type { ValueKind } from './kind.ts';
import { kind } from './kind.ts';

const two = (value: number): string => String(value).padStart(2, '0');
const nonZero = '123456789';

interface Birth {
  readonly yy: string;
  readonly mm: string;
  readonly dd: string;
}
const birthOf = (random: Random): Birth => ({
  yy: two(random.int(40, 99)),
  mm: two(random.int(1, 12)),
  dd: two(random.int(1, 28)),
});

/** Tries again until the scheme has a check digit for the body. */
function until(make: () => string | null): string {
  for (;;) {
    const made = make();
    if (made !== null) return made;
  }
}

function ssn(random: Random): string {
  const area = until(() => {
    const digits = random.text(DIGITS, 3);
    return digits === '000' || digits === '666' || digits >= '900' ? null : digits;
  });
  return `${area}-${two(random.int(1, 99))}-${String(random.int(1, 9999)).padStart(4, '0')}`;
}

function nhs(random: Random): string {
  return until(() => {
    const body = random.text(nonZero, 9);
    const check = (11 - (weightedSum(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
    return check === 10 ? null : `${body.slice(0, 3)} ${body.slice(3, 6)} ${body.slice(6)}${check}`;
  });
}

function nir(random: Random): string {
  const { yy, mm } = birthOf(random);
  const body = `${random.pick([1, 2])}${yy}${mm}${two(random.int(1, 95))}${random.text(DIGITS, 6)}`;
  const parts = [
    body.slice(0, 1),
    body.slice(1, 3),
    body.slice(3, 5),
    body.slice(5, 7),
    body.slice(7, 10),
    body.slice(10),
  ];
  return `${parts.join(' ')} ${two(97 - Number(BigInt(body) % 97n))}`;
}

function steuerId(random: Random): string {
  const order = random.shuffled([...DIGITS]);
  const [first = '1', ...rest] = order[0] === '0' ? [...order.slice(1), '0'] : order;
  // of the first ten digits one stands twice and one is missing
  const ten = [first, ...rest.slice(0, 8), first].join('');
  return ten + mod1110Digit(ten);
}

function cpf(random: Random): string {
  const body = random.text(nonZero, 9);
  const digit = (digits: string): string => {
    const sum = [...digits].reduce((total, each, i) => total + Number(each) * (digits.length + 1 - i), 0);
    return String(((sum * 10) % 11) % 10);
  };
  const ten = body + digit(body);
  const whole = ten + digit(ten);
  return `${whole.slice(0, 3)}.${whole.slice(3, 6)}.${whole.slice(6, 9)}-${whole.slice(9)}`;
}

function chineseId(random: Random): string {
  const body = `110105${random.int(1950, 2004)}${two(random.int(1, 12))}${two(random.int(1, 28))}${random.text(DIGITS, 3)}`;
  return (
    body + '10X98765432'.charAt(weightedSum(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)
  );
}

function kimlik(random: Random): string {
  const nine = random.text(nonZero, 9);
  const at = (i: number): number => Number(nine.charAt(i));
  const odd = at(0) + at(2) + at(4) + at(6) + at(8);
  const even = at(1) + at(3) + at(5) + at(7);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return `${nine}${tenth}${(odd + even + tenth) % 10}`;
}

function codiceFiscale(random: Random): string {
  const consonants = 'BCDFGLMNPRSTVZ';
  const body =
    random.text(consonants, 6) +
    two(random.int(40, 99)) +
    random.pick([...'ABCDEHLMPRST']) +
    two(random.int(1, 28)) +
    random.pick([...'ABCDEFGHIL']) +
    random.text(DIGITS, 3);
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  const sum = [...body].reduce((total, c, i) => {
    const index = c >= 'A' ? c.charCodeAt(0) - 65 : Number(c);
    return total + (i % 2 === 0 ? (odd[index] ?? 0) : index);
  }, 0);
  return body + String.fromCharCode(65 + (sum % 26));
}

function bsn(random: Random): string {
  return until(() => {
    const body = random.text(nonZero, 8);
    const check = weightedSum(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    return check > 9 ? null : `${body}${check}`;
  });
}

/** Tax file number: the whole weighted sum is a multiple of 11. */
function tfn(random: Random): string {
  return until(() => {
    const whole = random.text(nonZero, 9);
    return weightedSum(whole, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0
      ? `${whole.slice(0, 3)} ${whole.slice(3, 6)} ${whole.slice(6)}`
      : null;
  });
}

type Row = readonly [
  name: string,
  need: ValueKind['need'],
  label: string,
  key: string,
  make: (random: Random) => string,
];

const ROWS: readonly Row[] = [
  ['ssn', 'nothing', 'SSN', 'ssn', ssn],
  [
    'uk-nino',
    'word',
    'national insurance number',
    'nino',
    r => `${r.pick(['AB', 'CE', 'JK', 'PW', 'SR'])}${r.text(DIGITS, 6)}${r.pick([...'ABCD'])}`,
  ],
  ['uk-nhs', 'word', 'NHS number', 'nhs_number', nhs],
  ['fr-nir', 'word', 'numéro de sécurité sociale', 'nir', nir],
  ['de-tax-id', 'word', 'Steuer-ID', 'steuer_id', steuerId],
  [
    'es-dni',
    'word',
    'DNI',
    'dni',
    r => {
      const body = r.text(nonZero, 8);
      return body + 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(body) % 23);
    },
  ],
  [
    'es-nie',
    'word',
    'NIE',
    'nie',
    r => {
      const body = r.text(DIGITS, 7);
      const head = r.int(0, 2);
      return `${'XYZ'.charAt(head)}${body}${'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(`${head}${body}`) % 23)}`;
    },
  ],
  ['it-codice-fiscale', 'nothing', 'codice fiscale', 'codice_fiscale', codiceFiscale],
  [
    'pl-pesel',
    'word',
    'PESEL',
    'pesel',
    r => {
      const { yy, mm, dd } = birthOf(r);
      const body = `${yy}${mm}${dd}${r.text(DIGITS, 4)}`;
      return `${body}${(10 - (weightedSum(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
    },
  ],
  ['nl-bsn', 'word', 'BSN', 'bsn', bsn],
  [
    'se-personnummer',
    'word',
    'personnummer',
    'personnummer',
    r => {
      const { yy, mm, dd } = birthOf(r);
      const serial = r.text(DIGITS, 3);
      return `${yy}${mm}${dd}-${serial}${luhnDigit(`${yy}${mm}${dd}${serial}`)}`;
    },
  ],
  [
    'fi-hetu',
    'word',
    'henkilötunnus',
    'hetu',
    r => {
      const { yy, mm, dd } = birthOf(r);
      const serial = String(r.int(2, 899)).padStart(3, '0');
      return `${dd}${mm}${yy}-${serial}${'0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(`${dd}${mm}${yy}${serial}`) % 31)}`;
    },
  ],
  [
    'ch-ahv',
    'nothing',
    'AHV',
    'ahv_number',
    r => {
      const body = `756${r.text(DIGITS, 9)}`;
      const check = (10 - (weightedSum(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10;
      return `756.${body.slice(3, 7)}.${body.slice(7, 11)}.${body.slice(11)}${check}`;
    },
  ],
  [
    'ru-snils',
    'word',
    'СНИЛС',
    'snils',
    r => {
      const body = r.text(nonZero, 9);
      const check = two((weightedSum(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100);
      return `${body.slice(0, 3)}-${body.slice(3, 6)}-${body.slice(6)} ${check}`;
    },
  ],
  ['tr-kimlik', 'word', 'kimlik', 'tc_kimlik', kimlik],
  [
    'in-aadhaar',
    'word',
    'Aadhaar',
    'aadhaar',
    r => {
      const body = r.text('23456789', 1) + r.text(DIGITS, 10);
      const whole = body + verhoeffDigit(body);
      return `${whole.slice(0, 4)} ${whole.slice(4, 8)} ${whole.slice(8)}`;
    },
  ],
  [
    'in-pan',
    'word',
    'PAN card',
    'pan_card',
    r =>
      `${r.text('BCDFGKLMNRST', 3)}P${r.text('BCDFGKLMNRST', 1)}${r.text(DIGITS, 4)}${r.text('BCDFGK', 1)}`,
  ],
  ['br-cpf', 'nothing', 'CPF', 'cpf', cpf],
  [
    'kr-rrn',
    'word',
    'RRN',
    'rrn',
    r => `${Object.values(birthOf(r)).join('')}-${r.pick([1, 2])}${r.text(DIGITS, 6)}`,
  ],
  ['cn-resident', 'nothing', '身份证', 'id_card_number', chineseId],
  ['au-tfn', 'word', 'TFN', 'tfn', tfn],
  [
    'ca-sin',
    'word',
    'social insurance number',
    'sin_number',
    r => {
      const body = r.text('1234567', 1) + r.text(DIGITS, 7);
      const whole = body + luhnDigit(body);
      return `${whole.slice(0, 3)}-${whole.slice(3, 6)}-${whole.slice(6)}`;
    },
  ],
  [
    'passport',
    'word',
    'passport number',
    'passport_number',
    r => `${r.text('CFGHJK', 1)}${r.text(nonZero, 8)}`,
  ],
];

export const IDENTITY_KINDS: readonly ValueKind[] = ROWS.map(([name, need, label, key, make]) =>
  kind({ name, need, label, key, make }),
);
