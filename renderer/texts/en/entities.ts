import type { Entity } from '../../../contract/redaction.ts';
import type { PluralForms } from '../format.ts';

/** What the kinds of personal data and secrets are called. */
export const entities = {
  email: { one: 'e-mail address', other: 'e-mail addresses' },
  phone: { one: 'phone number', other: 'phone numbers' },
  card: { one: 'card number', other: 'card numbers' },
  iban: { one: 'IBAN', other: 'IBANs' },
  'bank-account': { one: 'bank account', other: 'bank accounts' },
  ssn: { one: 'social security number', other: 'social security numbers' },
  'national-id': { one: 'national id', other: 'national ids' },
  passport: { one: 'passport number', other: 'passport numbers' },
  'driving-licence': { one: 'driving licence', other: 'driving licences' },
  'date-of-birth': { one: 'date of birth', other: 'dates of birth' },
  ip: { one: 'IP address', other: 'IP addresses' },
  mac: { one: 'MAC address', other: 'MAC addresses' },
  geo: { one: 'location', other: 'locations' },
  person: { one: 'person’s name', other: 'people’s names' },
  address: { one: 'postal address', other: 'postal addresses' },
  'vehicle-plate': { one: 'number plate', other: 'number plates' },
  health: { one: 'health detail', other: 'health details' },
  'crypto-wallet': { one: 'crypto wallet', other: 'crypto wallets' },
  jwt: { one: 'JSON Web Token', other: 'JSON Web Tokens' },
  'private-key': { one: 'private key', other: 'private keys' },
  'api-key': { one: 'API key', other: 'API keys' },
  password: { one: 'password', other: 'passwords' },
  'named-column': { one: 'value of a hidden column', other: 'values of hidden columns' },
} satisfies Record<Entity, PluralForms>;
