import type { Entity } from '../../../contract/redaction.ts';
import type { Hit } from '../detect/detector.ts';
import type { KeyNames } from '../detect/context/key-names.ts';
import { AMBIGUOUS } from '../detect/context/key-names.ts';
import { isAlnum } from '../detect/characters.ts';
import { isNothing } from '../detect/context/named-value.ts';
import { isPrompt } from './table.ts';
import { trimmed } from './column.ts';

/**
 * A key at the end of a line whose value comes on the lines below, further in: a YAML block scalar, a YAML or JSON list, a JSON member
 * broken after its colon.
 */
export interface Block {
  readonly entity: Entity;
  readonly key: string;
  /** Indentation of the key; the value stands further in. Below 0 for a field of a hash or a dump: its value is the next line. */
  readonly indent: number;
  /** `|` or `>`: every deeper line is text; otherwise lines that are members of a map speak for themselves. */
  readonly isScalar: boolean;
  readonly lines: number;
}

/** A form prints such a value right under its label. */
const DIGITAL: ReadonlySet<Entity> = new Set<Entity>([
  'phone',
  'card',
  'iban',
  'ssn',
  'national-id',
  'passport',
  'date-of-birth',
  'bank-account',
  'driving-licence',
]);

/** Longer values are given up: nothing that is one person's is that long. */
const MAX_LINES = 2000;

export function blockAfter(block: Block | null, line: string, names: KeyNames): Block | null {
  if (block !== null && belongs(block, line)) return { ...block, lines: block.lines + 1 };
  return blockBegunBy(line, names);
}

export function blockHits(block: Block | null, line: string): readonly Hit[] {
  if (block === null || !belongs(block, line)) return [];
  if (
    block.indent !== NAMED &&
    !block.isScalar &&
    /^\s*(?:- )?["']?[\w .-]{1,64}["']?\s*:(?:\s|$)/.test(line)
  )
    return [];
  const opening = openingOf(block);
  const from = opening.exec(line)?.[0].length ?? 0;
  const isQuoted = '"\''.includes(line.charAt(from - 1)) && from > 0;
  const tail = isQuoted ? (/["'],?\s*$/.exec(line.slice(from))?.[0].length ?? 0) : 0;
  const span = trimmed(line, from, line.length - tail);
  if (span === null) return [];
  const raw = line.slice(span.start, span.end);
  if (isNothing(raw) || /^[[\]{}(),"']+$/.test(raw)) return [];
  if (block.entity === 'person' && raw.includes('://')) return [];
  return [
    {
      entity: block.entity,
      ...span,
      score: 0.8,
      rule: `${block.entity}.block`,
      evidence: [`key "${block.key}" above`],
    },
  ];
}

/** What stands before the value on its line. */
function openingOf({ indent }: Block): RegExp {
  if (indent === DUMPED) return DUMPED_VALUE;
  if (indent === NAMED) return NAMED_VALUE;
  return indent < 0 ? REDIS_ITEM : /^[\s]*(?:- )?["']?/;
}

function belongs(block: Block, line: string): boolean {
  if (block.lines >= MAX_LINES || isPrompt(line)) return false;
  if (block.indent === NAMED) return block.lines === 0 && NAMED_VALUE.test(line);
  if (block.indent === DUMPED) return block.lines === 0 && DUMPED_VALUE.test(line);
  if (block.indent < 0) return block.lines === 0 && REDIS_ITEM.test(line);
  if (line.trim() === '') return block.isScalar;
  const indent = indentOf(line);
  const isNextShort =
    block.lines === 0 && !block.isScalar && indent === block.indent && DIGITAL.has(block.entity);
  if (isNextShort && /\d/.test(line) && line.length < 60 && !line.includes(':')) return true;
  return (
    indent > block.indent || (!block.isScalar && indent === block.indent && line.startsWith('- ', indent))
  );
}

/** `3) "email"` of redis-cli's HGETALL: fields and values take turns, a line each. */
const REDIS_ITEM = /^(?: *\d+\))* *(\d+)[)#] "/;

/** `["email"]=>` and `string(7) "a@b.org"` of PHP's var_dump: a line for the key, the next one for its value. */
const DUMPED_KEY = /^\s*\["([^"]{1,64})"(?::[\w":]+)?\]=>\s*$/;
const DUMPED_VALUE = /^\s*(?:string\(\d+\) "|(?:int|float)\()/;
const DUMPED = -2;

/** `- name: DB_PASSWORD` and `value: …` of Kubernetes, `"Key": "Email"` and `"Value": "…"` of AWS: a line for the key, the next one for its value. */
const NAMED_KEY = /^\s*(?:- )?["']?(?:name|key)["']?\s*:\s*["']?([\w.-]{2,64})["']?,?\s*$/i;
const NAMED_VALUE = /^\s*["']?value["']?\s*:\s*["']?(?=[^\s"'])/i;
const NAMED = -3;

/** Its first quote stands behind `) ` or `# `. */
function mayBeItem(line: string): boolean {
  if (line.charCodeAt(line.length - 1) !== 0x22 || line.length >= 200) return false;
  const before = line.charCodeAt(line.indexOf('"') - 2);
  return before === 0x29 || before === 0x23;
}

function fieldOfHash(line: string, names: KeyNames): Block | null {
  const item = mayBeItem(line) ? REDIS_ITEM.exec(line) : null;
  if (item === null || Number(item[1]) % 2 === 0) return null;
  const key = line.slice(item[0].length, -1);
  const entity = names.entityOf(key);
  const isName = /^[\p{L}_][\p{L}\p{N}_. -]*$/u.test(key);
  return entity === null || !isName ? null : { entity, key, indent: -1, isScalar: false, lines: 0 };
}

function blockBegunBy(line: string, names: KeyNames): Block | null {
  const field = fieldOfHash(line, names);
  if (field !== null) return field;
  const named = line.length < 200 ? NAMED_KEY.exec(line)?.[1] : undefined;
  if (named !== undefined) {
    const entity = AMBIGUOUS.has(named.toLowerCase()) ? null : names.entityOf(named);
    if (entity !== null) return { entity, key: named, indent: NAMED, isScalar: false, lines: 0 };
  }
  if (line.length > 300 || !mayOpenBlock(line)) return null;
  const dumped = DUMPED_KEY.exec(line)?.[1];
  if (dumped !== undefined) {
    const entity = names.entityOf(dumped);
    return entity === null ? null : { entity, key: dumped, indent: DUMPED, isScalar: false, lines: 0 };
  }
  const match = /^(\s*(?:- )?)["']?([\w .-]{1,64}?)["']?\s*:\s*(?:([|>])[-+]?\d?|\[)?\s*$/.exec(line);
  const key = match?.[2];
  if (match === null || key === undefined) return null;
  if (/^(?:if|elif|else|while|for|with|except|def|class|case|not|when|unless)\b/.test(key)) return null;
  const entity = names.entityOf(key);
  if (entity === null || (AMBIGUOUS.has(key.toLowerCase()) && match[3] === undefined)) return null;
  return { entity, key, indent: indentOf(line), isScalar: match[3] !== undefined, lines: 0 };
}

/** Whether the last character, blanks aside, is one that a key without its value ends with. */
function mayOpenBlock(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  if (isAlnum(last)) return false;
  const shown = line.trimEnd().at(-1);
  return shown !== undefined && ':|>[-+'.includes(shown);
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
