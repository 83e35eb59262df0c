import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { z } from 'zod';
import { AccessPolicy, MAX_POLICY_LENGTH, PolicyRule } from '../../contract/access-policy.ts';
import { suggestion } from '../../contract/nearest-word.ts';

/** What is wrong with a policy file. `key`: as a path from the top, empty for the whole; `line` from 1. */
export interface PolicyFileProblem {
  readonly key: string;
  readonly line: number;
  readonly message: string;
}

export type PolicyFileReading =
  | { readonly policy: AccessPolicy }
  | { readonly problems: readonly [PolicyFileProblem, ...PolicyFileProblem[]] };

const MAX_PROBLEMS = 20;
/** An alias may stand for another part of the file, but not for one that explodes. */
const MAX_ALIASES = 100;
const RULE_KEYS = Object.keys(PolicyRule.shape);
const TOP_KEYS = Object.keys(AccessPolicy.shape);

/** Reads a policy file: YAML 1.2 (https://yaml.org/spec/1.2.2/), of which JSON is a part. Every problem names its key and line. */
export function readAccessPolicy(source: string): PolicyFileReading {
  if (source.length > MAX_POLICY_LENGTH) {
    return refused('', 1, `the file has more than ${MAX_POLICY_LENGTH} characters.`);
  }
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const [broken] = document.errors;
  if (broken !== undefined) {
    return refused('', lines.linePos(broken.pos[0]).line, `this is not YAML: ${broken.message}.`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return refused('', 1, `this cannot be read: ${error instanceof Error ? error.message : 'an alias'}.`);
  }
  const parsed = AccessPolicy.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return { policy: parsed.data };
  // A misspelt key first: that another one is missing follows from it.
  const problems = parsed.error.issues
    .toSorted((a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'))
    .flatMap(issue => problemsOf(issue, document, lines))
    .slice(0, MAX_PROBLEMS);
  const [first, ...rest] = problems;
  return first === undefined ? refused('', 1, 'the policy cannot be read.') : { problems: [first, ...rest] };
}

/** `line 4, rules.0.maxMinutes: …` */
export function problemWords({ key, line, message }: PolicyFileProblem): string {
  return `line ${line}${key === '' ? '' : `, ${key}`}: ${message}`;
}

function problemsOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): PolicyFileProblem[] {
  const path = issue.path.map(part => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') {
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    const message = missing ? 'is missing.' : `${lowered(issue.message).replace(/\.$/, '')}.`;
    return [{ key: path.join('.'), line: lineOf(path, document, lines), message }];
  }
  return issue.keys.map(key => ({
    key: [...path, key].join('.'),
    line: lineOf([...path, key], document, lines),
    message: `there is no key "${key}" here${suggestion(key, path.length === 0 ? TOP_KEYS : RULE_KEYS) || '.'}`,
  }));
}

/** Where the key stands, or the nearest thing around it that is there. */
function lineOf(path: readonly (string | number)[], document: Document, lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    const key = path[length - 1];
    const parent = document.getIn(path.slice(0, length - 1), true);
    const around = length === 1 ? document.contents : parent;
    const pair = isMap(around)
      ? around.items.find(item => String(isNode(item.key) ? item.key.toJSON() : item.key) === String(key))
      : undefined;
    const node = pair === undefined ? document.getIn(path.slice(0, length), true) : pair.key;
    const start = isNode(node) ? startOf(node) : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function startOf(node: Node): number | undefined {
  return node.range?.[0];
}

function refused(key: string, line: number, message: string): PolicyFileReading {
  return { problems: [{ key, line, message }] };
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
