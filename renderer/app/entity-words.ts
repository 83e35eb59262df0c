import type { Entity, MaskCounts } from '../../contract/redaction.ts';

const SINGULAR: Record<Entity, string> = {
  email: 'e-mail address',
  phone: 'phone number',
  card: 'card number',
  iban: 'IBAN',
  'bank-account': 'bank account',
  ssn: 'social security number',
  'national-id': 'national id',
  passport: 'passport number',
  'driving-licence': 'driving licence',
  'date-of-birth': 'date of birth',
  ip: 'IP address',
  mac: 'MAC address',
  geo: 'location',
  person: 'person’s name',
  address: 'postal address',
  'vehicle-plate': 'number plate',
  health: 'health detail',
  'crypto-wallet': 'crypto wallet',
  jwt: 'JSON Web Token',
  'private-key': 'private key',
  'api-key': 'API key',
  password: 'password',
  'named-column': 'value of a hidden column',
};

const PLURAL: Partial<Record<Entity, string>> = {
  email: 'e-mail addresses',
  'date-of-birth': 'dates of birth',
  ip: 'IP addresses',
  mac: 'MAC addresses',
  person: 'people’s names',
  address: 'postal addresses',
  'named-column': 'values of hidden columns',
};

/** Secrets, as against personal data: drawn in another colour on timelines. */
const SECRETS: ReadonlySet<Entity> = new Set<Entity>(['jwt', 'private-key', 'api-key', 'password']);

export function entityName(entity: Entity, count = 1): string {
  return count === 1 ? SINGULAR[entity] : (PLURAL[entity] ?? `${SINGULAR[entity]}s`);
}

export function isSecret(entity: Entity): boolean {
  return SECRETS.has(entity);
}

export interface EntityCount {
  readonly entity: Entity;
  readonly count: number;
}

/** Entities with at least one masked value, the most frequent first. */
export function countedEntities(counts: MaskCounts): EntityCount[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([entity, count]) => ({ entity: entity as Entity, count })) // safe: keys of MaskCounts are entities
    .sort((a, b) => b.count - a.count || a.entity.localeCompare(b.entity));
}

export function totalMasked(counts: MaskCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** `12 e-mail addresses, 3 card numbers`, or `nothing`. */
export function maskedWords(counts: MaskCounts): string {
  const parts = countedEntities(counts).map(({ entity, count }) => `${count} ${entityName(entity, count)}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
