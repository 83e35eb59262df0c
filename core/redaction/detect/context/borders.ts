import { isAlnum, isDigit, isLetter, isWordChar } from '../characters.ts';

/**
 * Whether `[start, end)` stands alone: not a piece of a longer word, number, path, version, time, UUID or file name. A key before it
 * (`ssn:`, `id=`) is fine; `12:` before it is a time or a line number.
 */
export function standsAlone(line: string, start: number, end: number): boolean {
  return isFreeBefore(line, start) && isFreeAfter(line, end);
}

function isFreeBefore(line: string, start: number): boolean {
  if (start === 0) return true;
  const code = line.charCodeAt(start - 1);
  if (isWordChar(code) || (code > 0x7f && isLetter(code) && code < 0x2e80)) return false;
  const char = line.charAt(start - 1);
  const further = start > 1 ? line.charCodeAt(start - 2) : 0x20;
  if (char === ':') return !isDigit(further) && further !== 0x3a;
  if (
    char === '-' ||
    char === '.' ||
    char === '/' ||
    char === '\\' ||
    char === '+' ||
    char === '#' ||
    char === '$'
  ) {
    return char === '-' || char === '+'
      ? !isWordChar(further) && further !== 0x2d && further !== 0x5d
      : false;
  }
  return char !== '@' && char !== '%';
}

/** The second half of `standsAlone`. */
export function isFreeAfter(line: string, end: number): boolean {
  if (end >= line.length) return true;
  const code = line.charCodeAt(end);
  if (isWordChar(code) || (code > 0x7f && isLetter(code) && code < 0x2e80)) return false;
  const char = line.charAt(end);
  if (char === '@' || char === '%') return false;
  if (char === '.' || char === '-' || char === '/' || char === ':' || char === '+' || char === '\\') {
    const further = line.charCodeAt(end + 1);
    if (char === '\\') return !isDigit(further);
    return end + 1 >= line.length || !isAlnum(further);
  }
  return true;
}
