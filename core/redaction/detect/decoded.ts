import { MARK } from './gate/character-kinds.ts';

/** A line with its escapes undone, and where its characters stand in the line as it was printed. */
export interface DecodedLine {
  readonly text: string;
  /** The printed characters of `[start, end)` of `text`. */
  spanOf(start: number, end: number): { readonly start: number; readonly end: number };
}

interface Piece {
  readonly from: number;
  readonly length: number;
  readonly printedFrom: number;
  readonly printedLength: number;
}

/** The predefined entities of XML 1.0, and HTML's no-break space. */
const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': ' ',
};

/**
 * `%40` (RFC 3986, with `+` for a space in a query), `\u0040`, `\n` and `\"` of JSON (RFC 8259) and of programs, `&#64;` of HTML, and the
 * colours in a terminal's typescript.
 */
const ESCAPE =
  /%[0-9A-Fa-f]{2}(?:%[89A-Fa-f][0-9A-Fa-f]){0,3}|\\{1,4}(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrtbf"'/])|&(?:#\d{2,5}|#x[0-9A-Fa-f]{2,4}|amp|lt|gt|quot|apos|nbsp);|\x1b\[[0-9;:]{0,64}[mK]|(?<=[=&?][^\s"'=&?]{0,64})\+(?=[\w(%])/g;

/** JSON in a quoted field of CSV: every quote is doubled. */
const DOUBLED = /""(?=[^"]|$)/g;

/** Without one of these or a doubled quote, no escape can be undone. */
const ESCAPING = MARK.percent | MARK.backslash | MARK.escape | MARK.ampersand | MARK.plus;

/** Whether `decoded` may find an escape; `marks` as the gate saw them. */
export function mayBeEscaped(line: string, marks: number): boolean {
  return (marks & ESCAPING) !== 0 || ((marks & MARK.quote) !== 0 && line.includes('""'));
}

/** The line as it is meant; null where nothing is escaped. */
export function decoded(line: string): DecodedLine | null {
  if (/""[\w .-]{1,64}""\s?:/.test(line)) return undone(line, DOUBLED);
  if (!/%[0-9A-Fa-f]|\\|\x1b|&[#a-z]|[=&?]\S{1,64}\+/.test(line)) return null;
  return undone(line, ESCAPE);
}

/** As `decoded`, of a growing line: an escape that is cut off at its end is left out. */
export function decodedSoFar(line: string): DecodedLine | null {
  const rest = /(?:\\{1,4}(?:u[0-9A-Fa-f]{0,3}|x[0-9A-Fa-f]?)?|%[0-9A-Fa-f]?|&#?\w{0,5})$/.exec(
    line.slice(-16),
  );
  if (rest === null) return decoded(line);
  const head = line.slice(0, line.length - rest[0].length);
  return decoded(head) ?? { text: head, spanOf: (start, end) => ({ start, end }) };
}

function undone(line: string, escapes: RegExp): DecodedLine | null {
  const matches = [...line.matchAll(escapes)];
  if (matches.length === 0) return null;
  return mapped(line, take => {
    let at = 0;
    for (const match of matches) {
      take(line.slice(at, match.index), match.index - at);
      if (match[0].startsWith('%')) takePercents(match[0], take);
      else take(plainOf(match[0]), match[0].length);
      at = match.index + match[0].length;
    }
    take(line.slice(at), line.length - at);
  });
}

/** Puts a line together from what its characters mean, left to right: `take` says what the next so many printed ones are. */
export function mapped(
  line: string,
  read: (take: (plain: string, printedLength: number) => void) => void,
): DecodedLine {
  const pieces: Piece[] = [];
  let text = '';
  let at = 0;
  read((plain, printedLength) => {
    if (plain !== '')
      pieces.push({ from: text.length, length: plain.length, printedFrom: at, printedLength });
    text += plain;
    at = Math.min(line.length, at + printedLength);
  });
  return { text, spanOf: (start, end) => ({ start: startIn(pieces, start), end: endIn(pieces, end) }) };
}

function plainOf(escape: string): string {
  if (escape === '+') return ' ';
  if (escape === '""') return '"';
  if (escape.startsWith('\x1b')) return '';
  if (escape.startsWith('&#'))
    return codePoint(
      escape.charAt(2) === 'x' ? parseInt(escape.slice(3, -1), 16) : Number(escape.slice(2, -1)),
    );
  if (escape.startsWith('&')) return NAMED[escape] ?? ' ';
  const kind = escape.replace(/^\\+/, '');
  if (kind.length > 1) return codePoint(parseInt(kind.slice(1), 16));
  return '"\'/'.includes(kind) ? kind : '\n';
}

/** One character in UTF-8, or as many as there are bytes where it is none. */
function takePercents(escape: string, take: (plain: string, printedLength: number) => void): void {
  let at = 0;
  while (at < escape.length) {
    const lead = parseInt(escape.slice(at + 1, at + 3), 16);
    const bytes = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const part = escape.slice(at, at + bytes * 3);
    const char = lead < 0x20 ? '\n' : unescaped(part);
    take(char ?? '\ufffd', char === null ? 3 : part.length);
    at += char === null ? 3 : part.length;
  }
}

function unescaped(percents: string): string | null {
  try {
    return decodeURIComponent(percents);
  } catch {
    return null;
  }
}

/** A control character ends a word, whatever it was. */
function codePoint(code: number): string {
  return code < 0x20 || code > 0x10ffff ? '\n' : String.fromCodePoint(code);
}

function startIn(pieces: readonly Piece[], at: number): number {
  const piece = pieceAt(pieces, at);
  return piece.length === piece.printedLength ? piece.printedFrom + at - piece.from : piece.printedFrom;
}

function endIn(pieces: readonly Piece[], at: number): number {
  const piece = pieceAt(pieces, at - 1);
  return piece.length === piece.printedLength
    ? piece.printedFrom + at - piece.from
    : piece.printedFrom + piece.printedLength;
}

function pieceAt(pieces: readonly Piece[], at: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.from ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? { from: 0, length: 0, printedFrom: 0, printedLength: 0 };
}
