import type { Entity, MaskCounts } from '../../contract/redaction.ts';
import { number, plural } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** Secrets, as against personal data: drawn in another colour on timelines. */
const SECRETS: ReadonlySet<Entity> = new Set<Entity>(['jwt', 'private-key', 'api-key', 'password']);

export function entityName(entity: Entity, count = 1): string {
  return plural(count, t.entities[entity]);
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
  const parts = countedEntities(counts).map(
    ({ entity, count }) => `${number(count)} ${entityName(entity, count)}`,
  );
  return parts.length === 0 ? t.common.nothing : parts.join(', ');
}
