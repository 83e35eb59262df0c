import type { Entity } from '../../../../contract/redaction.ts';
import { isHexDump } from './anti-evidence.ts';
import { isDigit, isLetter, isSpace, isWordChar } from '../characters.ts';
import type { Detector, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import type { Anchor } from '../gate/gate.ts';
import type { KeyNames } from './key-names.ts';
import { AMBIGUOUS, isWeakKey } from './key-names.ts';
import { isNothing, isTemplate, plausibleFor } from './named-value.ts';
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
  const value =
    look.isOpen && head.length < line.length ? (valueFrom(line, from, isLineStart) ?? look) : look;
  return {
    entity,
    key: line.slice(keyStart, keyEnd).slice(-MAX_KEY),
    start: value.start,
    end: endOfChange(line, value),
    isOpen: value.isOpen,
  };
}

/** `"old" -> "new"` of a plan: both are values of the key. */
function endOfChange(line: string, value: Value): number {
  if (!value.isQuoted || !/^["'] -> ["']$/.test(line.slice(value.end, value.end + 6))) return value.end;
  return quotedFrom(line, value.end + 6, line.charAt(value.end)).end;
}

/** `PGPASSWORD=… psql`: the value ends at the first blank where a program's name stands behind it. */
const COMMAND_BEHIND =
  /^\S+ +(?:(?:sudo|env|time|nohup|exec) +)?(?:\.{0,2}\/[\w./-]+|psql|pg_\w+|createdb|dropdb|vacuumdb|mysql\w*|mariadb\S*|redis-cli|mongo\w*|sqlcmd|sqlplus|cqlsh|aws|az|gcloud|terraform|tofu|kubectl|helm|docker\S*|podman|node|npm|npx|yarn|pnpm|python\d?(?:\.\d+)?|pip\d?|ruby|rails|rake|bundle|php|java|mvn|gradle|go|cargo|make|bash|sh|zsh|ssh|sshpass|scp|sftp|rsync|curl|wget|http|git|gh|glab|vault|consul|nomad|ansible\S*|restic|borg|rclone|duplicity|flyway|liquibase|alembic|openssl|gpg|dotnet|deno|bun)(?: |$)/;

/** Comparisons of SQL before a quoted value or a list of them. */
const COMPARED = /^(?:not )?(?:in(?= ?\()|i?like|similar to|between) ?(?=[('"])/i;
/** `<input name="email" type="text" value="…">`: up to the value. */
const FIELD_VALUE = /^[^<>"]{0,20}(?:"[^<>"]{0,40}"[^<>"]{0,20}){0,4}\bvalue=(?=")/i;
const MAX_FIELD = 240;

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

/** `"`, `'`, `` ` ``, or one of them behind backslashes, as in JSON inside JSON. */
function quoteAt(line: string, at: number): string {
  let end = at;
  while (line.charAt(end) === '\\' && end - at < 8) end++;
  return '"\'`'.includes(line.charAt(end)) && end < line.length ? line.slice(at, end + 1) : '';
}

interface Opener {
  readonly kind: 'equals' | 'colon' | 'option' | 'element';
  readonly at: number;
  readonly isAddress?: boolean;
  /** A list in parentheses may stand there. */
  readonly isCompared?: boolean;
}

function separatorAfter(line: string, from: number, keyStart: number, isQuotedKey: boolean): Opener | null {
  let at = from;
  const isClosed = line.charAt(at) === ')';
  if (line.charAt(at) === ']' || isClosed) at++;
  // A form's leaders: `Password ......: x`.
  at += /^ ?\.{2,60}(?= ?:)/.exec(line.slice(at, at + 64))?.[0].length ?? 0;
  while (at < line.length && at - from < 24 && isSpace(line.charCodeAt(at))) at++;
  const char = line.charAt(at);
  if (char === ':' && line.charAt(at + 1) !== ':' && !line.startsWith('//', at + 1))
    return {
      kind: line.charAt(at + 1) === '=' ? 'equals' : 'colon',
      at: at + (line.charAt(at + 1) === '=' ? 2 : 1),
    };
  // an arrow function of a program
  if (isClosed && line.startsWith('=>', at)) return null;
  if (char === '=' && line.charAt(at + 1) !== '=' && line.charAt(at - 1) !== '!')
    return { kind: 'equals', at: at + (line.charAt(at + 1) === '>' ? 2 : 1) };
  if (char === '>' && /<(?:[\w-]{1,20}:)?$/.test(line.slice(Math.max(0, keyStart - 22), keyStart)))
    return { kind: 'element', at: at + 1 };
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
  if (field !== null && /\b(?:name|id)=$/i.test(line.slice(Math.max(0, keyStart - 8), keyStart - 1)))
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
    /^\s*(?:[-*#>+•]\s*|\/\/\s*)*(?:export\s+|set\s+|env\s+|declare\s+-x\s+|ENV\s+|ARG\s+)?["'`[]?$/.test(
      line.slice(0, at),
    )
  );
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
}

function valueFrom(line: string, opener: Opener, isLineStart: boolean): Value | null {
  let start = opener.at;
  while (start < line.length && start - opener.at < 40 && isSpace(line.charCodeAt(start))) start++;
  if (start >= line.length) return null;
  if (line.charAt(start) === '[' && opener.kind !== 'element') return listFrom(line, start);
  if (line.charAt(start) === '(' && opener.isCompared === true) return listFrom(line, start, ')');
  if (line.charAt(start) === '{') return null;
  if (/^[|>][-+]?\d?\s*$/.test(line.slice(start, start + 12)) && opener.kind === 'colon') return null;
  const quote = quoteAt(line, start);
  if (quote !== '') return quotedFrom(line, start + quote.length, quote);
  if (opener.kind === 'element') return until(line, start, '<');
  if (opener.kind === 'equals' && line.startsWith(')=(', opener.at - 2)) {
    // DETAIL:  Key (email, phone)=(a, b) already exists.
    const close = line.lastIndexOf(')');
    const isOpen = close <= start;
    return { start: start + 1, end: isOpen ? line.length : close, isQuoted: true, isOpen };
  }
  if (opener.kind === 'equals')
    return isLineStart &&
      !/\s\w+=/.test(line.slice(start)) &&
      !COMMAND_BEHIND.test(line.slice(start, start + 300))
      ? until(line, start, '')
      : until(line, start, ' \t\u00a0;&"\'<>)},|');
  if (opener.kind === 'option') return line.charAt(start) === '-' ? null : until(line, start, ' \t\u00a0"\'');
  if (isLineStart) return until(line, start, line.charAt(line.length - 1) === '}' ? ',}' : '\t|');
  const value = until(line, start, ',;|\t"\'}<');
  return opener.isAddress === true ? withTown(line, value) : value;
}

/** `742 Evergreen Terrace, Springfield, IL 62704`: up to three parts behind the street that begin as a town or a post code does. */
function withTown(line: string, street: Value): Value {
  const towns = /^(?:, ?(?:\d|\p{Lu})[\p{L}\p{N}.' -]{1,40}){1,3}/u.exec(
    line.slice(street.end, street.end + 130),
  );
  if (towns === null) return street;
  const end = street.end + towns[0].trimEnd().length;
  return { ...street, end, isOpen: end === line.length };
}

function until(line: string, start: number, stops: string): Value {
  let end = start;
  while (
    end < line.length &&
    (!stops.includes(line.charAt(end)) || isApostrophe(line, end)) &&
    !(stops !== '' && line.startsWith('  ', end))
  )
    end++;
  const isOpen = end === line.length;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end--;
  return { start, end, isQuoted: false, isOpen };
}

function isApostrophe(line: string, at: number): boolean {
  return line.charAt(at) === "'" && isLetter(line.charCodeAt(at - 1)) && isLetter(line.charCodeAt(at + 1));
}

function quotedFrom(line: string, start: number, quote: string): Value {
  const mark = quote.at(-1) ?? '"';
  let end = start;
  while (end < line.length) {
    if (quote.length > 1) {
      if (line.startsWith(quote, end)) break;
      end++;
    } else if (line.charAt(end) === '\\' && (mark !== "'" || line.indexOf("'", end + 2) > 0)) end += 2;
    else if (line.charAt(end) !== mark) end++;
    else if (end > start && quoteInside(line, end, mark) > 0) end += quoteInside(line, end, mark);
    else break;
  }
  const stop = Math.min(end, line.length);
  return { start, end: stop, isQuoted: true, isOpen: end >= line.length };
}

/**
 * How long a quote is that does not end the value: `''` of SQL, `'\''` of a shell, the apostrophe of a name that nobody escaped
 * (`name='Sean O'Connor'`); 0 where it ends it.
 */
function quoteInside(line: string, at: number, mark: string): number {
  if (line.charAt(at + 1) === mark) return 2;
  if (mark !== "'") return 0;
  if (line.startsWith("'\\''", at)) return 4;
  const isInWord = isLetter(line.charCodeAt(at - 1)) && isLetter(line.charCodeAt(at + 1));
  return isInWord && /^[^'=]{0,60}'/.test(line.slice(at + 1, at + 64)) ? 1 : 0;
}

/** A list on one line: all of it, brackets not. */
function listFrom(line: string, start: number, bracket: ']' | ')' = ']'): Value {
  const close = line.indexOf(bracket, start);
  const end = close < 0 ? line.length : close;
  return { start: start + 1, end, isQuoted: true, isOpen: close < 0 };
}
