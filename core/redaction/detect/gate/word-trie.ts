/**
 * A tree of literals over folded characters, for matching from a given place on. Folding: ASCII and Latin letters lose their case;
 * space, no-break space, tab, `_`, `-` and `.` are one separator, so that `card_number`, `Card-Number` and `card number` are the
 * same literal.
 */
export interface WordTrie {
  readonly classOf: Uint8Array;
  /** Row-major: `next[state * width + class]` is the next state, 0 where no literal goes on so. */
  readonly next: Uint16Array;
  readonly width: number;
  /** Literals that end in a state; null for most. */
  readonly endings: readonly (readonly number[] | null)[];
  /**
   * Whether a literal can begin with three characters: `begins[(kind1 << 12) | (kind2 << 6) | kind3]` with `kindOf` each, and 0 past the
   * end of the line. 1 for some places without a literal, never 0 where there is one.
   */
  readonly begins: Uint8Array;
  readonly kindOf: Uint8Array;
}

const SEPARATORS = ' \u00a0\t_-.';
const MAX_STATES = 0xffff;

/** Kinds of characters by which the filter tells beginnings apart: 0, 26 small letters, 26 capitals, and these. */
const KIND_BITS = 6;
const ALL_KINDS: readonly number[] = Array.from({ length: 1 << KIND_BITS }, (_, kind) => kind);
const SMALL = 1;
const CAPITAL = 27;
const DIGIT = 53;
const SEPARATOR = 54;
/** Eight of them: the signs of ASCII by their last bits. */
const SIGN = 55;
const BEYOND_ASCII = 63;

/**
 * Builds the tree; `literals[i]` is reported as `i`. At most 255 different folded characters. `isWord[i]` says that the caller takes the
 * literal only where no letter follows it but a capital behind a small letter.
 */
export function createWordTrie(literals: readonly string[], isWord: readonly boolean[] = []): WordTrie {
  const classOf = classesOf(literals);
  const width = 1 + classOf.reduce((most, each) => Math.max(most, each), 0);
  const moves: Map<number, number>[] = [new Map()];
  const endings: (number[] | null)[] = [null];
  literals.forEach((literal, index) => {
    let state = 0;
    for (let i = 0; i < literal.length; i++) {
      const cls = classOf[literal.charCodeAt(i)] ?? 0;
      let to = moves[state]?.get(cls);
      if (to === undefined) {
        to = moves.length;
        moves.push(new Map());
        endings.push(null);
        moves[state]?.set(cls, to);
      }
      state = to;
    }
    endings[state] = [...(endings[state] ?? []), index];
  });
  if (moves.length > MAX_STATES) throw new RangeError('the literals of a tree take at most 65,535 states');
  const next = new Uint16Array(moves.length * width);
  moves.forEach((row, state) => {
    for (const [cls, to] of row) next[state * width + cls] = to;
  });
  return { classOf, next, width, endings, begins: beginnings(literals, isWord), kindOf: kindsOf(literals) };
}

/** The triples of kinds that literals begin with. */
function beginnings(literals: readonly string[], isWord: readonly boolean[]): Uint8Array {
  const begins = new Uint8Array(1 << (3 * KIND_BITS));
  const known = new Set<string>();
  const behind = ALL_KINDS.map(kindsBehind);
  literals.forEach((literal, index) => {
    // a word of fewer than three characters is told by what follows it
    const id = literal.length > 2 ? literal.slice(0, 3) : `${literal}\n${isWord[index] === true}`;
    if (known.has(id)) return;
    known.add(id);
    const after = (kind: number): readonly number[] =>
      isWord[index] === true ? (behind[kind] ?? ALL_KINDS) : ALL_KINDS;
    for (const first of formsAt(literal, 0) ?? ALL_KINDS)
      for (const second of formsAt(literal, 1) ?? after(first))
        for (const third of formsAt(literal, 2) ?? (literal.length === 2 ? after(second) : ALL_KINDS))
          begins[(first << (2 * KIND_BITS)) | (second << KIND_BITS) | third] = 1;
  });
  return begins;
}

/** The kinds that the character at `i` of a literal stands for; null past its end. */
function formsAt(literal: string, i: number): readonly number[] | null {
  if (i >= literal.length) return null;
  const code = literal.charCodeAt(i);
  const lower = code | 0x20;
  // other letters may be folded to ASCII ones and back: ſ, the dotless ı, the Kelvin sign
  if (lower >= 0x61 && lower <= 0x7a) return [SMALL + lower - 0x61, CAPITAL + lower - 0x61, BEYOND_ASCII];
  if (code <= 0x7f) return [kindOfAscii(code), BEYOND_ASCII];
  const char = literal.charAt(i);
  const folded = [char.toLowerCase(), char.toUpperCase()].filter(each => each.length === 1);
  return [
    BEYOND_ASCII,
    SEPARATOR,
    ...folded
      .map(each => each.charCodeAt(0))
      .filter(each => each <= 0x7f)
      .map(kindOfAscii),
  ];
}

/** What may stand behind a whole word whose last character is of a kind: the end, no letter, or the capital of a hump. */
function kindsBehind(kind: number): readonly number[] {
  return ALL_KINDS.filter(each => {
    if (each >= SMALL && each < CAPITAL) return false;
    const isCapital = each >= CAPITAL && each < DIGIT;
    return !isCapital || !(kind >= CAPITAL && kind < DIGIT);
  });
}

function kindsOf(literals: readonly string[]): Uint8Array {
  const kinds = new Uint8Array(0x10000).fill(BEYOND_ASCII, 0x80);
  for (let code = 0x30; code <= 0x39; code++) kinds[code] = DIGIT;
  for (let i = 0; i < 26; i++) {
    kinds[0x61 + i] = SMALL + i;
    kinds[0x41 + i] = CAPITAL + i;
  }
  for (const literal of literals)
    for (const char of literal) {
      const code = char.charCodeAt(0);
      if (code < 0x80) kinds[code] = kindOfAscii(code);
    }
  for (const separator of SEPARATORS) kinds[separator.charCodeAt(0)] = SEPARATOR;
  return kinds;
}

function kindOfAscii(code: number): number {
  if (SEPARATORS.includes(String.fromCharCode(code))) return SEPARATOR;
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code >= 0x61 && code <= 0x7a) return SMALL + code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return CAPITAL + code - 0x41;
  return SIGN + (code & 7);
}

function classesOf(literals: readonly string[]): Uint8Array {
  const classOf = new Uint8Array(0x10000);
  let last = 1;
  const ascii = 'abcdefghijklmnopqrstuvwxyz';
  for (const separator of SEPARATORS) classOf[separator.charCodeAt(0)] = 1;
  for (const literal of [ascii, ...literals]) {
    for (const char of literal) {
      if ((classOf[char.charCodeAt(0)] ?? 0) !== 0) continue;
      last++;
      if (last > 255) throw new RangeError('a tree of literals takes at most 255 different characters');
      for (const form of [char, char.toLowerCase(), char.toUpperCase()]) {
        // The dotless ı has I as its upper case: the first owner of a character keeps it.
        const code = form.charCodeAt(0);
        if (form.length === 1 && classOf[code] === 0) classOf[code] = last;
      }
    }
  }
  return classOf;
}
