import type { CountryCode } from 'libphonenumber-js';
import { getExampleNumber } from 'libphonenumber-js';
import mobileExamples from 'libphonenumber-js/examples.mobile.json';
import type { Random } from '../random.ts';
import { ALNUM, DIGITS, HEX, LOWER } from '../random.ts';
import type { ValueKind } from './kind.ts';
import { kind } from './kind.ts';

const GIVEN = 'Olga,Jürgen,Amélie,Kwame,Siobhan,Mateusz,Aiko,Tariq,Ingrid,Paulo,Noor,Zoë'.split(',');
const FAMILY = 'Petrenko,Müller,Lefèvre,Mensah,Gallagher,Kowalczyk,Tanaka,Hussain,Sørensen,Carvalho'.split(
  ',',
);
const DOMAINS =
  'example.com,example.org,mail.example.net,corp.example.co.uk,beispiel.example.de,kunden.example.io'.split(
    ',',
  );
const STREETS = 'Oak Street,High Road,Maple Avenue,Station Road,Mill Lane'.split(',');
const TOWNS = 'Springfield,Bristol,Leeds,Dayton,Portland'.split(',');
const COUNTRIES: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'PL',
  'NL',
  'SE',
  'IN',
  'BR',
  'AU',
  'TR',
  'CH',
];

const nameOf = (random: Random): string => `${random.pick(GIVEN)} ${random.pick(FAMILY)}`;
const plainName = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();

/** A number of the country that the library takes for valid: its example, with other last digits. */
function phoneOf(random: Random): NonNullable<ReturnType<typeof getExampleNumber>> {
  for (;;) {
    const example = getExampleNumber(random.pick(COUNTRIES), mobileExamples);
    if (example === undefined) continue;
    const varied = example.number.slice(0, -4) + random.text(DIGITS, 4);
    example.number = varied as typeof example.number; // still `+` and digits
    example.nationalNumber = varied.slice(
      1 + example.countryCallingCode.length,
    ) as typeof example.nationalNumber;
    if (example.isValid()) return example;
  }
}

function emailOf(random: Random): string {
  const local = random.pick([
    () => `${plainName(random.pick(GIVEN))}.${plainName(random.pick(FAMILY))}`,
    () => `${random.text(LOWER, 1)}${plainName(random.pick(FAMILY))}${random.int(1, 99)}`,
    () => `${plainName(random.pick(GIVEN))}+${random.text(LOWER, 4)}`,
    () => `${plainName(random.pick(GIVEN))}_${plainName(random.pick(FAMILY))}`,
  ])();
  return `${local}@${random.chance(0.3) ? `${random.text(LOWER, 6)}.` : ''}${random.pick(DOMAINS)}`;
}

/** Not private, not loopback, not a documentation range. */
function ipv4Of(random: Random): string {
  return [
    random.pick([23, 45, 78, 93, 151, 185, 212]),
    random.int(16, 254),
    random.int(1, 254),
    random.int(1, 254),
  ].join('.');
}

export const CONTACT_KINDS: readonly ValueKind[] = [
  kind({
    name: 'email',
    need: 'nothing',
    label: 'e-mail',
    key: 'email',
    make: emailOf,
    isTelling: (part, isHead) => isHead && /@.*\w\.\w{2}/.test(part),
  }),
  kind({
    name: 'phone-international',
    need: 'nothing',
    label: 'phone',
    key: 'phone_number',
    make: random => phoneOf(random).format('INTERNATIONAL'),
    isTelling: (part, isHead) => isHead && part.replaceAll(/\D/g, '').length >= 9,
  }),
  kind({
    name: 'phone-e164',
    need: 'nothing',
    label: 'mobile',
    key: 'mobile',
    make: random => phoneOf(random).number,
    isTelling: (part, isHead) => isHead && part.length >= 10,
  }),
  kind({
    name: 'phone-national',
    need: 'word',
    label: 'phone number',
    key: 'telephone',
    make: random => phoneOf(random).format('NATIONAL'),
  }),
  kind({
    name: 'ipv4',
    need: 'nothing',
    label: 'IP address',
    key: 'ip_address',
    isNamedByKey: false,
    make: ipv4Of,
  }),
  kind({
    name: 'ipv6',
    need: 'nothing',
    label: 'IPv6 address',
    key: 'ip_address',
    isNamedByKey: false,
    make: random =>
      `2a0${random.int(1, 9)}:${Array.from({ length: 7 }, () => random.text('123456789abcdef', 1) + random.text(HEX, 3)).join(':')}`,
  }),
  kind({
    name: 'mac',
    need: 'nothing',
    label: 'MAC address',
    key: 'mac_address',
    isNamedByKey: false,
    make: random => Array.from({ length: 6 }, () => random.text(HEX, 2)).join(':'),
  }),
  kind({ name: 'person', need: 'key', label: 'full name', key: 'full_name', make: nameOf }),
  kind({
    name: 'address',
    need: 'key',
    label: 'street address',
    key: 'street_address',
    make: random =>
      `${random.int(10, 999)} ${random.pick(STREETS)}, ${random.pick(TOWNS)} ${random.text(DIGITS, 5)}`,
  }),
  kind({
    name: 'date-of-birth',
    need: 'word',
    label: 'date of birth',
    key: 'date_of_birth',
    make: random =>
      `19${random.int(40, 99)}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`,
  }),
  kind({
    name: 'password',
    need: 'key',
    label: 'password',
    key: 'password',
    make: random =>
      random.text(ALNUM, random.int(3, 6)) +
      random.pick(['!', '#', '_', '%', '.']) +
      random.text(ALNUM, random.int(5, 9)),
  }),
];
