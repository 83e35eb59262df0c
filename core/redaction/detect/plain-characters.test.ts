import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from './create-line-detector.ts';
import { withAsciiDigits, withPlainBlanks } from './plain-characters.ts';

const detector = createLineDetector(RedactionPolicy.parse({}));
const masked = (...lines: readonly string[]): string => {
  const fork = detector.fork();
  let last = '';
  for (const line of lines) {
    last = fork
      .findings(line, true)
      .toReversed()
      .reduce(
        (text, { start, end }) => text.slice(0, start) + '•'.repeat(end - start) + text.slice(end),
        line,
      );
    fork.commit(line);
  }
  return last;
};

describe('characters that stand for plain ones', () => {
  it('reads the digits of all scripts, each in its place', () => {
    for (let zero = 0; zero < 0x10000; zero++) {
      const digits = String.fromCharCode(...Array.from({ length: 10 }, (_, i) => zero + i));
      const before = String.fromCharCode(zero - 1);
      if (!/^\p{Nd}{10}$/u.test(digits) || (/\p{Nd}/u.test(before) && withAsciiDigits(before) !== '9'))
        continue;
      expect([zero.toString(16), withAsciiDigits(digits)]).toEqual([zero.toString(16), '0123456789']);
    }
    expect(withAsciiDigits('ｏｌｇａ＠ｃｏｒｐ．ｒｕ｜')).toBe('olga@corp.ru｜');
  });

  it('keeps the length', () => {
    const line = 'карта ٤٠١٢ ४०१२ ４０１２ 078‑05‑1123 1\u202f2';
    expect(withAsciiDigits(withPlainBlanks(line))).toHaveLength(line.length);
  });

  it.each([
    ['٤٠١٢٨٨٨٨٨٨٨٨١٨٨١', '••••••••••••••••'],
    ['カード ４０１２８８８８８８８８１８８１ です', 'カード •••••••••••••••• です'],
    ['आधार २३४१ २३४१ २३४६', 'आधार ••••••••••••••'],
    ['ssn 078‑05‑1123', 'ssn •••••••••••'],
    ['ssn 078−05−1123', 'ssn •••••••••••'],
    ['mail ｏｌｇａ＠ｃｏｒｐ．ｒｕ', 'mail ••••••••••••'],
  ])('hides %s', (line, shown) => {
    expect(masked(line)).toBe(shown);
  });

  it('leaves alone a range of years, and what stands beside letters of other scripts', () => {
    expect(masked('1998–2004, 12–15 und １２３')).toBe('1998–2004, 12–15 und １２３');
  });
});

describe('a number that is all of its line', () => {
  it('is hidden where it is all there is, by one check digit', () => {
    expect(masked('123456782')).toBe('•••••••••');
  });

  it('is not one of many under another line', () => {
    expect(masked('$ wc -l < data.csv', '123456782')).toBe('123456782');
    expect(masked('111111111', '123456782')).toBe('123456782');
  });

  it('is hidden there by a stronger check', () => {
    expect(masked('$ cat id', '44051401359')).toBe('•••••••••••');
    expect(masked('$ cat card', '4012888888881881')).toBe('••••••••••••••••');
  });
});
