import { isLetter, isSpace } from '../characters.ts';

/** What stands between a key and its value, and where it ends. */
export interface Opener {
  readonly kind: 'equals' | 'colon' | 'option' | 'element';
  readonly at: number;
  readonly isAddress?: boolean;
  /** A list in parentheses may stand there. */
  readonly isCompared?: boolean;
}

/** `PGPASSWORD=… psql`: the value ends at the first blank where a program's name stands behind it. */
const COMMAND_BEHIND =
  /^\S+ +(?:(?:sudo|env|time|nohup|exec) +)?(?:\.{0,2}\/[\w./-]+|psql|pg_\w+|createdb|dropdb|vacuumdb|mysql\w*|mariadb\S*|redis-cli|mongo\w*|sqlcmd|sqlplus|cqlsh|aws|az|gcloud|terraform|tofu|kubectl|helm|docker\S*|podman|node|npm|npx|yarn|pnpm|python\d?(?:\.\d+)?|pip\d?|ruby|rails|rake|bundle|php|java|mvn|gradle|go|cargo|make|bash|sh|zsh|ssh|sshpass|scp|sftp|rsync|curl|wget|http|git|gh|glab|vault|consul|nomad|ansible\S*|restic|borg|rclone|duplicity|flyway|liquibase|alembic|openssl|gpg|dotnet|deno|bun)(?: |$)/;

/** `"`, `'`, `` ` ``, or one of them behind backslashes, as in JSON inside JSON. */
export function quoteAt(line: string, at: number): string {
  let end = at;
  while (line.charAt(end) === '\\' && end - at < 8) end++;
  return '"\'`'.includes(line.charAt(end)) && end < line.length ? line.slice(at, end + 1) : '';
}

/** A value's place on its line. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  readonly isOpen: boolean;
}

/** The value behind a key and its separator; null where there is none. */
export function valueFrom(line: string, opener: Opener, isLineStart: boolean): Value | null {
  let start = opener.at;
  while (start < line.length && start - opener.at < 40 && isSpace(line.charCodeAt(start))) start++;
  if (start >= line.length) return null;
  if (line.charAt(start) === '[' && opener.kind !== 'element' && line.charAt(start + 1) !== '-')
    return listFrom(line, start);
  if (line.charAt(start) === '(' && opener.isCompared === true) return listFrom(line, start, ')');
  // what a comparison by words has taken out and put in
  const changed =
    /^(?:\[-.{1,400}?(?:-\]|$))?(?:\{\+.{1,400}?(?:\+\}|$))?/.exec(line.slice(start, start + 820))?.[0] ?? '';
  if (changed !== '') {
    const end = start + changed.length;
    return { start, end, isQuoted: true, isOpen: end === line.length };
  }
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

export function isApostrophe(line: string, at: number): boolean {
  return line.charAt(at) === "'" && isLetter(line.charCodeAt(at - 1)) && isLetter(line.charCodeAt(at + 1));
}

export function quotedFrom(line: string, start: number, quote: string): Value {
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
