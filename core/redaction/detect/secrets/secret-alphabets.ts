/** The characters that a token's body may have: a table over ASCII. */
export type Alphabet = Uint8Array;

const DIGIT = '0123456789';
const HEX_LETTERS = 'abcdef';
const LOWER_LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const UPPER_LETTERS = LOWER_LETTERS.toUpperCase();
const LETTERS = LOWER_LETTERS + UPPER_LETTERS;

export const DIGITS = alphabet(DIGIT);
export const HEX = alphabet(DIGIT + HEX_LETTERS + HEX_LETTERS.toUpperCase());
export const UPPER = alphabet(DIGIT + UPPER_LETTERS);
export const LOWER = alphabet(DIGIT + LOWER_LETTERS);
export const ALNUM = alphabet(DIGIT + LETTERS);
/** Hexadecimal in groups by hyphens, as a UUID has it. */
export const HEX_GROUPS = alphabet(`${DIGIT}${HEX_LETTERS}${HEX_LETTERS.toUpperCase()}-`);
/** Groups of capitals and digits by hyphens. */
export const UPPER_GROUPS = alphabet(`${DIGIT}${UPPER_LETTERS}-`);
export const WORD = alphabet(`${DIGIT}${LETTERS}_`);
/** RFC 4648, section 5: base64url without its padding. */
export const URL64 = alphabet(`${DIGIT}${LETTERS}_-`);
/** Parts of base64url by dots. */
export const DOTTED = alphabet(`${DIGIT}${LETTERS}_-.`);
/** Base64 in either alphabet, with padding. */
export const BASE64 = alphabet(`${DIGIT}${LETTERS}+/=_-`);
/** The standard alphabet of base64, without padding. */
export const UNPADDED = alphabet(`${DIGIT}${LETTERS}+/`);
/** The same with what separates such parts: dots, colons, percent signs. */
export const BASE64_PARTS = alphabet(`${DIGIT}${LETTERS}+/=_-.:%~`);
/** Client secrets of Entra ID. */
export const TILDE = alphabet(`${DIGIT}${LETTERS}_-.~`);
/** A path of a URL. */
export const PATH = alphabet(`${DIGIT}${LETTERS}/_@.-`);
/** crypt(5), PHC strings and their like. */
export const CRYPT = alphabet(`${DIGIT}${LETTERS}./$=+,:_-`);

function alphabet(characters: string): Alphabet {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}

export function isIn(alphabet: Alphabet, code: number): boolean {
  return alphabet[code] === 1;
}
