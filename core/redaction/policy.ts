import { SallyportError } from '../../contract/errors.ts';
import { POLICY_PRESETS, readPolicySource } from '../../contract/policy-source.ts';
import type { Entity, RedactionAction, RedactionPolicy } from '../../contract/redaction.ts';

export const DEFAULT_POLICY: RedactionPolicy = POLICY_PRESETS.balanced;

/**
 * A policy from parsed JSON: an object, with or without a `preset`. Throws `bad-input` that names each wrong key
 * and says what to do, e.g. `entities.emial: there is no entity "emial"; did you mean "email"?`.
 */
export function parsePolicy(source: unknown): RedactionPolicy {
  const reading = readPolicySource(source);
  if ('policy' in reading) return reading.policy;
  throw new SallyportError('bad-input', reading.problems.map(problem => problem.message).join(' '));
}

/** What the policy does with an entity. */
export function effectiveAction(policy: RedactionPolicy, entity: Entity): RedactionAction {
  return policy.entities[entity] ?? policy.default;
}

/** Whether some entity is replaced by a pseudonym: then there must be a key for it. */
export function hasTokens(policy: RedactionPolicy): boolean {
  return policy.default === 'token' || Object.values(policy.entities).includes('token');
}
