import { z } from 'zod';
import { suggestion } from './nearest-word.ts';
import { ENTITIES, RedactionAction, RedactionPolicy } from './redaction.ts';

/**
 * Ready-made policies.
 * `balanced` (the default): every kind is masked whole; private and loopback addresses are shown.
 * `strict`: private and loopback addresses too.
 * `support`: enough is left to tell two customers apart in a conversation (the end of a number, a mail domain), people are
 * pseudonyms, addresses of machines are shown.
 * `secrets-only`: personal data is shown; keys, passwords and the policy's own columns are not.
 */
export const POLICY_PRESETS = {
  balanced: RedactionPolicy.parse({ name: 'balanced' }),
  strict: RedactionPolicy.parse({ name: 'strict', privateIps: true }),
  support: RedactionPolicy.parse({
    name: 'support',
    entities: {
      email: 'partial',
      phone: 'partial',
      card: 'partial',
      iban: 'partial',
      ssn: 'partial',
      person: 'token',
      ip: 'allow',
      mac: 'allow',
    },
  }),
  'secrets-only': RedactionPolicy.parse({
    name: 'secrets-only',
    default: 'allow',
    entities: {
      jwt: 'mask',
      'private-key': 'mask',
      'api-key': 'mask',
      password: 'mask',
      'named-column': 'mask',
    },
  }),
} as const satisfies Record<string, RedactionPolicy>;

export type PolicyPreset = keyof typeof POLICY_PRESETS;
export const PRESET_NAMES = Object.keys(POLICY_PRESETS);

export function isPolicyPreset(name: string): name is PolicyPreset {
  return Object.hasOwn(POLICY_PRESETS, name);
}

/** What is wrong with a policy: where, as keys from the top, and in words that begin with that key and say what to do. */
export interface PolicyProblem {
  readonly path: readonly string[];
  readonly message: string;
}

type PolicyReading =
  | { readonly policy: RedactionPolicy }
  | { readonly problems: readonly [PolicyProblem, ...PolicyProblem[]] };

/** More problems than these are not told at once. */
const MAX_PROBLEMS = 5;
const POLICY_KEYS = ['preset', ...Object.keys(RedactionPolicy.shape)];
const ACTIONS: readonly string[] = RedactionAction.options;

/**
 * Reads a policy as people write it: an object of a policy's keys. A `preset` in it is where it begins: other keys replace the
 * preset's, entity by entity. Unknown keys are refused, also inside.
 */
export function readPolicySource(source: unknown): PolicyReading {
  if (!isObject(source)) {
    return refused([], 'The policy must be a JSON object such as {"preset": "balanced"}.');
  }
  const { preset, ...own } = source;
  if (preset === undefined) return check(own);
  if (typeof preset !== 'string' || !isPolicyPreset(preset)) {
    return refused(['preset'], noPreset(preset));
  }
  return check(merged(preset, own));
}

/** A policy in a request, with or without a `preset`; always a whole policy afterwards. */
export const PolicySource = z.unknown().transform((source, context): RedactionPolicy => {
  const reading = readPolicySource(source);
  if ('policy' in reading) return reading.policy;
  for (const { path, message } of reading.problems) {
    const where = `${path.join('.')}: `; // who shows the issue says where it is
    context.addIssue({
      code: 'custom',
      path: [...path],
      message: message.startsWith(where) ? message.slice(where.length) : message,
    });
  }
  return z.NEVER;
});

function merged(preset: PolicyPreset, own: Readonly<Record<string, unknown>>): unknown {
  const base = POLICY_PRESETS[preset];
  const name = Object.keys(own).length === 0 ? preset : `${preset}, adapted`;
  const policy: Record<string, unknown> = { ...base, name, ...own };
  if (isObject(own['entities'])) policy['entities'] = { ...base.entities, ...own['entities'] };
  return policy;
}

function check(policy: unknown): PolicyReading {
  const parsed = RedactionPolicy.safeParse(policy, { reportInput: true });
  if (parsed.success) return { policy: parsed.data };
  const problems = parsed.error.issues.flatMap(problemsOf).slice(0, MAX_PROBLEMS);
  const [first, ...rest] = problems;
  return first === undefined ? refused([], 'The policy cannot be read.') : { problems: [first, ...rest] };
}

function problemsOf(issue: z.core.$ZodIssue): PolicyProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey([...path, key], key));
  if (issue.code === 'invalid_key') return [unknownKey(path, path.at(-1) ?? '')];
  const isAction = path[0] === 'default' || path[0] === 'entities';
  if (isAction && (path.length === 2 || path[0] === 'default')) return [wrongAction(path, issue.input)];
  return [{ path, message: `${path.join('.')}: ${lowered(issue.message)}.` }];
}

function unknownKey(path: readonly string[], key: string): PolicyProblem {
  const where = path.join('.');
  if (path[0] === 'entities') {
    const hint = suggestion(key, ENTITIES) || `; there are: ${ENTITIES.join(', ')}.`;
    return { path, message: `${where}: there is no entity "${key}"${hint}` };
  }
  const hint = suggestion(key, POLICY_KEYS) || `; there are: ${POLICY_KEYS.join(', ')}.`;
  return { path, message: `${where}: a policy has no key "${key}"${hint}` };
}

function wrongAction(path: readonly string[], given: unknown): PolicyProblem {
  const hint = typeof given === 'string' ? suggestion(given, ACTIONS) : '';
  const what = given === undefined ? 'this' : JSON.stringify(given);
  return {
    path,
    message: `${path.join('.')}: ${what} is not an action${hint || `; choose one of ${ACTIONS.join(', ')}.`}`,
  };
}

function noPreset(given: unknown): string {
  const hint = typeof given === 'string' ? suggestion(given, PRESET_NAMES) : '';
  return `preset: there is no preset ${JSON.stringify(given)}${hint || `; there are: ${PRESET_NAMES.join(', ')}.`}`;
}

function refused(path: readonly string[], message: string): PolicyReading {
  return { problems: [{ path, message }] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const lowered = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);
