import { createHash } from 'node:crypto';
import type { AccessPolicy } from '../../contract/access-policy.ts';
import { SallyportError } from '../../contract/errors.ts';
import { readAccessPolicy } from '../../core/policy/read-policy.ts';
import { problemWords } from '../../core/settings/read-settings.ts';

/** A policy as it was read from its file. */
export interface LoadedPolicy {
  readonly policy: AccessPolicy;
  readonly source: string;
  /** SHA-256 of the source, hex */
  readonly digest: string;
}

/** The policy that requests and approvals are held against. */
export interface PolicyInForce {
  /** null: the terms of the targets decide alone */
  current(): (LoadedPolicy & { readonly appliedAtMs: number }) | null;
}

export const NO_POLICY: PolicyInForce = { current: () => null };

const MAX_PROBLEMS_TOLD = 5;

/** Reads a policy from text. Throws `bad-input` that names each wrong key and its line. */
export function loadPolicy(source: string, name: string): LoadedPolicy {
  const reading = readAccessPolicy(source);
  if ('problems' in reading) {
    const words = reading.problems.slice(0, MAX_PROBLEMS_TOLD).map(problemWords).join(' ');
    throw new SallyportError('bad-input', `The policy ${name} is not valid: ${words}`);
  }
  return { policy: reading.policy, source, digest: createHash('sha256').update(source).digest('hex') };
}
