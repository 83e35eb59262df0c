import { isDigit } from '../characters.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';
import { isSecretLooking } from './secret-value.ts';

const MAX_USERINFO = 512;

/** A line of PostgreSQL's .pgpass: host, port, database, user, password. */
const PGPASS = /^[\w.*/-]{1,255}:(?:\d{2,5}|\*):[\w.*-]{1,63}:[\w.*@-]{1,63}:(.*\S)/;

/** Its first colon stands before a port or a `*`, and four of them before any blank. */
function mayBePgpass(sights: number, line: string): boolean {
  if ((sights & SIGHT.colons) === 0 || line.length >= 1024) return false;
  let colon = line.indexOf(':');
  const next = line.charCodeAt(colon + 1);
  if (next !== 0x2a && !isDigit(next)) return false;
  for (let more = 0; more < 3 && colon >= 0; more++) colon = line.indexOf(':', colon + 1);
  const blank = line.indexOf(' ');
  return colon >= 0 && (blank < 0 || blank > colon);
}

/** Passwords in URLs (RFC 3986, 3.2.1): `scheme://user:password@host`. Templates such as `${PASSWORD}` and `<password>` are none. */
export const urlCredentialDetector: Detector = {
  name: 'url-credentials',
  needs: SIGHT.url | SIGHT.colons,
  find(text, emit) {
    const { line } = text;
    const pgpass = mayBePgpass(text.sightings.sights, line) ? PGPASS.exec(line) : null;
    if (pgpass?.[1] !== undefined && !/^\d{1,5}(?::|$)/.test(pgpass[1])) {
      emit({
        entity: 'password',
        start: pgpass[0].length - pgpass[1].length,
        end: pgpass[0].length,
        score: 0.8,
        rule: 'password.pgpass',
        evidence: ['host, port, database and user before it'],
      });
    }
    for (const { literal, end } of text.sightings.anchors) {
      if (literal.sight !== SIGHT.url) continue;
      const token = tokenAfter(line, end);
      if (token !== null)
        emit({
          entity: 'api-key',
          ...token,
          score: 0.8,
          rule: 'api-key.url',
          evidence: ['random, before the host'],
        });
      const password = passwordAfter(line, end);
      if (password === null || password.at === null) continue;
      emit({
        entity: 'password',
        start: password.start,
        end: password.at,
        score: 0.9,
        rule: 'password.url',
        evidence: ['user and password before the host'],
      });
    }
  },
};

/** `https://0123…cdef@o1.ingest.sentry.io/2`: a key in place of the user; null where it is a name. */
function tokenAfter(line: string, from: number): { readonly start: number; readonly end: number } | null {
  const user = /^[A-Za-z0-9_-]{20,256}(?=@[\w[])/.exec(line.slice(from, from + MAX_USERINFO))?.[0];
  return user === undefined || !isSecretLooking(user, false)
    ? null
    : { start: from, end: from + user.length };
}

/**
 * Where the password of a URL begins whose authority starts at `from`; `at` is the offset of its `@`, null while the line ends before
 * one came. Null if there is none.
 */
export function passwordAfter(
  line: string,
  from: number,
): { readonly start: number; readonly at: number | null } | null {
  let colon = -1;
  let at = -1;
  let i = from;
  for (; i < line.length && i - from < MAX_USERINFO; i++) {
    const char = line.charAt(i);
    if (' \t"\'<>`\\'.includes(char) || ((char === '/' || char === '?' || char === '#') && colon < 0)) break;
    if (char === ':' && colon < 0) colon = i;
    if (char === '@') at = i;
    if (char === '/' && at >= 0) break;
  }
  if (colon < 0 || at === colon + 1) return null;
  if (at < 0) return i === line.length ? { start: colon + 1, at: null } : null;
  if (at < colon) return null;
  const value = line.slice(colon + 1, at);
  // https://user:pass@host, as manuals have it: nobody's
  if (/^(?:user(?:name)?|name|login):(?:pass(?:word|wd)?|pwd|secret)$/i.test(line.slice(from, at)))
    return null;
  return /^(\$\{?\w+\}?|\{\{.*\}\}|<.*>|\*+|%s|:?password|\[.*\])$/i.test(value)
    ? null
    : { start: colon + 1, at };
}
