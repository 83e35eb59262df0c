import { AccessPolicy, MAX_POLICY_LENGTH, PolicyRule } from '../../contract/access-policy.ts';
import type { SettingsProblem } from '../settings/read-settings.ts';
import { readSettings } from '../settings/read-settings.ts';

export type PolicyFileReading =
  | { readonly policy: AccessPolicy }
  | { readonly problems: readonly [SettingsProblem, ...SettingsProblem[]] };

const RULE_KEYS = Object.keys(PolicyRule.shape);
const TOP_KEYS = Object.keys(AccessPolicy.shape);

/** Reads a policy file. Every problem names its key and line. */
export function readAccessPolicy(source: string): PolicyFileReading {
  const reading = readSettings(source, {
    schema: AccessPolicy,
    maxLength: MAX_POLICY_LENGTH,
    keysAt: path => (path.length === 0 ? TOP_KEYS : RULE_KEYS),
  });
  return 'value' in reading ? { policy: reading.value } : reading;
}
