/** The inside of a literal as it is meant: characters, each with how it is written in the statement. */
export interface LiteralText {
  readonly text: string;
  /** One for each code point of `text`: its spelling. */
  readonly spellings: readonly string[];
}

const SIMPLE: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };
const CODED = /\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3}))/y;

/** Undoes doubled quotes (`quote`), and backslash escapes where `hasBackslashes` (PostgreSQL manual 4.1.2.2). */
export function literalText(raw: string, quote: string, hasBackslashes: boolean): LiteralText {
  const characters: string[] = [];
  const spellings: string[] = [];
  for (let at = 0; at < raw.length; ) {
    const { character, length } = characterAt(raw, at, { quote, hasBackslashes });
    characters.push(character);
    spellings.push(raw.slice(at, at + length));
    at += length;
  }
  return { text: characters.join(''), spellings };
}

function characterAt(
  raw: string,
  at: number,
  { quote, hasBackslashes }: { readonly quote: string; readonly hasBackslashes: boolean },
): { readonly character: string; readonly length: number } {
  if (quote !== '' && raw.startsWith(quote + quote, at)) return { character: quote, length: 2 };
  if (hasBackslashes && raw[at] === '\\' && at + 1 < raw.length) {
    CODED.lastIndex = at;
    const coded = CODED.exec(raw);
    const code = coded === null ? null : codeOf(coded);
    if (coded !== null && code !== null)
      return { character: String.fromCodePoint(code), length: coded[0].length };
    const next = String.fromCodePoint(raw.codePointAt(at + 1) ?? 0);
    return { character: SIMPLE[next] ?? next, length: 1 + next.length };
  }
  const character = String.fromCodePoint(raw.codePointAt(at) ?? 0);
  return { character, length: character.length };
}

/** Null where it is no code point, or half of one: then it is read as the letter after the backslash. */
function codeOf([, x, u, long, octal]: RegExpExecArray): number | null {
  const code = octal === undefined ? Number.parseInt(x ?? u ?? long ?? '', 16) : Number.parseInt(octal, 8);
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? code : null;
}
