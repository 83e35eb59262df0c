import { isLetter } from '../characters.ts';

/**
 * What a character is to the gate: letters of a word, digits and marks are told apart. A run of lower-case letters, capitals or digits
 * is skipped at once; everything above `mark` is a letter outside of ASCII.
 */
export const KIND = { other: 0, lower: 1, upper: 2, digit: 3, mark: 4, letter: 5, ideograph: 6 } as const;

/** Characters of a line that decide what its structure can be, as bits. */
export const MARK = {
  tab: 1,
  pipe: 2,
  comma: 4,
  semicolon: 8,
  parenthesis: 16,
  backslash: 32,
  percent: 64,
  escape: 128,
  ampersand: 256,
  plus: 512,
  quote: 1024,
  /** `>`, `#`, `$`, `%`: every prompt but an ellipsis has one. */
  prompt: 2048,
} as const;

const BITS: readonly (readonly [string, number])[] = [
  ['\t', MARK.tab],
  ['|', MARK.pipe],
  [',', MARK.comma],
  [';', MARK.semicolon],
  ['(', MARK.parenthesis],
  ['\\', MARK.backslash],
  ['%', MARK.percent | MARK.prompt],
  ['>', MARK.prompt],
  ['#', MARK.prompt],
  ['$', MARK.prompt],
  ['\x1b', MARK.escape],
  ['&', MARK.ampersand],
  ['+', MARK.plus],
  ['"', MARK.quote],
];

/** The bit of an ASCII character; 0 for most. */
export const MARK_BITS: Int32Array = bitsOfMarks();

/** The kind of each UTF-16 unit; characters other than letters and digits that a literal begins with are marks. */
export function kindsOfCharacters(literals: readonly string[]): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  for (let code = 0; code < kinds.length; code++) {
    if (code >= 0x61 && code <= 0x7a) kinds[code] = KIND.lower;
    else if (code >= 0x41 && code <= 0x5a) kinds[code] = KIND.upper;
    else if (code >= 0x30 && code <= 0x39) kinds[code] = KIND.digit;
    else if (isLetter(code)) kinds[code] = code > 0x2e7f ? KIND.ideograph : KIND.letter;
  }
  const counted = ['-', '.', ':'];
  for (const char of [...BITS.map(([char]) => char), ...counted, ...literals.map(each => each.charAt(0))]) {
    const code = char.charCodeAt(0);
    if (kinds[code] === KIND.other) kinds[code] = KIND.mark;
  }
  return kinds;
}

function bitsOfMarks(): Int32Array {
  const bits = new Int32Array(0x10000);
  for (const [char, bit] of BITS) bits[char.charCodeAt(0)] = bit;
  return bits;
}
