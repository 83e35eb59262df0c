/**
 * Words of terminal output, as numbers: what the search index of a recording is made of. A word is a run of letters and digits,
 * whatever its case; of scripts without spaces each character is one. Colours inside a word do not end it, moves of the cursor do.
 */
export interface WordReader {
  /** Output as the terminal gets it, in whole characters of valid UTF-8: a word or an escape sequence may go on in the next piece. */
  output(bytes: Uint8Array): void;
  /** A line that stands alone, without escape sequences. */
  line(text: string): void;
  /** The last word of the output is over. */
  flush(): void;
}

/** Words of letters are also found by their beginning of so many letters. */
export const PREFIX_LETTERS = 4;
/** A longer run (base64, a line drawn with letters) is no word that somebody types: what is behind does not count. */
const MAX_WORD_CHARACTERS = 64;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Keeps the beginning `cust` apart from the word `cust`. */
const PREFIX_SEED = 0x5bd1e995;

/** What a character is to a word: nothing, a letter, a digit, or a word of its own. */
type CharacterClass = 0 | 1 | 2 | 3;
const NONE = 0;
const LETTER = 1;
const DIGIT = 2;
const ALONE = 3;

const ESC = 0x1b;
const BEL = 0x07;
const BRACKET = 0x5b;
const SGR_FINAL = 0x6d;

/** `onWord` gets the hash of each word, and of the beginning of longer words; 32 bits, never 0. */
export function createWordReader(onWord: (hash: number) => void): WordReader {
  let hash = FNV_OFFSET;
  let length = 0;
  let isLettersOnly = true;
  let prefix = 0;
  let sequence: 'none' | 'escape' | 'csi' | 'string' | 'string-escape' = 'none';

  const endWord = (): void => {
    if (length === 0) return;
    onWord(finished(hash));
    if (prefix !== 0 && isLettersOnly) onWord(prefix);
    hash = FNV_OFFSET;
    length = 0;
    isLettersOnly = true;
    prefix = 0;
  };

  const take = (code: number, kind: CharacterClass): void => {
    if (kind === NONE) {
      if (length > 0) endWord();
      return;
    }
    if (kind === ALONE) {
      endWord();
      hash = Math.imul(FNV_OFFSET ^ code, FNV_PRIME);
      length = 1;
      endWord();
      return;
    }
    if (length >= MAX_WORD_CHARACTERS) return;
    hash = Math.imul(hash ^ lowerCase(code), FNV_PRIME);
    length += 1;
    if (kind === DIGIT) isLettersOnly = false;
    else if (length === PREFIX_LETTERS && isLettersOnly) prefix = finished(hash ^ PREFIX_SEED);
  };

  /** Inside an escape sequence; says whether the character ends it and the word with it. */
  const follow = (code: number): void => {
    switch (sequence) {
      case 'escape':
        if (code === 0x5b) sequence = 'csi';
        else if (code === 0x5d || code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f)
          sequence = 'string';
        else if (code < 0x20 || code >= 0x30) sequence = 'none';
        return;
      case 'csi':
        if (code < 0x40 || code > 0x7e) return;
        sequence = 'none';
        if (code !== 0x6d) endWord();
        return;
      case 'string':
        if (code === BEL || code === 0x9c) sequence = 'none';
        else if (code === ESC) sequence = 'string-escape';
        return;
      case 'string-escape':
        sequence = code === 0x5c ? 'none' : 'string';
        return;
      case 'none':
        return;
    }
  };

  /**
   * Whole words of ASCII between what ends them, and colours between them: what most of a terminal's output is, kept apart because it is done
   * for each character of it. Returns where something else begins: a word that the text does not end, or that a colour or another character
   * may stand in, or another escape sequence.
   */
  const takePlain = (bytes: Uint8Array, from: number): number => {
    const end = bytes.length;
    let at = from;
    while (at < end) {
      let code = bytes[at] ?? 0;
      let lower = BYTE_WORD[code] ?? 0;
      if (lower === BEYOND) return at;
      if (lower === 0) {
        const next = code === ESC ? behindSgr(bytes, at) : at + 1;
        if (next === 0) return at;
        at = next;
        continue;
      }
      const start = at;
      const limit = Math.min(end, start + MAX_WORD_CHARACTERS);
      let hashed = FNV_OFFSET;
      let beginning = 0;
      let hasDigit = false;
      do {
        hashed = Math.imul(hashed ^ lower, FNV_PRIME);
        at++;
        if (lower < 0x3a) hasDigit = true;
        if (at - start === PREFIX_LETTERS) beginning = hashed;
        if (at >= limit) return start;
        code = bytes[at] ?? 0;
        lower = BYTE_WORD[code] ?? 0;
      } while (lower !== 0 && lower !== BEYOND);
      if (lower === BEYOND || code === BEL || (code === ESC && !isEndedBehindSgr(bytes, at))) return start;
      onWord(finished(hashed));
      if (!hasDigit && at - start >= PREFIX_LETTERS) onWord(finished(beginning ^ PREFIX_SEED));
    }
    return at;
  };
  /** One UTF-16 code unit, as a text has them. */
  const takeUnit = (code: number): void => {
    if (sequence !== 'none') follow(code);
    else if (code === ESC) sequence = 'escape';
    else if (code !== BEL) take(code, classOf(code));
  };

  return {
    output(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (sequence === 'none' && length === 0) at = takePlain(bytes, at);
        const lead = bytes[at];
        if (lead === undefined) return;
        const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        let cp = size === 1 ? lead : lead & (0x7f >> size);
        for (let i = 1; i < size; i++) cp = (cp << 6) | ((bytes[at + i] ?? 0) & 0x3f);
        at += size;
        if (cp > 0xffff) takeUnit(0xd800 + ((cp - 0x10000) >> 10));
        takeUnit(cp > 0xffff ? 0xdc00 + (cp & 0x3ff) : cp);
      }
    },
    line(text) {
      endWord();
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        take(code, classOf(code));
      }
      endWord();
    },
    flush: endWord,
  };
}

/** One word of what is searched for. */
export interface SoughtWord {
  /** of the whole word */
  readonly hash: number;
  /** of its beginning, where longer words that begin with it can be found too; else null */
  readonly prefixHash: number | null;
}

/** The words of a query, in order. A last word of at least four letters may go on in what is found. */
export function soughtWords(query: string): readonly SoughtWord[] {
  const words: SoughtWord[] = [];
  const parts = wordsOf(query);
  for (const [index, word] of parts.entries()) {
    const hashes: number[] = [];
    const reader = createWordReader(hash => hashes.push(hash));
    reader.line(word);
    const isOpen = index === parts.length - 1 && query.endsWith(word);
    words.push({ hash: hashes[0] ?? 0, prefixHash: isOpen ? (hashes[1] ?? null) : null });
  }
  return words;
}

/** A text cut into its words as the index cuts it. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const kind = at < text.length ? classOf(text.charCodeAt(at)) : NONE;
    if (kind === LETTER || kind === DIGIT) {
      if (from < 0) from = at;
      continue;
    }
    if (from >= 0) words.push(text.slice(from, at));
    from = -1;
    if (kind === ALONE) words.push(text.charAt(at));
  }
  return words;
}

/** Whether a character may stand inside a word: where a match begins after one, it begins inside a word. */
export function isWordCharacter(code: number): boolean {
  const kind = classOf(code);
  return kind === LETTER || kind === DIGIT;
}

/** A byte of a character beyond ASCII. */
const BEYOND = 0xff;
/** The lower-case letter or digit that a byte stands for; 0 for all ASCII that ends a word. */
const BYTE_WORD: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  code >= 0x80 ? BEYOND : classOf(code) === NONE ? 0 : lowerCase(code),
);

/** Behind a sequence that sets colours and styles (ECMA-48, 8.3.117); 0 for another one, and for one that is cut. */
function behindSgr(bytes: Uint8Array, escape: number): number {
  if (bytes[escape + 1] !== BRACKET) return 0;
  for (let at = escape + 2; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === SGR_FINAL) return at + 1;
    // digits, colons, semicolons
    if (byte < 0x30 || byte > 0x3b) return 0;
  }
  return 0;
}

/** Whether colours stand at `escape` and behind them what ends a word. */
function isEndedBehindSgr(bytes: Uint8Array, escape: number): boolean {
  const behind = behindSgr(bytes, escape);
  const next = behind === 0 ? undefined : bytes[behind];
  return next !== undefined && next !== ESC && next !== BEL && BYTE_WORD[next] === 0;
}

function classOf(code: number): CharacterClass {
  if (code < 0x80) {
    const lower = code | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) return LETTER;
    return code >= 0x30 && code <= 0x39 ? DIGIT : NONE;
  }
  // Latin-1 punctuation and signs, general punctuation (masks too), arrows, boxes, blocks
  if (code < 0xc0 || code === 0xd7 || code === 0xf7) return NONE;
  if (code >= 0x2000 && code < 0x2e80) return NONE;
  // scripts without spaces, and what surrogates stand for
  if (code >= 0x2e80) return code >= 0xac00 && code < 0xd7a4 ? LETTER : code >= 0xff00 ? NONE : ALONE;
  return LETTER;
}

function lowerCase(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}

/** MurmurHash3's last step, so that all bits depend on all characters. */
function finished(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed >>> 0 || 1;
}
