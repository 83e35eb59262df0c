import type { Entity, RedactionPolicy } from '../../../contract/redaction.ts';
import { comparableValue } from '../mask.ts';
import type { InRange } from './network-range.ts';
import { networkRange } from './network-range.ts';
import { matchesWildcard } from './wildcard.ts';

/** Whether a found value is one that the policy never hides. */
export type AllowList = (entity: Entity, value: string) => boolean;

/** Longer values are never on a list. */
const MAX_VALUE = 512;

/**
 * The allow lists of a policy as one question; null where they are all empty. Bounded: a value of at most 512 characters against at
 * most 1,000 networks or 100 patterns, each in linear time.
 */
export function allowListOf(policy: RedactionPolicy): AllowList | null {
  const { allowValues, allowEmailDomains, allowNetworks, allowPatterns } = policy;
  if (allowValues.length + allowEmailDomains.length + allowNetworks.length + allowPatterns.length === 0)
    return null;
  const values = new Set(allowValues);
  const comparables = new Map<Entity, ReadonlySet<string>>();
  const comparablesOf = (entity: Entity): ReadonlySet<string> => {
    const known = comparables.get(entity);
    if (known !== undefined) return known;
    const made = new Set(allowValues.map(value => comparableValue(entity, value)));
    comparables.set(entity, made);
    return made;
  };
  const domains = new Set(allowEmailDomains.map(domain => domain.toLowerCase()));
  const networks = allowNetworks.map(networkRange).filter((test): test is InRange => test !== null);
  const patterns = allowPatterns.map(pattern => pattern.toLowerCase());
  return (entity, value) => {
    if (value.length > MAX_VALUE) return false;
    if (values.has(value)) return true;
    if (values.size > 0 && comparablesOf(entity).has(comparableValue(entity, value))) return true;
    if (entity === 'email' && domains.size > 0 && isUnder(domains, value)) return true;
    if (entity === 'ip' && networks.some(isInside => isInside(value))) return true;
    const lower = patterns.length === 0 ? '' : value.toLowerCase();
    return patterns.some(pattern => matchesWildcard(lower, pattern));
  };
}

/** An address and nothing else: a cell that holds more than one is not shown for the sake of one of them. */
const ONE_ADDRESS = /^(?:mailto:)?[^\s@<>,;"]+@([^\s@<>,;"]+)$/i;

function isUnder(domains: ReadonlySet<string>, value: string): boolean {
  const domain = ONE_ADDRESS.exec(value)?.[1]?.toLowerCase().replace(/\.$/, '');
  if (domain === undefined) return false;
  if (domains.has(domain)) return true;
  for (let dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1))
    if (domains.has(`*${domain.slice(dot)}`)) return true;
  return false;
}
