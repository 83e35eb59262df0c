/** Character tests on UTF-16 codes: cheap, no allocation, the same for every detector. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isAsciiLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** ASCII letters, and all from Latin-1 letters on except punctuation blocks and box drawing. */
export function isLetter(code: number): boolean {
  if (code < 0x80) return isAsciiLetter(code);
  return code >= 0xc0 && code !== 0xd7 && code !== 0xf7 && !(code >= 0x2000 && code <= 0x2bff);
}

export function isAlnum(code: number): boolean {
  return isDigit(code) || isAsciiLetter(code);
}

/** Letters, digits, `_`: what an identifier is made of. */
export function isWordChar(code: number): boolean {
  return isAlnum(code) || code === 0x5f;
}

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0xa0;
}

/** Upper case ASCII letters and digits of a value, without its separators. */
export function compact(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

/** Shannon entropy in bits a character (Shannon 1948): what tells a random token from a word. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}
