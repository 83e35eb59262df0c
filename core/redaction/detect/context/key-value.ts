import type { Entity } from '../../../../contract/redaction.ts';
import { isHexDump } from './anti-evidence.ts';
import { isDigit, isLetter, isSpace, isWordChar } from '../characters.ts';
import type { Detector, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import type { Anchor } from '../gate/gate.ts';
import type { KeyNames } from './key-names.ts';
import { AMBIGUOUS, isWeakKey } from './key-names.ts';
import { isNothing, isTemplate, plausibleFor } from './named-value.ts';
import { isApostrophe, quoteAt, quotedFrom, valueFrom } from './value-span.ts';
import type { Opener, Value } from './value-span.ts';
import { beginsAsCookie, cookieValues } from '../secrets/cookies.ts';
import { isSecretLooking, mayNameSecret } from '../secrets/secret-value.ts';

/** A key and where its value stands on the line. */
export interface KeyedValue {
  readonly entity: Entity;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The value reaches the end of the line without a closing quote. */
  readonly isOpen: boolean;
}

const MAX_KEY = 64;
/** A value is judged by its beginning, so that many refused keys on a hostile line stay cheap. */
const MAX_LOOK = 2048;

/**
 * Values behind a key that names them: `key=value` (env, ini, logfmt, query strings), `key: value` (YAML, HTTP headers, `\G`), JSON
 * members also inside strings, `<key>value</key>`, `--key value`, `key => value`. The whole value is hidden whatever is in it.
 */
export function createKeyValueDetector(names: KeyNames): Detector {
  return {
    name: 'key-value',
    needs: SIGHT.key,
    find(text, emit) {
      let claimed = -1;
      for (const anchor of text.sightings.anchors) {
        if (anchor.literal.key === null || anchor.end < claimed) continue;
        // `aba332:` is an address
        if (anchor.start < 16 && isHexDump(text.line)) continue;
        const found = keyedValueAt(text, anchor, names);
        if (found === null) continue;
        const isCookie = found.entity === 'api-key' && /cookie$/i.test(found.key);
        for (const { start, end } of isCookie ? cookieValues(text.line, found.start) : [found]) {
          emit({
            entity: found.entity,
            start,
            end,
            score: 0.85,
            rule: `${found.entity}.key`,
            evidence: [`key "${found.key}"`],
          });
          claimed = Math.max(claimed, end);
        }
        claimed = Math.max(claimed, found.end);
      }
    },
  };
}

export function keyedValueAt(text: LineText, anchor: Anchor, names: KeyNames): KeyedValue | null {
  const { line } = text;
  let keyEnd = anchor.end;
  while (
    keyEnd < line.length &&
    keyEnd - anchor.end < 3 &&
    (isDigit(line.charCodeAt(keyEnd)) ||
      (line.charAt(keyEnd) === '_' && isDigit(line.charCodeAt(keyEnd + 1))))
  )
    keyEnd++;
  if (
    keyEnd < line.length &&
    (isWordChar(line.charCodeAt(keyEnd)) ||
      (isLetter(line.charCodeAt(keyEnd)) && line.charCodeAt(keyEnd) < 0x2e80))
  )
    return null;
  const keyStart = startOfKey(line, anchor.start);
  const quote = quoteAt(line, keyEnd);
  const isQuotedKey = quote !== '' && line.charAt(keyStart - 1) === quote.at(-1);
  // Unseal Key 1: …
  const counter = /^ \d{1,2}(?=:)/.exec(line.slice(keyEnd, keyEnd + 4));
  if (counter !== null && !isQuotedKey) keyEnd += counter[0].length;
  const opener = separatorAfter(line, keyEnd + (isQuotedKey ? quote.length : 0), keyStart, isQuotedKey);
  if (opener === null) return null;
  const name = line.slice(keyStart, keyEnd);
  const named = names.entityOf(name);
  const isWeak = named === null && isWeakKey(anchor.literal.text);
  if (isWeak) return weakValueAt(text, { name, anchor, opener });
  const entity = named ?? (anchor.start === keyStart ? anchor.literal.key : null);
  if (entity === null) return null;
  const isLineStart = isAtLineStart(line, keyStart - (isQuotedKey ? quote.length : 0));
  if (
    AMBIGUOUS.has(anchor.literal.text) &&
    keyStart === anchor.start &&
    !isQuotedKey &&
    opener.kind !== 'equals' &&
    !isLineStart &&
    !isMember(line, keyStart, { opener, text: anchor.literal.text }) &&
    !(anchor.literal.text === 'cookie' && beginsAsCookie(line.slice(opener.at, opener.at + 140))) &&
    !(opener.kind === 'option' && isOptionToken(line.slice(opener.at, opener.at + 64)))
  )
    return null;
  const head = line.length > opener.at + MAX_LOOK ? line.slice(0, opener.at + MAX_LOOK) : line;
  const from = { ...opener, isAddress: entity === 'address' };
  const look = valueFrom(head, from, isLineStart);
  if (look === null) return null;
  // NAME=`command`: what a shell puts there is not on the line
  if (opener.kind === 'equals' && line.startsWith('=`', look.start - 2)) return null;
  if (!isQuotedKey && look.isQuoted && isClosingQuote(line, keyStart, look.start)) return null;
  const raw = line.startsWith('${', look.start)
    ? (/^\$\{[^}]{0,200}\}?/.exec(line.slice(look.start, look.start + 210))?.[0] ?? '')
    : line.slice(look.start, look.end);
  if (
    isNothing(raw) ||
    isTemplate(raw) ||
    (!look.isQuoted && isProgram(line, raw)) ||
    !plausibleFor(entity, raw, {
      isQuoted: look.isQuoted,
      isOpen: look.isOpen && !text.isComplete,
      key: anchor.literal.text,
      isColon: opener.kind === 'colon',
      isLabel: isLineStart,
      isSpaced: opener.kind === 'colon' || isSpace(line.charCodeAt(keyEnd)),
      isUpper: line.slice(anchor.start, anchor.end) === line.slice(anchor.start, anchor.end).toUpperCase(),
    })
  )
    return null;
  if (opener.kind === 'element' && text.isComplete && look.isOpen && /\s|^\W+$/.test(raw)) return null;
  const found =
    look.isOpen && head.length < line.length ? (valueFrom(line, from, isLineStart) ?? look) : look;
  const value = entity === 'person' && opener.kind === 'equals' ? withFamilyName(line, found) : found;
  return {
    entity,
    key: line.slice(keyStart, keyEnd).slice(-MAX_KEY),
    start: value.start,
    end: endOfChange(line, value),
    isOpen: value.isOpen,
  };
}

/** `last_name=Vonnaq Hrdlk ok`: without quotes, the capitalised words behind the first blank belong to it. */
function withFamilyName(line: string, value: Value): Value {
  if (value.isQuoted || value.isOpen || line.charCodeAt(value.end) !== 0x20) return value;
  const rest = /^(?: \p{Lu}[\p{L}\p{M}'’.-]*(?![\p{L}\p{N}_=:])){1,3}/u.exec(
    line.slice(value.end, value.end + 100),
  );
  if (rest === null) return value;
  const end = value.end + rest[0].length;
  return { ...value, end, isOpen: end === line.length };
}

/** `"old" -> "new"` of a plan: both are values of the key. */
function endOfChange(line: string, value: Value): number {
  if (!value.isQuoted || !/^["'] -> ["']$/.test(line.slice(value.end, value.end + 6))) return value.end;
  return quotedFrom(line, value.end + 6, line.charAt(value.end)).end;
}

/** Comparisons of SQL before a quoted value or a list of them. */
const COMPARED = /^(?:not )?(?:in(?= ?\()|i?like|similar to|between) ?(?=[('"])/i;
/** `<input name="email" type="text" value="…">`: up to the value. */
const FIELD_VALUE = /^[^<>"]{0,20}(?:"[^<>"]{0,40}"[^<>"]{0,20}){0,4}\bvalue=(?=")/i;
const MAX_FIELD = 240;
/** Of an element, up to the end of its tag. */
const ATTRIBUTES = /^(?:[\w:.-]{1,40}\s?=\s?(?:"[^"<>]{0,120}"|'[^'<>]{0,120}')\s{0,4}){1,6}>/;

/** Behind `password` and `passphrase`: for whom, or for what, it is asked. */
const FOR_WHOM = /^ for (?:the )?(?:key |user )?(?:'[^']{1,100}'|"[^"]{1,100}"|[\w.@-]{1,64})(?=:)/;

/** `{ street: 'x', zip: '1234' }`: members of a printed object, whose values are quoted. */
function isMember(
  line: string,
  keyStart: number,
  { opener, text }: { opener: Opener; text: string },
): boolean {
  return (
    /^(?:zip|street|mobile|cell|tel|mail|fax|passport)$/.test(text) &&
    opener.kind === 'colon' &&
    /[{,] $/.test(line.slice(Math.max(0, keyStart - 2), keyStart)) &&
    /^ ?["']/.test(line.slice(opener.at, opener.at + 2))
  );
}

/** `--token abcdef.0123456789abcdef`: no word. */
function isOptionToken(rest: string): boolean {
  return /^ {0,4}["']?(?=\S*\d)(?=\S*[A-Za-z])[\w.+/=-]{12}/.test(rest);
}

/** A value behind a key such as `key`: its first word, and only if that looks random. */
function weakValueAt(
  { line }: LineText,
  { name, anchor, opener }: { name: string; anchor: Anchor; opener: Opener },
): KeyedValue | null {
  if (!mayNameSecret(name)) return null;
  let start = opener.at;
  while (start < line.length && start - opener.at < 8 && isSpace(line.charCodeAt(start))) start++;
  start += quoteAt(line, start).length;
  let end = start;
  while (end < line.length && end - start < MAX_LOOK && isTokenChar(line.charAt(end))) end++;
  const isPlain = name.toLowerCase() === 'key' && !/[?&]$/.test(line.slice(0, anchor.start).slice(-1));
  if (!isSecretLooking(line.slice(start, end), isPlain)) return null;
  return { entity: 'api-key', key: name.slice(-MAX_KEY), start, end, isOpen: end === line.length };
}

function isTokenChar(char: string): boolean {
  return /[A-Za-z0-9+/=_.~:%!@#*-]/.test(char);
}

/** `'Password: ', stream`: the quote behind the key ends a text that began before it. */
function isClosingQuote(line: string, keyStart: number, valueStart: number): boolean {
  if (!/^(?:[\s,;)\]}.]|$)/.test(line.slice(valueStart, valueStart + 1))) return false;
  const mark = line.charAt(valueStart - 1);
  let count = 0;
  for (let at = Math.max(0, keyStart - 400); at < keyStart; at++)
    if (line.charAt(at) === mark && !isApostrophe(line, at)) count++;
  return count % 2 === 1;
}

/** A call or a member of a program: `readPassword(prompt)`, `z.string(),`, and behind `const` and its like any name. */
function isProgram(line: string, raw: string): boolean {
  if (raw.length > 300) return false;
  if (/^(?:await |new |typeof )?[A-Za-z_$]{2,}(?:\.[A-Za-z_$]+)*\((?:$|['"`[{)A-Za-z_$])/.test(raw))
    return /[();,{\w]$/.test(raw) && !/\)[\w!@#$%^&*]+$/.test(raw);
  // a shell's `export NAME=value`, not a program's `export const`
  if (/^[-+]?\s*export \w+=/.test(line.slice(0, 120))) return false;
  return (
    /^[-+]?\s*(?:export |public |private |readonly |static |const |let |var |def |function |async |return )/.test(
      line.slice(0, 80),
    ) &&
    /^(?:[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*[;,)?]*|0x[0-9A-Fa-f]+;?|\(.*|\d{1,4}[;,]?)(?: [|=&?].*)?$/.test(
      raw,
    )
  );
}

function startOfKey(line: string, start: number): number {
  let at = start;
  while (
    at > 0 &&
    start - at < MAX_KEY &&
    (isWordChar(line.charCodeAt(at - 1)) ||
      ('-.'.includes(line.charAt(at - 1)) && at > 1 && isWordChar(line.charCodeAt(at - 2))))
  )
    at--;
  return at;
}

function separatorAfter(line: string, from: number, keyStart: number, isQuotedKey: boolean): Opener | null {
  let at = from;
  const isClosed = line.charAt(at) === ')';
  if (line.charAt(at) === ']' || isClosed) at++;
  // a prompt says whose it is: `[sudo] password for olga: x`, `Enter passphrase for key '/root/.ssh/id_rsa': x`
  if (!isQuotedKey) at += FOR_WHOM.exec(line.slice(at, at + 140))?.[0].length ?? 0;
  // A form's leaders: `Password ......: x`.
  at += /^ ?\.{2,60}(?= ?:)/.exec(line.slice(at, at + 64))?.[0].length ?? 0;
  while (at < line.length && at - from < 24 && isSpace(line.charCodeAt(at))) at++;
  const char = line.charAt(at);
  // LDIF (RFC 2849): `userPassword:: e1NTSEF9…`
  if (keyStart === 0 && line.startsWith(':: ', at)) return { kind: 'colon', at: at + 2 };
  if (char === ':' && line.charAt(at + 1) !== ':' && !line.startsWith('//', at + 1))
    return {
      kind: line.charAt(at + 1) === '=' ? 'equals' : 'colon',
      at: at + (line.charAt(at + 1) === '=' ? 2 : 1),
    };
  // an arrow function of a program
  if (isClosed && line.startsWith('=>', at)) return null;
  if (char === '=' && line.charAt(at + 1) !== '=' && line.charAt(at - 1) !== '!')
    return { kind: 'equals', at: at + (line.charAt(at + 1) === '>' ? 2 : 1) };
  const isElement = /<(?:[\w-]{1,20}:)?$/.test(line.slice(Math.max(0, keyStart - 22), keyStart));
  // `<property name="hibernate.connection.password">x</property>`
  const isProperty =
    isQuotedKey &&
    char === '>' &&
    /<\w{1,24} name=$/.test(line.slice(Math.max(0, keyStart - 32), keyStart - 1));
  if (char === '>' && (isElement || isProperty)) return { kind: 'element', at: at + 1 };
  const attributes =
    isElement && at > from ? ATTRIBUTES.exec(line.slice(at, at + MAX_FIELD))?.[0] : undefined;
  if (attributes !== undefined) return { kind: 'element', at: at + attributes.length };
  const spoken =
    at > from ? /^is:? (?=["'`]?\S*[\d!@#$%^&*_+=?])(?=\S{5})/.exec(line.slice(at, at + 80)) : null;
  if (spoken !== null) return { kind: 'option', at: at + spoken[0].length };
  if (
    at > from &&
    '"\''.includes(char) &&
    /(?:^|> |\] )"?H?M?SETN?X?"? \S+ /i.test(line.slice(0, Math.min(keyStart, 300)))
  )
    return { kind: 'option', at };
  // `email IN ('a', 'b')`, `email LIKE 'a%'`
  const compared = at > from && !isQuotedKey ? COMPARED.exec(line.slice(at, at + 24)) : null;
  if (compared !== null) return { kind: 'equals', at: at + compared[0].length, isCompared: true };
  const field = isQuotedKey ? FIELD_VALUE.exec(line.slice(at, at + MAX_FIELD)) : null;
  if (field !== null && /\b(?:name|id|key)=$/i.test(line.slice(Math.max(0, keyStart - 8), keyStart - 1)))
    return { kind: 'option', at: at + field[0].length };
  // `find -lname and`: names have two dashes.
  const dashes = /(?:^|\s)(--?)$/.exec(line.slice(Math.max(0, keyStart - 3), keyStart))?.[1];
  if (
    at > from &&
    !isQuotedKey &&
    dashes !== undefined &&
    (dashes === '--' || !line.startsWith('lname', keyStart))
  )
    return { kind: 'option', at };
  return null;
}

/** Nothing stands before the key but indentation, a list mark, a comment or `export`. */
function isAtLineStart(line: string, at: number): boolean {
  return (
    at <= 120 &&
    /^\s*(?:[-*#;>+•]\s*|\/\/\s*)*(?:export\s+|set\s+|env\s+|declare\s+-x\s+|ENV\s+|ARG\s+)?["'`[]?$/.test(
      line.slice(0, at),
    )
  );
}
