import type { Random } from '../random.ts';
import { DIGITS, UPPER } from '../random.ts';
import { luhnDigit } from './check-digits.ts';
import type { ValueKind } from './kind.ts';
import { headOf, kind } from './kind.ts';

/** Prefix and length of the larger networks (ISO/IEC 7812 ranges as the networks publish them). */
const NETWORKS: readonly (readonly [prefixes: readonly string[], length: number])[] = [
  [['4'], 16],
  [['51', '52', '53', '54', '55', '2221', '2500', '2720'], 16],
  [['34', '37'], 15],
  [['6011', '65', '644'], 16],
  [['3528', '3589'], 16],
  [['36', '38'], 14],
  [['62'], 16],
];

function cardOf(random: Random): string {
  const [prefixes, length] = random.pick(NETWORKS);
  const prefix = random.pick(prefixes);
  const body = prefix + random.text(DIGITS, length - prefix.length - 1);
  return body + luhnDigit(body);
}

function groupedCard(random: Random): string {
  const card = cardOf(random);
  const separator = random.pick([' ', '-']);
  const sizes = card.length === 16 ? [4, 4, 4, 4] : card.length === 15 ? [4, 6, 5] : [4, 6, 4];
  let at = 0;
  return sizes.map(size => card.slice(at, (at += size))).join(separator);
}

/** Structure of the basic account number by country: `n` digits, `a` letters, `c` either (SWIFT IBAN registry). */
const ACCOUNTS: readonly string[] = [
  'AD8n12c',
  'AE19n',
  'AL8n16c',
  'AT16n',
  'AZ4a20c',
  'BA16n',
  'BE12n',
  'BG4a6n8c',
  'BH4a14c',
  'BR23n1a1c',
  'CH5n12c',
  'CR18n',
  'CY8n16c',
  'CZ20n',
  'DE18n',
  'DK14n',
  'DO4c20n',
  'EE16n',
  'ES20n',
  'FI14n',
  'FO14n',
  'FR10n11c2n',
  'GB4a14n',
  'GE2a16n',
  'GI4a15c',
  'GL14n',
  'GR7n16c',
  'GT4c20c',
  'HR17n',
  'HU24n',
  'IE4a14n',
  'IL19n',
  'IS22n',
  'IT1a10n12c',
  'JO4a4n18c',
  'KW4a22c',
  'KZ3n13c',
  'LB4n20c',
  'LI5n12c',
  'LT16n',
  'LU3n13c',
  'LV4a13c',
  'MC10n11c2n',
  'MD2c18c',
  'ME18n',
  'MK3n10c2n',
  'MR23n',
  'MT4a5n18c',
  'MU4a19n3a',
  'NL4a10n',
  'NO11n',
  'PK4a16c',
  'PL24n',
  'PS4a21c',
  'PT21n',
  'QA4a21c',
  'RO4a16c',
  'RS18n',
  'SA2n18c',
  'SE20n',
  'SI15n',
  'SK20n',
  'SM1a10n12c',
  'TN20n',
  'TR5n1n16c',
  'UA6n19c',
  'VG4a16n',
  'XK16n',
];
/** Banks count their accounts: in what may hold letters, most are digits all the same. */
const ALPHABETS: Readonly<Record<string, string>> = {
  n: DIGITS,
  a: UPPER,
  c: DIGITS + DIGITS + DIGITS + DIGITS + UPPER,
};

function ibanOf(random: Random): string {
  const form = random.pick(ACCOUNTS);
  const country = form.slice(0, 2);
  const account = [...form.slice(2).matchAll(/(\d+)([nac])/g)]
    .map(([, length, set]) => random.text(ALPHABETS[set ?? 'n'] ?? DIGITS, Number(length)))
    .join('');
  const numeric = [...`${account}${country}00`]
    .map(c => (c >= 'A' ? String(c.charCodeAt(0) - 55) : c))
    .join('');
  const check = 98n - (BigInt(numeric) % 97n);
  return `${country}${String(check).padStart(2, '0')}${account}`;
}

const isCardHead = (part: string): boolean => part.replaceAll(/\D/g, '').length >= 8;

export const FINANCIAL_KINDS: readonly ValueKind[] = [
  kind({
    name: 'card',
    need: 'nothing',
    label: 'card number',
    key: 'card_number',
    make: cardOf,
    isTelling: isCardHead,
  }),
  kind({
    name: 'card-grouped',
    need: 'nothing',
    label: 'credit card',
    key: 'credit_card',
    make: groupedCard,
    isTelling: isCardHead,
  }),
  kind({ name: 'iban', need: 'nothing', label: 'IBAN', key: 'iban', make: ibanOf, isTelling: headOf(10) }),
  kind({
    name: 'iban-grouped',
    need: 'nothing',
    label: 'IBAN',
    key: 'iban',
    make: random => ibanOf(random).replaceAll(/(.{4})(?=.)/g, '$1 '),
    isTelling: headOf(12),
  }),
  kind({
    name: 'bank-account',
    need: 'key',
    label: 'account number',
    key: 'account_number',
    make: random => random.text('123456789', 1) + random.text(DIGITS, random.int(8, 11)),
  }),
];
