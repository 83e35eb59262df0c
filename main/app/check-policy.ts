import type { PolicyCheck } from '../../contract/ipc-administration.ts';
import { readAccessPolicy } from '../../core/policy/read-policy.ts';

/** Every mistake of a policy's text with its key and line, found without a server. */
export function checkPolicy(source: string): PolicyCheck {
  const reading = readAccessPolicy(source);
  if ('problems' in reading) return { problems: [...reading.problems], rules: [], groups: [] };
  const { rules, groups } = reading.policy;
  return { problems: [], rules: rules.map(({ name }) => name), groups: Object.keys(groups) };
}
