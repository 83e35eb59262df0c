import { isAlnum, isLetter } from '../characters.ts';

/** A word of a line, as far as it matters to names. UTF-16 offsets, end exclusive. */
export interface NameToken {
  /** Without a possessive ending. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isCapital: boolean;
  /** All capitals, of two letters or more. */
  readonly isCaps: boolean;
  readonly isInitial: boolean;
  readonly isPossessive: boolean;
  /** Part of a path, a host, a package, a call, a variable. */
  readonly isProgram: boolean;
}

const WORD = /\p{L}[\p{L}\p{M}]*(?:['’`-]\p{L}[\p{L}\p{M}]*)*/gu;
const LONGEST = 40;
/** Capitals within a name: `McDonald`, `DeLuca`, `O’Neill`, `Anna-Maria`. */
const HUMP = /\p{Ll}\p{Lu}/u;
const NAME_HUMP = /^(?:Ma?c|De|Di|Da|Du|La|Le|Van|Von|Fitz|Mc|St|Ben|Al|El)\p{Lu}\p{Ll}+$/u;

/** The words of a line, left to right. Linear; a token too long to be a name is left out. */
export function nameTokens(line: string): readonly NameToken[] {
  const tokens: NameToken[] = [];
  for (const match of line.matchAll(WORD)) {
    const word = match[0];
    if (word.length > LONGEST) continue;
    const start = match.index;
    const possessive = /['’]s$/.test(word);
    const text = possessive ? word.slice(0, -2) : word;
    const end = start + text.length;
    const isCapital = /^\p{Lu}/u.test(text);
    const isCaps = isCapital && text.length > 1 && !/\p{Ll}/u.test(text);
    tokens.push({
      text,
      start,
      end,
      isCapital,
      isCaps,
      isInitial: text.length === 1 && isCapital,
      isPossessive: possessive,
      isProgram:
        isGluedBefore(line, start) ||
        isGluedAfter(line, start + word.length) ||
        (!isCaps && HUMP.test(text) && !isNameWithHump(text)),
    });
  }
  return tokens;
}

function isNameWithHump(text: string): boolean {
  return text.split(/['’`-]/).every(part => !HUMP.test(part) || NAME_HUMP.test(part));
}

function isGluedBefore(line: string, start: number): boolean {
  if (start === 0) return false;
  const before = line.charCodeAt(start - 1);
  if (isAlnum(before) || isLetter(before)) return true;
  const char = line.charAt(start - 1);
  if ('_/\\@#$.-+~%&*`'.includes(char)) return true;
  return char === ':' && (start === 1 || line.charAt(start - 2) === ':');
}

function isGluedAfter(line: string, end: number): boolean {
  const code = line.charCodeAt(end);
  if (Number.isNaN(code)) return false;
  const char = line.charAt(end);
  if (isAlnum(code) || '_/\\@=([{`~$%*+'.includes(char)) return true;
  const next = line.charCodeAt(end + 1);
  if (char === '.' || char === ':' || char === '-')
    return isAlnum(next) || '_:/\\-'.includes(line.charAt(end + 1) || ' ');
  return char === "'" && isAlnum(next);
}
