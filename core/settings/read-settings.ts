import { isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { suggestion } from '../../contract/nearest-word.ts';

/** What is wrong with a file of settings. `key`: as a path from the top, empty for the whole; `line` from 1. */
export interface SettingsProblem {
  readonly key: string;
  readonly line: number;
  readonly message: string;
}

export type SettingsReading<T> =
  | { readonly value: T }
  | { readonly problems: readonly [SettingsProblem, ...SettingsProblem[]] };

export interface SettingsForm<S extends z.ZodType> {
  readonly schema: S;
  readonly maxLength: number;
  /** The keys that there are at a place, to tell which a misspelt one was meant to be. */
  readonly keysAt: (path: readonly (string | number)[]) => readonly string[];
}

const MAX_PROBLEMS = 20;
/** An alias may stand for another part of the file, but not for one that explodes. */
const MAX_ALIASES = 100;

/**
 * Reads a file that people write: YAML 1.2 (https://yaml.org/spec/1.2.2/), of which JSON is a part, held against a schema. Every problem names
 * its key and line; misspelt keys come first, as that another one is missing follows from them.
 */
export function readSettings<S extends z.ZodType>(
  source: string,
  { schema, maxLength, keysAt }: SettingsForm<S>,
): SettingsReading<z.output<S>> {
  if (source.length > maxLength) return refused(1, `the file has more than ${maxLength} characters.`);
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  const [broken] = document.errors;
  if (broken !== undefined) {
    return refused(lines.linePos(broken.pos[0]).line, `this is not YAML: ${broken.message}.`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    return refused(1, `this cannot be read: ${error instanceof Error ? error.message : 'an alias'}.`);
  }
  const parsed = schema.safeParse(value ?? {}, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  const problems = parsed.error.issues
    .toSorted((a, b) => Number(b.code === 'unrecognized_keys') - Number(a.code === 'unrecognized_keys'))
    .flatMap(issue => problemsOf(issue, keysAt))
    .map(({ path, message }) => ({ key: path.join('.'), line: lineOf(path, document, lines), message }))
    .slice(0, MAX_PROBLEMS);
  const [first, ...rest] = problems;
  return first === undefined ? refused(1, 'the file cannot be read.') : { problems: [first, ...rest] };
}

/** `line 4, rules.0.maxMinutes: …` */
export function problemWords({ key, line, message }: SettingsProblem): string {
  return `line ${line}${key === '' ? '' : `, ${key}`}: ${message}`;
}

interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

function problemsOf(
  issue: z.core.$ZodIssue,
  keysAt: (path: readonly (string | number)[]) => readonly string[],
): Misfit[] {
  const path = issue.path.map(part => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') {
    const missing = issue.code === 'invalid_type' && issue.input === undefined;
    const message = missing ? 'is missing.' : `${lowered(issue.message).replace(/\.$/, '')}.`;
    return [{ path, message }];
  }
  return issue.keys.map(key => ({
    path: [...path, key],
    message: `there is no key "${key}" here${suggestion(key, keysAt(path)) || '.'}`,
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
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return 1;
}

function refused(line: number, message: string): { readonly problems: readonly [SettingsProblem] } {
  return { problems: [{ key: '', line, message }] };
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
