import type { OpenCandidate } from '../line-detector.ts';
import { isEpoch, isNamedAsCounter } from './context/anti-evidence.ts';
import { isAlnum, isDigit, isLetter, isSpace } from './characters.ts';
import type { LineText } from './detector.ts';
import { hasContext } from './context/context.ts';
import { SIGHT } from './gate/gate.ts';
import { isIbanHead } from './identifiers/iban.ts';
import type { ContextClass } from './context/lexicon.ts';
import { secretTail } from './secrets/secret-tail.ts';
import { passwordAfter } from './secrets/url-credentials.ts';

/** No value without a key or a column is longer than a token of this length at the end of a line. */
const MAX_TAIL = 4096;
/** Values in groups (cards, IBAN, telephone numbers) are no longer than this, separators included. */
const MAX_GROUPED = 48;
const NAMED: readonly ContextClass[] = [
  'phone',
  'card',
  'bank',
  'ssn',
  'tax',
  'id',
  'passport',
  'licence',
  'birth',
  'geo',
  'plate',
  'health-id',
  'wallet',
];

/** The candidate that the text at the end of a growing line is on its own, without tables and keys; null if it is none. */
export function tailCandidate(text: LineText): OpenCandidate | null {
  const { line } = text;
  const url = openPassword(text);
  if (url !== null) return url;
  return earliest([
    groupedTail(text),
    ibanTail(line),
    dateTail(text),
    areaTail(line),
    addressTail(line),
    secretTail(text),
    wordTail(text),
  ]);
}

/** The one that begins first, as strong as the strongest. */
export function earliest(candidates: readonly (OpenCandidate | null)[]): OpenCandidate | null {
  const present = candidates.filter(each => each !== null);
  if (present.length === 0) return null;
  const start = Math.min(...present.map(each => each.start));
  return { start, strength: present.some(each => each.strength === 'strong') ? 'strong' : 'weak' };
}

/** `://user:pass` without its `@` yet. */
function openPassword(text: LineText): OpenCandidate | null {
  for (let i = text.sightings.anchors.length - 1; i >= 0; i--) {
    const anchor = text.sightings.anchors[i];
    if (anchor === undefined || text.line.length - anchor.end > 512) return null;
    if (anchor.literal.sight !== SIGHT.url) continue;
    const password = passwordAfter(text.line, anchor.end);
    if (password === null || password.at !== null) return null;
    const isPort = /^\d{0,5}$/.test(text.line.slice(password.start));
    return password.start < text.line.length
      ? { start: password.start, strength: isPort ? 'weak' : 'strong' }
      : null;
  }
  return null;
}

/** Digits in groups, or an IBAN's head, that reach to the end; one separator may stand at the end. */
function groupedTail(text: LineText): OpenCandidate | null {
  const { line } = text;
  const last = line.charCodeAt(line.length - 1);
  const isAfterSeparator = isSpace(last) || '-./)'.includes(line.charAt(line.length - 1));
  const isAfterGroup = isAlnum(line.charCodeAt(line.length - 2)) || /\d\)[ -]$/.test(line.slice(-3));
  if (!isAlnum(last) && !(isAfterSeparator && isAfterGroup)) return null;
  const floor = Math.max(0, line.length - MAX_GROUPED);
  let start = line.length;
  let digits = 0;
  let at = line.length;
  while (at > floor) {
    const code = line.charCodeAt(at - 1);
    if (isAlnum(code)) {
      let from = at;
      let digitsHere = 0;
      while (from > floor && isAlnum(line.charCodeAt(from - 1))) {
        from--;
        if (isDigit(line.charCodeAt(from))) digitsHere++;
      }
      const isCode =
        digitsHere > 0 ||
        (at - from <= 4 && line.slice(from, at) === line.slice(from, at).toUpperCase() && digits > 0) ||
        (at === line.length && at - from === 1);
      if (!isCode) break;
      digits += digitsHere;
      start = from;
      at = from;
    } else if (
      ' -./()+:\u00a0\u2011\u2013'.includes(line.charAt(at - 1)) &&
      (at === line.length || at - 1 > floor)
    ) {
      if (
        at < line.length &&
        !isAlnum(line.charCodeAt(at - 2)) &&
        !' ()+'.includes(line.charAt(at - 2) || 'x')
      )
        break;
      at--;
    } else break;
  }
  if (start === line.length || digits === 0) return null;
  while (start > 0 && '+('.includes(line.charAt(start - 1))) start--;
  const isIban = isIbanHead(line, start);
  const isNamed = hasContext(text, { start, end: line.length }, NAMED);
  const raw = line.slice(start);
  // the code of a country, perhaps that of an area, and what parts them from the rest
  if (digits < 4 && /^\+\d[\d ]* $/.test(raw)) return { start, strength: isNamed ? 'strong' : 'weak' };
  if (isSpace(last) && digits < 4 && !isIban && !isNamed) return null;
  const isStrong = isIban || ((digits >= 4 || isNamed) && !isHarmless(line, start, raw));
  if (isSpace(last) && !isStrong) return null;
  return { start, strength: isStrong ? 'strong' : 'weak' };
}

/** An IBAN's head and groups of four behind it; a group may be of letters only. */
function ibanTail(line: string): OpenCandidate | null {
  const from = Math.max(0, line.length - MAX_GROUPED);
  const match = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0-][A-Z0-9]{4})*[ \u00a0-]?[A-Z0-9]{0,4}$/.exec(
    line.slice(from),
  );
  if (match === null || !isIbanHead(line, from + match.index)) return null;
  return { start: from + match.index, strength: match[0].length > 5 ? 'strong' : 'weak' };
}

/** `+1 (`: the area code is about to come. */
function areaTail(line: string): OpenCandidate | null {
  const match = /(?<![\w+])\+\d{1,3} ?\($/.exec(line.slice(-8));
  return match === null ? null : { start: line.length - match[0].length, strength: 'weak' };
}

/** A date of birth that is being written out: `17 March `, `March 17, 19`. */
function dateTail(text: LineText): OpenCandidate | null {
  const { line } = text;
  const from = Math.max(0, line.length - 32);
  const match =
    /(?:\d{1,2}(?:st|nd|rd|th)?[ .-]{1,2})?(?:of )?\p{L}{3,12}[ .,-]{0,2}(?:\d{1,2}(?:st|nd|rd|th)?[ ,]{0,2})?\d{0,4}$/u.exec(
      line.slice(from),
    );
  if (match === null || !/\d/.test(match[0])) return null;
  const start = from + match.index;
  return hasContext(text, { start, end: line.length }, ['birth']) ? { start, strength: 'strong' } : null;
}

/** Groups of an IPv6 or MAC address that end in a colon. */
function addressTail(line: string): OpenCandidate | null {
  const from = Math.max(0, line.length - 48);
  const match = /(?:^|[^\w:]|[g-zG-Z_]\w{0,32}:)((?:[0-9A-Fa-f]{1,4}::?){1,8}[0-9A-Fa-f]{0,4})$/.exec(
    line.slice(from),
  );
  const tail = match?.[1];
  // `ec:ad:`: pairs without a digit begin a MAC address, other words none
  if (tail === undefined || (!/\d/.test(tail) && !/^(?:[0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{0,2}$/.test(tail)))
    return null;
  return {
    start: line.length - tail.length,
    strength: tail.length >= 6 && /[A-Fa-f]/.test(tail) ? 'strong' : 'weak',
  };
}

/** Dates, times, epochs, sizes and counters that are under way. */
function isHarmless(line: string, start: number, raw: string): boolean {
  return (
    /^(?:19|20)\d\d(?:[-./]\d{0,2}){1,2}(?:[ T]?\d{0,2}(?::\d{0,2}){0,2})?[.,]?\d{0,9}\s?$/.test(raw) ||
    /^\d{1,2}:\d{2}(?::\d{0,2}(?:[.,]\d{0,9})?)?\s?$/.test(raw) ||
    /^(?:19|20)\d\d\s?$/.test(raw) ||
    isEpoch(raw) ||
    (/^\d*$/.test(raw) && isNamedAsCounter(line, start))
  );
}

/** The word at the end: an address may grow from it, or a secret that nothing announces. */
function wordTail(text: LineText): OpenCandidate | null {
  const { line } = text;
  const floor = Math.max(0, line.length - MAX_TAIL);
  let start = line.length;
  while (start > floor && isTokenChar(line.charCodeAt(start - 1))) start--;
  if (start === line.length) return null;
  for (let i = text.sightings.anchors.length - 1; i >= 0; i--) {
    const anchor = text.sightings.anchors[i];
    if (anchor === undefined || anchor.end <= start) break;
    if (anchor.literal.sight === SIGHT.jwt && line.startsWith('eyJ', anchor.start))
      return { start, strength: 'strong' };
    if ((anchor.literal.sight & SIGHT.at) !== 0 && anchor.start > start) return { start, strength: 'strong' };
  }
  const length = line.length - start;
  return {
    start,
    strength: length >= 24 && isRandomLooking(line.slice(start, start + 200)) ? 'strong' : 'weak',
  };
}

function isRandomLooking(token: string): boolean {
  return /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token) && !token.includes('/');
}

function isTokenChar(code: number): boolean {
  return isAlnum(code) || isLetter(code) || "._%+-@=/~'$".includes(String.fromCharCode(code));
}
