import { readFileSync } from 'node:fs';
import { isPolicyPreset, POLICY_PRESETS, PRESET_NAMES } from '../../../contract/policy-source.ts';
import { SallyportError } from '../../../contract/errors.ts';
import { suggestion } from '../../../contract/nearest-word.ts';
import type { RedactionPolicy } from '../../../contract/redaction.ts';
import { DEFAULT_POLICY, parsePolicy } from '../../../core/redaction/policy.ts';
import { UsageError } from '../command.ts';

/** The policy of an option: a preset's name, or a file of JSON; the default without one. Throws `UsageError` that says what is wrong where. */
export function choosePolicy(name: string | undefined): RedactionPolicy {
  if (name === undefined) return DEFAULT_POLICY;
  if (isPolicyPreset(name)) return POLICY_PRESETS[name];
  let text: string;
  try {
    text = readFileSync(name, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new UsageError(
      `Cannot read the policy "${name}" (${code})${suggestion(name, PRESET_NAMES) || `; give a file or one of ${PRESET_NAMES.join(', ')}.`}`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`The policy "${name}" is not valid JSON.`);
  }
  try {
    return parsePolicy(json);
  } catch (error) {
    if (error instanceof SallyportError)
      throw new UsageError(`The policy "${name}" cannot be used: ${error.message}`);
    throw error;
  }
}
